/*
 * Errors with memory of the heap, and what is none. The tests say what is said of each. Most happen in one thread, which
 * main waits for: 1 class, unless a comment says more.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int global;
static volatile size_t huge = SIZE_MAX - 8;
static volatile int sink;

static void run(void *(*body)(void *), void *argument)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, argument);
	pthread_join(thread, NULL);
}

#define IN_THREAD(name, code) \
	static void *name##_in_thread(void *unused) \
	{ \
		(void)unused; \
		code; \
		return NULL; \
	} \
	void name(void) \
	{ \
		run(name##_in_thread, NULL); \
	}

/* ---- out of bounds ---------------------------------------------------------------------------------------------- */

IN_THREAD(read_past_the_end, int *a = malloc(10 * sizeof *a); sink = a[10])
IN_THREAD(written_farther_past_the_end, int *a = malloc(10 * sizeof *a); a[11] = 1)
IN_THREAD(written_before, int *a = malloc(10 * sizeof *a); a[-2] = 1)
IN_THREAD(written_over_the_end, char *a = malloc(10); *(int *)(a + 8) = 1)
IN_THREAD(last_byte_of_many, char *a = malloc(13); a[12] = 1; sink = a[13])
IN_THREAD(nothing_allocated, char *a = malloc(0); *a = 1)
IN_THREAD(copied_too_much, char *a = malloc(40); char b[100] = ""; memcpy(a, b, sizeof b))
IN_THREAD(string_without_end, char *a = malloc(4); memcpy(a, "abcd", 4); sink = (int)strlen(a))
IN_THREAD(string_too_long, char *a = malloc(4); strcpy(a, "abcd"))
IN_THREAD(formatted_too_long, char *a = malloc(4); sprintf(a, "%d", 12345))
IN_THREAD(atomic_past_the_end, atomic_int *a = malloc(sizeof *a); atomic_fetch_add(a + 1, 1))
IN_THREAD(old_size_after_growth, char *a = malloc(4); a = realloc(a, 8); a[7] = 1; a = realloc(a, 4); a[4] = 1)
IN_THREAD(beyond_all_blocks, char *a = malloc(4); a[1 << 20] = 1)
IN_THREAD(endless_memset, memset(malloc(8), 0, huge))
IN_THREAD(endless_copy, memcpy(malloc(8), malloc(8), huge))

struct pair {
	int first;
	char rest[];
};

/* Everything here is inside of what was allocated. */
IN_THREAD(inside, struct pair *p = malloc(sizeof *p + 3); p->rest[2] = 1; memset(p, 0, sizeof *p + 3);
	char *end = (char *)p + sizeof *p + 3; sink = end[-1]; struct pair *q = calloc(2, sizeof *q); q[1].first = 1;
	p = realloc(p, 100); ((char *)p)[99] = 1; free(q); free(p); free(NULL); free(malloc(0));
	char *s = strdup("abc"); sink = s[3]; free(s); void *m; sink = posix_memalign(&m, 256, 10); ((char *)m)[9] = 1;
	free(m))

static void *write_first(void *block)
{
	((char *)block)[0] = 1;
	free(block);
	return NULL;
}

/* Another thread than the one that allocated it may use and free a block. */
void freed_by_another(void)
{
	run(write_first, malloc(1));
}

/* ---- arrays whose length the compiler knows --------------------------------------------------------------------- */

static int table[4];
static volatile int four = 4;

struct tail {
	int length;
	char bytes[1];
};

IN_THREAD(index_past_the_end, table[four] = 1)
IN_THREAD(index_below_zero, int local[3]; local[four - 5] = 1)
IN_THREAD(index_of_the_second, int square[2][3]; square[1][four - 1] = 1)
IN_THREAD(index_of_variable_length, int local[four]; local[four] = 1)

/* The address past the end is no access, and the array at the end of a structure is as long as there is room. */
IN_THREAD(index_inside, int *end = &table[four]; for (int *p = table; p < end; p++) *p = 1; sink = table[four - 1];
	struct tail *tail = malloc(sizeof *tail + 8); tail->bytes[four] = 1; free(tail))

/* ---- freed ------------------------------------------------------------------------------------------------------ */

IN_THREAD(read_after_free, int *a = malloc(40); free(a); sink = a[2])
IN_THREAD(written_after_realloc, int *a = malloc(8); int *b = realloc(a, 80); a[0] = 1; b[0] = 1)
IN_THREAD(locked_after_free, pthread_mutex_t *m = malloc(sizeof *m); pthread_mutex_init(m, NULL); free(m);
	pthread_mutex_lock(m))
IN_THREAD(atomic_after_free, atomic_int *a = malloc(sizeof *a); free(a); atomic_store(a, 1))
IN_THREAD(freed_twice, char *a = malloc(3); free(a); free(a))
IN_THREAD(freed_inside, char *a = malloc(3); free(a + 1))
IN_THREAD(freed_global, free(&global))
IN_THREAD(freed_local, int local = 0; free(&local))
IN_THREAD(freed_nowhere, free((void *)0x1230))
IN_THREAD(reallocated_inside, char *a = malloc(64); a = realloc(a + 16, 100); sink = a[0])

static void *free_locked(void *block)
{
	pthread_mutex_lock(&lock);
	free(block);
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* 2 classes, by who has the lock first; in one of them the block is used after that. */
void freed_first_in_one_order(void)
{
	int *block = malloc(sizeof *block);
	pthread_t thread;

	pthread_create(&thread, NULL, free_locked, block);
	pthread_mutex_lock(&lock);
	*block = 1;
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
}

static void *free_now(void *block)
{
	free(block);
	return NULL;
}

/* Nothing orders the two: a data race, and only that. */
void freed_at_the_same_time(void)
{
	int *block = malloc(sizeof *block);
	pthread_t thread;

	pthread_create(&thread, NULL, free_now, block);
	*block = 1;
	pthread_join(thread, NULL);
}
