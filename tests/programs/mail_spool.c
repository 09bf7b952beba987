/*
 * A mail spool: a ring of slots, with a semaphore for those that are free, one for those that are full, and a lock. The sender
 * takes the lock before it waits for a free slot; when the ring is full it waits with the lock, and the receiver, who would
 * make room, waits for the lock.
 *
 * SIMCHECK-EXPECT: deadlock semaphore-starved
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

enum { SLOTS = 1, MAILS = 2 };

static int ring[SLOTS], n_sent, n_received;
static sem_t n_free, n_full;
static pthread_mutex_t ring_lock = PTHREAD_MUTEX_INITIALIZER;

static void spool_send(int mail)
{
	pthread_mutex_lock(&ring_lock);
	sem_wait(&n_free);
	ring[n_sent++ % SLOTS] = mail;
	pthread_mutex_unlock(&ring_lock);
	sem_post(&n_full);
}

static int spool_receive(void)
{
	int mail;

	sem_wait(&n_full);
	pthread_mutex_lock(&ring_lock);
	mail = ring[n_received++ % SLOTS];
	pthread_mutex_unlock(&ring_lock);
	sem_post(&n_free);
	return mail;
}

static void *receive(void *unused)
{
	for (int i = 0; i < MAILS; i++)
		assert(spool_receive() == i);
	return unused;
}

int main(void)
{
	pthread_t thread;

	sem_init(&n_free, 0, SLOTS);
	sem_init(&n_full, 0, 0);
	pthread_create(&thread, NULL, receive, NULL);
	for (int i = 0; i < MAILS; i++)
		spool_send(i);
	pthread_join(thread, NULL);
	sem_destroy(&n_free);
	sem_destroy(&n_full);
	printf("%d mails\n", n_received);
	return 0;
}
