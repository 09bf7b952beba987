/*
 * A table that is computed when it is first needed. Two threads may find that it is not there, and compute it both: the second
 * sees that it comes too late, and throws its own away.
 *
 * SIMCHECK-OPTIONS: --leaks
 * SIMCHECK-EXPECT: safe
 */
#include <pthread.h>
#include <stdlib.h>

enum { N = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *squares;

static int *make_squares(void)
{
	int *table = malloc(N * sizeof *table);

	for (int i = 0; i < N; i++)
		table[i] = i * i;
	return table;
}

static int *get_squares(void)
{
	pthread_mutex_lock(&lock);
	int *known = squares;
	pthread_mutex_unlock(&lock);
	if (known)
		return known;
	int *made = make_squares(); /* takes long: not under the lock */
	pthread_mutex_lock(&lock);
	if (!squares)
		squares = made;
	else
		free(made);
	made = squares;
	pthread_mutex_unlock(&lock);
	return made;
}

static void *use(void *result)
{
	*(int *)result = get_squares()[3];
	return NULL;
}

int main(void)
{
	int a, b;
	pthread_t one, two;

	pthread_create(&one, NULL, use, &a);
	pthread_create(&two, NULL, use, &b);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	free(squares);
	return a == 9 && b == 9 ? 0 : 1;
}
