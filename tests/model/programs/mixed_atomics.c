/* Atomic variables that plain stores change too, in good order. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int word;

static void *take_and_reset(void *unused)
{
	int free = 0;

	(void)unused;
	pthread_mutex_lock(&lock);
	atomic_compare_exchange_strong(&word, &free, 1);
	pthread_mutex_unlock(&lock);
	pthread_mutex_lock(&lock);
	memset((void *)&word, 0, sizeof word);
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* 6 classes: the orders of two critical sections of each of two threads, 4! / (2! 2!). What a compare-exchange finds is not
 * what the last atomic operation left, so that the default strategy has to look at the plain stores as well. */
void reset_by_memset(void)
{
	pthread_t first, second;

	pthread_create(&first, NULL, take_and_reset, NULL);
	pthread_create(&second, NULL, take_and_reset, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
}
