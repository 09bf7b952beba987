/*
 * A page keeps its number of visits as text, ready to be shown. A visit reads the number, and writes the next one: each
 * under the lock, but not both under the same hold of it. Two visits at once count as one, without any data race.
 *
 * SIMCHECK-EXPECT: assertion
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

static int visits(struct page *p)
{
	int n = 0;

	pthread_mutex_lock(&p->lock);
	sscanf(p->visits, "%d", &n);
	pthread_mutex_unlock(&p->lock);
	return n;
}

static void set_visits(struct page *p, int n)
{
	pthread_mutex_lock(&p->lock);
	snprintf(p->visits, sizeof p->visits, "%d", n);
	pthread_mutex_unlock(&p->lock);
}

static void *visit(void *p)
{
	set_visits(p, visits(p) + 1);
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
