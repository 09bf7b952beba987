/* Thread-specific data: values of each thread's own, destructors in rounds when it ends, no more keys than there are. */
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static pthread_key_t plain, chained, kept, deleted;
static int rounds, n_kept, n_deleted;

/* Sets the value again, three times: the fourth round is the last that there is. */
static void again(void *value)
{
	rounds++;
	assert(pthread_getspecific(chained) == NULL);
	assert(pthread_setspecific(chained, value) == 0);
}

static void once(void *value)
{
	n_kept++;
	assert(value == &n_kept && pthread_getspecific(kept) == NULL);
}

static void never(void *value)
{
	(void)value;
	n_deleted++;
}

static void *run(void *argument)
{
	assert(pthread_getspecific(plain) == NULL);
	assert(pthread_setspecific(plain, argument) == 0);
	assert(pthread_getspecific(plain) == argument);
	assert(pthread_setspecific(chained, argument) == 0);
	assert(pthread_setspecific(kept, &n_kept) == 0);
	assert(pthread_setspecific(deleted, argument) == 0);
	assert(pthread_key_delete(deleted) == 0);
	return NULL;
}

/* Leaves by pthread_exit, and with a value of NULL: no destructor. */
static void *leave(void *argument)
{
	(void)argument;
	assert(pthread_setspecific(kept, &n_kept) == 0);
	assert(pthread_setspecific(kept, NULL) == 0);
	pthread_exit(NULL);
}

static void count_keys(void)
{
	static pthread_key_t keys[PTHREAD_KEYS_MAX + 1];
	int n = 0;

	while (n <= PTHREAD_KEYS_MAX && pthread_key_create(&keys[n], NULL) == 0)
		n++;
	assert(pthread_key_create(&keys[n], NULL) == EAGAIN);
	printf("%d keys left\n", n);
	while (n-- > 0)
		assert(pthread_key_delete(keys[n]) == 0);
	assert(pthread_key_create(&keys[0], NULL) == 0);
	assert(pthread_getspecific(keys[0]) == NULL);
}

int main(void)
{
	pthread_t thread;

	assert(pthread_key_create(&plain, NULL) == 0);
	assert(pthread_key_create(&chained, again) == 0);
	assert(pthread_key_create(&kept, once) == 0);
	assert(pthread_key_create(&deleted, never) == 0);
	assert(pthread_setspecific(plain, &rounds) == 0);
	assert(pthread_create(&thread, NULL, run, &plain) == 0);
	assert(pthread_join(thread, NULL) == 0);
	assert(pthread_getspecific(plain) == &rounds);
	assert(rounds == PTHREAD_DESTRUCTOR_ITERATIONS && n_kept == 1 && n_deleted == 0);
	assert(pthread_create(&thread, NULL, leave, NULL) == 0);
	assert(pthread_join(thread, NULL) == 0);
	assert(n_kept == 1);
	count_keys();
	printf("%d rounds\n", rounds);
	return 0;
}
