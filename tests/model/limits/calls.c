/* Calls that leave the simulation, each function a program of its own: doc/limits.md. */
#include <pthread.h>
#include <stdlib.h>
#include <ucontext.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void run_two(void *(*body)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, body, NULL);
	pthread_create(&threads[1], NULL, body, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static void *ask(void *unused)
{
	double load[1];

	pthread_mutex_lock(&lock);
	getloadavg(load, 0);
	pthread_mutex_unlock(&lock);
	return unused;
}

/* Unknown: let through, what it does is not checked, and nothing is proved. */
void unknown_function(void)
{
	run_two(ask);
}

static void *change_context(void *unused)
{
	ucontext_t here;

	getcontext(&here);
	return unused;
}

void contexts(void)
{
	run_two(change_context);
}

static void *end_anywhere(void *unused)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	return unused;
}

void asynchronous(void)
{
	run_two(end_anywhere);
}
