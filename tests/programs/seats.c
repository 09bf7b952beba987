/*
 * Seats of a theatre, booked by three guests; there are two. Whether one is free is asked before it is taken, each under the
 * lock, but not both under one: the last seat may be sold twice, the second time past the end of the array.
 *
 * SIMCHECK-EXPECT: memory out-of-bounds
 */
#include <pthread.h>

enum { N_SEATS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n_taken;
static int seats[N_SEATS]; /* who has it */

static int n_free(void)
{
	pthread_mutex_lock(&lock);
	int n = N_SEATS - n_taken;
	pthread_mutex_unlock(&lock);
	return n;
}

static void take_seat(int guest)
{
	if (n_free() == 0)
		return;
	pthread_mutex_lock(&lock);
	seats[n_taken++] = guest;
	pthread_mutex_unlock(&lock);
}

static void *book(void *guest)
{
	take_seat(*(const int *)guest);
	return NULL;
}

int main(void)
{
	static const int guests[] = {11, 12, 13};
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, book, (void *)&guests[i]);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
