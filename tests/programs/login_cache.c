/*
 * A cache of sessions that calls back when it drops one to make room. The owner of the cache logs that, and asks for the
 * number of sessions to do so: a function of the cache, which locks it again. With a second session it hangs.
 *
 * SIMCHECK-EXPECT: deadlock self-deadlock
 */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>

enum { CAPACITY = 1 };

struct cache {
	pthread_mutex_t lock;
	int sessions[CAPACITY];
	int n;
	void (*on_drop)(struct cache *cache, int session);
};

static void cache_init(struct cache *cache, void (*on_drop)(struct cache *, int))
{
	pthread_mutex_init(&cache->lock, NULL);
	cache->n = 0;
	cache->on_drop = on_drop;
}

static int cache_size(struct cache *cache)
{
	pthread_mutex_lock(&cache->lock);
	int n = cache->n;
	pthread_mutex_unlock(&cache->lock);
	return n;
}

static void cache_add(struct cache *cache, int session)
{
	pthread_mutex_lock(&cache->lock);
	if (cache->n == CAPACITY) {
		int dropped = cache->sessions[--cache->n];
		cache->on_drop(cache, dropped);
	}
	cache->sessions[cache->n++] = session;
	pthread_mutex_unlock(&cache->lock);
}

static void log_drop(struct cache *cache, int session)
{
	printf("session %d was dropped, %d left\n", session, cache_size(cache));
}

static struct cache cache;

static void *log_in(void *session)
{
	cache_add(&cache, *(int *)session);
	return NULL;
}

int main(void)
{
	static int sessions[] = {41, 42};
	pthread_t threads[2];

	cache_init(&cache, log_drop);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, log_in, &sessions[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(cache_size(&cache) == 1);
	return 0;
}
