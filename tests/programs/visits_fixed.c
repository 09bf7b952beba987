/*
 * A page keeps its number of visits as text, ready to be shown. A visit reads the number and writes the next one while it
 * holds the lock.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct page {
	pthread_mutex_t lock;
	char visits[12];
};

static struct page page = {PTHREAD_MUTEX_INITIALIZER, "9"};

static void *visit(void *argument)
{
	struct page *p = argument;
	int n = 0;

	pthread_mutex_lock(&p->lock);
	sscanf(p->visits, "%d", &n);
	snprintf(p->visits, sizeof p->visits, "%d", n + 1);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, visit, &page);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("%s visits\n", page.visits);
	assert(strcmp(page.visits, "11") == 0);
	return 0;
}
