/*
 * A pipeline: main sends numbers through a pipe to a thread, which sends their squares through another pipe to a
 * thread that adds them up. The filter ends when its input ends, but keeps its end of the second pipe open: the thread
 * that adds waits for more, for ever.
 *
 * SIMCHECK-EXPECT: deadlock pipe-starved
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int numbers[2], squares[2];
static long sum;

static void *filter(void *unused)
{
	int n;

	while (read(numbers[0], &n, sizeof n) == sizeof n) {
		n *= n;
		write(squares[1], &n, sizeof n);
	}
	close(numbers[0]);
	return unused;
}

static void *add(void *unused)
{
	int n;

	while (read(squares[0], &n, sizeof n) == sizeof n)
		sum += n;
	close(squares[0]);
	return unused;
}

int main(void)
{
	pthread_t filtering, adding;

	if (pipe(numbers) || pipe(squares))
		return 1;
	pthread_create(&filtering, NULL, filter, NULL);
	pthread_create(&adding, NULL, add, NULL);
	for (int i = 1; i <= 3; i++)
		write(numbers[1], &i, sizeof i);
	close(numbers[1]);
	pthread_join(filtering, NULL);
	pthread_join(adding, NULL);
	assert(sum == 1 + 4 + 9);
	printf("%ld\n", sum);
	return 0;
}
