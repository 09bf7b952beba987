/* Atomic operations with memory orders. */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int ready, counter;
static int message;

static void *send(void *unused)
{
	(void)unused;
	message = 1;
	atomic_store_explicit(&ready, 1, memory_order_release);
	return NULL;
}

/* Weaker than sequentially consistent, beside another thread. */
void handed_over(void)
{
	pthread_t sender;

	pthread_create(&sender, NULL, send, NULL);
	if (atomic_load_explicit(&ready, memory_order_acquire))
		message++;
	pthread_join(sender, NULL);
}

static void *count(void *unused)
{
	(void)unused;
	counter++;
	return NULL;
}

/* Weaker only where no other thread is there. */
void counted(void)
{
	pthread_t thread;

	atomic_store_explicit(&counter, 0, memory_order_relaxed);
	pthread_create(&thread, NULL, count, NULL);
	counter++;
	pthread_join(thread, NULL);
	atomic_load_explicit(&counter, memory_order_relaxed);
}
