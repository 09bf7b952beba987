/*
 * A cache of settings: looked up under a read lock, filled on the first miss. A miss gives the read lock back before it takes
 * the write lock, and looks again then: another thread may have been faster.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct setting {
	const char *name;
	int value;
	int known;
};

static struct setting settings[] = {{.name = "workers"}, {.name = "timeout"}};
static pthread_rwlock_t settings_lock = PTHREAD_RWLOCK_INITIALIZER;
static int n_loads;

/* What would read the file. */
static int load(const char *name)
{
	n_loads++;
	return (int)strlen(name);
}

static int fill(int i)
{
	int value;

	pthread_rwlock_wrlock(&settings_lock);
	if (!settings[i].known) {
		settings[i].value = load(settings[i].name);
		settings[i].known = 1;
	}
	value = settings[i].value;
	pthread_rwlock_unlock(&settings_lock);
	return value;
}

static int lookup(int i)
{
	int known, value;

	pthread_rwlock_rdlock(&settings_lock);
	known = settings[i].known;
	value = settings[i].value;
	pthread_rwlock_unlock(&settings_lock);
	return known ? value : fill(i);
}

static void *serve(void *unused)
{
	assert(lookup(0) == 7);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, serve, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(n_loads == 1);
	printf("%s = %d\n", settings[0].name, settings[0].value);
	return 0;
}
