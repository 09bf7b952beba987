/*
 * Thumbnails made by C11 threads, each told by a pointer which picture is its own: each has a number of its
 * own.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <threads.h>

enum { N_PICTURES = 2 };

static bool is_done[N_PICTURES + 1];

static int make_thumbnail(void *argument)
{
	int picture = *(int *)argument;

	is_done[picture] = true;
	return picture;
}

int main(void)
{
	thrd_t threads[N_PICTURES];
	int numbers[N_PICTURES], sum = 0;

	for (int i = 0; i < N_PICTURES; i++) {
		numbers[i] = i;
		if (thrd_create(&threads[i], make_thumbnail, &numbers[i]) != thrd_success)
			return 1;
	}
	for (int i = 0; i < N_PICTURES; i++) {
		int picture;

		thrd_join(threads[i], &picture);
		sum += picture;
	}
	assert(sum == 0 + 1 && is_done[0] && is_done[1]);
	return 0;
}
