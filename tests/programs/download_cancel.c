/*
 * A download that the user may stop. The worker waits for data under the lock of the transfer, and stopping it is a
 * pthread_cancel. The wait takes the mutex again before the thread ends, and nobody unlocks it: whoever wants to show the
 * progress afterwards waits for ever.
 *
 * SIMCHECK-EXPECT: deadlock orphaned-lock
 */
#include <pthread.h>
#include <stdio.h>

struct transfer {
	pthread_mutex_t lock;
	pthread_cond_t arrived;
	int available, received;
};

static struct transfer transfer = {.lock = PTHREAD_MUTEX_INITIALIZER, .arrived = PTHREAD_COND_INITIALIZER};

static void *receive(void *argument)
{
	struct transfer *t = argument;

	pthread_mutex_lock(&t->lock);
	while (t->received < 2) {
		while (t->available == 0)
			pthread_cond_wait(&t->arrived, &t->lock);
		t->received += t->available;
		t->available = 0;
	}
	pthread_mutex_unlock(&t->lock);
	return NULL;
}

static int progress(struct transfer *t)
{
	pthread_mutex_lock(&t->lock);
	int received = t->received;
	pthread_mutex_unlock(&t->lock);
	return received;
}

int main(void)
{
	pthread_t receiver;
	void *result;

	if (pthread_create(&receiver, NULL, receive, &transfer) != 0)
		return 1;
	pthread_mutex_lock(&transfer.lock);
	transfer.available = 1;
	pthread_cond_signal(&transfer.arrived);
	pthread_mutex_unlock(&transfer.lock);
	pthread_cancel(receiver);
	pthread_join(receiver, &result);
	printf("%s after %d\n", result == PTHREAD_CANCELED ? "stopped" : "done", progress(&transfer));
	return 0;
}
