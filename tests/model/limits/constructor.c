/* Constructors run in the simulation, before main; destructors do not run. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *box;

static void *fill(void *unused)
{
	pthread_mutex_lock(&lock);
	*box += 3;
	pthread_mutex_unlock(&lock);
	return unused;
}

__attribute__((constructor)) static void prepare(void)
{
	pthread_t thread;

	box = malloc(sizeof *box);
	*box = 4;
	printf("prepared\n");
	pthread_create(&thread, NULL, fill, NULL);
	pthread_join(thread, NULL);
}

__attribute__((destructor)) static void finish(void)
{
	assert(!"destructors do not run");
}

int main(void)
{
	assert(*box == 7);
	return 0;
}
