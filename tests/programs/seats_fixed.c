/*
 * Seats of a theatre, booked by three guests; there are two. Whether one is free is asked in the critical section in which it
 * is taken.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <pthread.h>

enum { N_SEATS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n_taken;
static int seats[N_SEATS]; /* who has it */

static void take_seat(int guest)
{
	pthread_mutex_lock(&lock);
	if (n_taken < N_SEATS)
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
