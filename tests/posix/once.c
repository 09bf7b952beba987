/* Once: the function runs in one thread, and has run when any returns; one that ends its thread is tried again by others. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <threads.h>

static pthread_once_t once = PTHREAD_ONCE_INIT, hard = PTHREAD_ONCE_INIT, inner = PTHREAD_ONCE_INIT;
static once_flag flag = ONCE_FLAG_INIT;
static int n_once, n_inner, n_flag;
static atomic_int n_hard; /* an attempt that is given up hands nothing over to the next */

static void do_inner(void)
{
	n_inner++;
}

static void do_once(void)
{
	n_once++;
	assert(pthread_once(&inner, do_inner) == 0); /* of another variable */
}

static void do_flag(void)
{
	n_flag++;
}

/* The first attempt ends its thread. */
static void do_hard(void)
{
	if (++n_hard == 1)
		pthread_exit(&n_hard);
}

static void *use(void *unused)
{
	assert(pthread_once(&once, do_once) == 0);
	assert(n_once == 1 && n_inner == 1);
	call_once(&flag, do_flag);
	assert(n_flag == 1);
	return unused;
}

static void *try_hard(void *unused)
{
	assert(pthread_once(&hard, do_hard) == 0);
	assert(n_hard == 2);
	return unused;
}

static int run_two(void *(*function)(void *))
{
	pthread_t threads[2];
	void *results[2];

	for (int i = 0; i < 2; i++)
		assert(pthread_create(&threads[i], NULL, function, NULL) == 0);
	for (int i = 0; i < 2; i++)
		assert(pthread_join(threads[i], &results[i]) == 0);
	return (results[0] == &n_hard) + (results[1] == &n_hard);
}

int main(void)
{
	pthread_once_t again = PTHREAD_ONCE_INIT;

	assert(run_two(use) == 0);
	assert(pthread_once(&once, do_once) == 0);
	printf("done %d, %d and %d times\n", n_once, n_inner, n_flag);
	assert(run_two(try_hard) == 1);
	printf("done at attempt %d\n", n_hard);
	for (int i = 0; i < 2; i++) {
		again = (pthread_once_t)PTHREAD_ONCE_INIT; /* a new one at the same place */
		assert(pthread_once(&again, do_flag) == 0);
	}
	printf("done %d times\n", n_flag);
	return 0;
}
