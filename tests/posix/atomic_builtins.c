/* The builtins of gcc and clang: the old __sync_ ones and the __atomic_ ones, on plain variables. */
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static int counter, word;
static long lock;
static unsigned __int128 wide __attribute__((aligned(16)));

static void old_ones(void)
{
	assert(__sync_fetch_and_add(&word, 6) == 0 && __sync_sub_and_fetch(&word, 1) == 5);
	assert(__sync_fetch_and_or(&word, 8) == 5 && __sync_and_and_fetch(&word, 12) == 12);
	assert(__sync_fetch_and_xor(&word, 4) == 12 && __sync_nand_and_fetch(&word, 8) == ~8);
	assert(__sync_val_compare_and_swap(&word, 1, 2) == ~8 && __sync_bool_compare_and_swap(&word, ~8, 3) && word == 3);
	assert(__sync_lock_test_and_set(&lock, 1) == 0 && __sync_lock_test_and_set(&lock, 1) == 1);
	__sync_lock_release(&lock);
	assert(lock == 0);
	__sync_synchronize();
}

static void new_ones(void)
{
	int value = 4, expected = 5, result;
	bool taken = false;

	__atomic_store(&word, &value, __ATOMIC_SEQ_CST);
	__atomic_load(&word, &result, __ATOMIC_ACQUIRE);
	assert(result == 4 && __atomic_add_fetch(&word, 1, __ATOMIC_RELAXED) == 5);
	assert(__atomic_compare_exchange_n(&word, &expected, 7, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	__atomic_exchange(&word, &value, &result, __ATOMIC_SEQ_CST);
	assert(result == 7 && __atomic_nand_fetch(&word, 4, __ATOMIC_SEQ_CST) == ~4);
	assert(!__atomic_test_and_set(&taken, __ATOMIC_ACQUIRE) && __atomic_test_and_set(&taken, __ATOMIC_ACQUIRE));
	__atomic_clear(&taken, __ATOMIC_RELEASE);
	assert(!taken);
	__atomic_thread_fence(__ATOMIC_ACQ_REL);
}

static void sixteen_bytes(void)
{
	assert(__atomic_fetch_add(&wide, 5, __ATOMIC_SEQ_CST) == 0 && __atomic_or_fetch(&wide, 8, __ATOMIC_SEQ_CST) == 13);
	assert(__atomic_xor_fetch(&wide, 1, __ATOMIC_SEQ_CST) == 12 && __atomic_fetch_sub(&wide, 2, __ATOMIC_SEQ_CST) == 12);
	assert(__atomic_exchange_n(&wide, (unsigned __int128)1 << 100, __ATOMIC_SEQ_CST) == 10);
	assert(__atomic_load_n(&wide, __ATOMIC_RELAXED) >> 100 == 1);
}

static void *count(void *unused)
{
	(void)unused;
	while (__sync_lock_test_and_set(&lock, 1))
		;
	counter++;
	__sync_lock_release(&lock);
	return NULL;
}

int main(void)
{
	pthread_t thread;

	old_ones();
	new_ones();
	sixteen_bytes();
	assert(pthread_create(&thread, NULL, count, NULL) == 0);
	count(NULL);
	pthread_join(thread, NULL);
	assert(counter == 2);
	printf("counted to %d\n", counter);
	return 0;
}
