/*
 * A routing table: packets look up their route under a read lock, an update replaces it under the write lock. A lookup also
 * counts how often the route was used, in an atomic variable, since readers do not exclude each other.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct route {
	int gateway;
	atomic_int n_used;
};

static struct route route = {.gateway = 1};
static pthread_rwlock_t route_lock = PTHREAD_RWLOCK_INITIALIZER;

static int route_find(void)
{
	int gateway;

	pthread_rwlock_rdlock(&route_lock);
	gateway = route.gateway;
	route.n_used++;
	pthread_rwlock_unlock(&route_lock);
	return gateway;
}

static void route_replace(int gateway)
{
	pthread_rwlock_wrlock(&route_lock);
	route.gateway = gateway;
	pthread_rwlock_unlock(&route_lock);
}

static void *forward(void *unused)
{
	int gateway = route_find();

	assert(gateway == 1 || gateway == 2);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, forward, NULL);
	route_replace(2);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(route.n_used == 2);
	printf("gateway %d, used %d times\n", route.gateway, route.n_used);
	return 0;
}
