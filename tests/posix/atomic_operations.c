/* The operations of <stdatomic.h> on integers of every size up to 16 bytes: what they return and what they leave. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Not with clang 14, which knows no such operators of atomic variables. */
#ifdef __clang__
#define MORE_ASSIGNMENTS
#else
#define MORE_ASSIGNMENTS assert((a *= 9) == 54 && (a >>= 1) == 27 && (a <<= 1) == 54 && (a /= 4) == 13 && (a %= 5) == 3);
#endif

/* One function per type: all operations in one thread, then a sum of two threads. */
#define OPERATIONS(name, type) \
	static _Atomic type name##_sum; \
\
	static void *name##_add(void *unused) \
	{ \
		(void)unused; \
		name##_sum += 2; \
		return NULL; \
	} \
\
	static void name(void) \
	{ \
		const type all = (type) ~(type)0; \
		_Atomic type a; \
		type expected = 5; \
		pthread_t thread; \
\
		atomic_init(&a, 5); \
		assert(atomic_load(&a) == 5 && atomic_exchange(&a, all) == 5 && a == all); \
		assert(atomic_fetch_add(&a, 2) == all && a == 1); /* wraps around */ \
		assert(atomic_fetch_sub(&a, 3) == 1 && a == (type)(all - 1)); \
		assert(atomic_fetch_and(&a, 0x3C) == (type)(all - 1) && a == 0x3C); \
		assert(atomic_fetch_or(&a, 3) == 0x3C && atomic_fetch_xor(&a, 0xF) == 0x3F && a == 0x30); \
		assert(!atomic_compare_exchange_strong(&a, &expected, 1) && expected == 0x30 && a == 0x30); \
		assert(atomic_compare_exchange_strong(&a, &expected, 1) && expected == 0x30 && a == 1); \
		while (!atomic_compare_exchange_weak(&a, &(type){1}, 7)) \
			; \
		assert(a++ == 7 && a++ == 8 && a-- == 9); \
		a += 4; \
		a ^= 6; \
		a |= 4; \
		a &= 6; \
		assert(a == 6); \
		MORE_ASSIGNMENTS \
		assert(pthread_create(&thread, NULL, name##_add, NULL) == 0); \
		name##_add(NULL); \
		pthread_join(thread, NULL); \
		assert(name##_sum == 4); \
		printf(#name ": %d, %zu bytes\n", (int)name##_sum, sizeof a); \
	}

OPERATIONS(one, uint8_t)
OPERATIONS(two, uint16_t)
OPERATIONS(four, uint32_t)
OPERATIONS(eight, uint64_t)
OPERATIONS(sixteen, unsigned __int128)

/* What the high half keeps to itself. */
static void halves(void)
{
	_Atomic unsigned __int128 a = ((unsigned __int128)7 << 64) - 1;

	a++;
	assert((uint64_t)(a >> 64) == 7 && (uint64_t)a == 0);
	atomic_fetch_sub(&a, 1);
	assert((uint64_t)(a >> 64) == 6 && (uint64_t)a == UINT64_MAX);
	printf("halves\n");
}

static void flags(void)
{
	static atomic_flag flag = ATOMIC_FLAG_INIT;

	assert(!atomic_flag_test_and_set(&flag) && atomic_flag_test_and_set_explicit(&flag, memory_order_acquire));
	atomic_flag_clear_explicit(&flag, memory_order_release);
	assert(!atomic_flag_test_and_set(&flag));
	atomic_thread_fence(memory_order_seq_cst);
	atomic_signal_fence(memory_order_acquire);
	printf("flags\n");
}

int main(void)
{
	one();
	two();
	four();
	eight();
	sixteen();
	halves();
	flags();
	return 0;
}
