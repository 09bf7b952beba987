/*
 * Random numbers of <stdlib.h> and <sys/random.h>: sequences, the same in each run. Functions that threads may call at the
 * same time have one for each thread, so that it does not depend on the order of threads; those that they may not
 * (drand48() and its relatives) share one, which races.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "library.h"
#include "runtime.h"
#include "scratch.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- each thread's own ------------------------------------------------------------------------------------------ */

static uint32_t random_next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 32);
}

/* The state is the thread's, or memory that the program gave to initstate(). */
static int random_positive(void)
{
	struct world_thread *thread = world_thread();
	if (!thread->random_state)
		return (int)(random_next(&thread->random) >> 1);
	uint64_t state;
	runtime_reads(thread->random_state, sizeof state);
	memcpy(&state, thread->random_state, sizeof state);
	int result = (int)(random_next(&state) >> 1);
	runtime_put(thread->random_state, &state, sizeof state);
	return result;
}

static void random_seed(unsigned seed)
{
	struct world_thread *thread = world_thread();
	uint64_t state = seed;
	if (thread->random_state)
		runtime_put(thread->random_state, &state, sizeof state);
	else
		thread->random = seed;
}

RUNTIME_API int __wrap_rand(void)
{
	return random_positive();
}

RUNTIME_API long __wrap_random(void)
{
	return random_positive();
}

RUNTIME_API void __wrap_srand(unsigned seed)
{
	random_seed(seed);
}

RUNTIME_API void __wrap_srandom(unsigned seed)
{
	random_seed(seed);
}

RUNTIME_API char *__wrap_setstate(char *state)
{
	struct world_thread *thread = world_thread();
	char *old = thread->random_state ? thread->random_state : (char *)&thread->random;
	thread->random_state = state == (char *)&thread->random ? NULL : state;
	return old;
}

RUNTIME_API char *__wrap_initstate(unsigned seed, char *state, size_t size)
{
	if (size < sizeof(uint64_t)) {
		world_thread()->error = EINVAL;
		return NULL;
	}
	char *old = __wrap_setstate(state);
	random_seed(seed);
	return old;
}

static void random_fill(void *to, size_t n)
{
	char *top = scratch_top(), *bytes = scratch_reserve(n);
	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)random_next(&world_thread()->random);
	runtime_put(to, bytes, n);
	scratch_release(top);
}

RUNTIME_API ssize_t __wrap_getrandom(void *to, size_t n, unsigned flags)
{
	(void)flags;
	random_fill(to, n);
	return (ssize_t)n;
}

RUNTIME_API int __wrap_getentropy(void *to, size_t n)
{
	if (n > 256) {
		world_thread()->error = EIO;
		return -1;
	}
	random_fill(to, n);
	return 0;
}

RUNTIME_API uint32_t __wrap_arc4random(void)
{
	return random_next(&world_thread()->random);
}

RUNTIME_API uint32_t __wrap_arc4random_uniform(uint32_t bound)
{
	return bound < 2 ? 0 : random_next(&world_thread()->random) % bound;
}

RUNTIME_API void __wrap_arc4random_buf(void *to, size_t n)
{
	random_fill(to, n);
}

/* ---- state of the program's or of the library's ----------------------------------------------------------------- */

RUNTIME_API int __wrap_rand_r(unsigned *seed)
{
	runtime_reads(seed, sizeof *seed);
	unsigned state = *seed;
	int result = rand_r(&state);
	runtime_put(seed, &state, sizeof *seed);
	return result;
}

/* `call` uses `state`, all of which counts as read and written. */
#define RANDOM_48(type, name, result_type, parameters, call) \
	RUNTIME_API type __wrap_##name parameters \
	{ \
		result_type result = 0; \
		library_reads(&library.random48, sizeof library.random48); \
		struct drand48_data state = library.random48; \
		call; \
		library_writes(&library.random48, sizeof library.random48); \
		library.random48 = state; \
		return (type)result; \
	}

RANDOM_48(double, drand48, double, (void), drand48_r(&state, &result))
RANDOM_48(long, lrand48, long, (void), lrand48_r(&state, &result))
RANDOM_48(long, mrand48, long, (void), mrand48_r(&state, &result))
RANDOM_48(void, srand48, int, (long seed), srand48_r(seed, &state))

static unsigned short *random_read_48(unsigned short copy[3], const unsigned short from[3])
{
	runtime_reads(from, 3 * sizeof *from);
	return memcpy(copy, from, 3 * sizeof *from);
}

RANDOM_48(void, lcong48, int, (unsigned short p[7]), {
	runtime_reads(p, 7 * sizeof *p);
	lcong48_r(p, &state);
})

RUNTIME_API unsigned short *__wrap_seed48(unsigned short seed[3])
{
	unsigned short copy[3];
	random_read_48(copy, seed);
	library_reads(&library.random48, sizeof library.random48);
	struct drand48_data state = library.random48;
	seed48_r(copy, &state);
	library_writes(&library.random48, sizeof library.random48);
	library.random48 = state;
	return library.random48.__old_x;
}

/* The program's own state, with the factors that lcong48() may have set. */
#define RANDOM_48_OF(type, name) \
	RUNTIME_API type __wrap_##name(unsigned short x[3]) \
	{ \
		type result; \
		unsigned short copy[3]; \
		library_reads(&library.random48, sizeof library.random48); \
		struct drand48_data state = library.random48; \
		name##_r(random_read_48(copy, x), &state, &result); \
		runtime_put(x, copy, sizeof copy); \
		return result; \
	}

RANDOM_48_OF(double, erand48)
RANDOM_48_OF(long, nrand48)
RANDOM_48_OF(long, jrand48)
