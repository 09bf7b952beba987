/*
 * Programs with a pipe and an eventfd: those of the system or, with -DREFERENCE, what they stand for, made of a mutex
 * and a condition. Of bytes only their number counts.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "outcome.h"

enum { CAPACITY = 65536, READER = 0, WRITER = 1 };

static char bytes[CAPACITY];

#ifdef REFERENCE

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int n_bytes, is_closed[2]; /* protected by the lock, as is the rest */
static uint64_t number;

static void set_up(void)
{
}

static int take(int n)
{
	pthread_mutex_lock(&lock);
	while (!n_bytes && !is_closed[WRITER])
		pthread_cond_wait(&changed, &lock);
	n = n < n_bytes ? n : n_bytes;
	n_bytes -= n;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	return n;
}

/* Of not more than PIPE_BUF bytes, or what fits. -1: nobody reads. */
static int put(int n)
{
	pthread_mutex_lock(&lock);
	while (CAPACITY - n_bytes < n && !is_closed[READER])
		pthread_cond_wait(&changed, &lock);
	if (is_closed[READER])
		n = -1;
	else
		n_bytes += n;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	return n;
}

static void end(int which)
{
	pthread_mutex_lock(&lock);
	is_closed[which] = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void add(uint64_t n)
{
	pthread_mutex_lock(&lock);
	number += n;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static uint64_t take_number(int by_one)
{
	pthread_mutex_lock(&lock);
	while (!number)
		pthread_cond_wait(&changed, &lock);
	uint64_t n = by_one ? 1 : number;
	number -= n;
	pthread_mutex_unlock(&lock);
	return n;
}

#else

static int ends[2], counters[2]; /* of these, the second is taken by one */

static void set_up(void)
{
	signal(SIGPIPE, SIG_IGN);
	pipe(ends);
	for (int i = 0; i < 2; i++)
		counters[i] = eventfd(0, i ? EFD_SEMAPHORE : 0);
}

static int take(int n)
{
	char mine[8];

	return (int)read(ends[READER], n > 8 ? bytes : mine, (size_t)n);
}

static int put(int n)
{
	return (int)write(ends[WRITER], bytes, (size_t)n);
}

static void end(int which)
{
	close(ends[which]);
}

static void add(uint64_t n)
{
	for (int i = 0; i < 2; i++)
		write(counters[i], &n, sizeof n);
}

static uint64_t take_number(int by_one)
{
	uint64_t n = 0;

	read(counters[by_one], &n, sizeof n);
	return n;
}

#endif

static pthread_t threads[2];

static void start(int i, void *(*function)(void *), int *argument)
{
	pthread_create(&threads[i], NULL, function, argument);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
}

static void *put_and_end(void *unused)
{
	put(1);
	end(WRITER);
	return unused;
}

static void *take_one(void *n)
{
	*(int *)n = take(1);
	return NULL;
}

static void *put_some(void *n)
{
	*(int *)n = put(*(int *)n);
	return NULL;
}

static void *end_reading(void *unused)
{
	end(READER);
	return unused;
}

static void *add_one(void *unused)
{
	add(1);
	return unused;
}

static void *take_by_one(void *unused)
{
	take_number(1);
	return unused;
}

/* Put, end; the first read comes after the one, or after both, the last after both: 2 classes. */
void until_the_end(void)
{
	int n = 0;

	set_up();
	start(0, put_and_end, NULL);
	while (take(8) > 0)
		n++;
	join(1);
	come_to(n);
}

/* One byte for two: who gets it reads before or after the end, the other one after that: 2 * 2 classes. */
void one_for_two(void)
{
	int taken[2];

	set_up();
	start(0, take_one, &taken[0]);
	start(1, take_one, &taken[1]);
	put(1);
	end(WRITER);
	join(2);
	come_to(taken[0] + 2 * taken[1]);
}

/*
 * There is room for 1 byte, and for 2 when main has read. One thread puts 1, the other 2: whoever comes first, the
 * other waits for ever. 1 before the read, 1 after it, 2 after it: 3 classes.
 */
void too_little_room(void)
{
	int one = 1, two = 2;

	set_up();
	put(CAPACITY / 2);
	put(CAPACITY / 2 - 1);
	start(0, put_some, &one);
	start(1, put_some, &two);
	take(1);
	join(2);
	come_to(0);
}

/* The write comes before or after the end of all reading: 2 classes. */
void nobody_reads(void)
{
	set_up();
	start(0, end_reading, NULL);
	int n = put(1);
	join(1);
	come_to(n > 0);
}

/* Additions commute. A first read after the one, after the other, or after both: 3 classes. */
void taken_as_a_whole(void)
{
	uint64_t sum = 0;
	int n = 0;

	set_up();
	start(0, add_one, NULL);
	start(1, add_one, NULL);
	for (; sum < 2; n++)
		sum += take_number(0);
	join(2);
	come_to(n);
}

/* One for two who take one: 2 classes. */
void one_remains(void)
{
	set_up();
	start(0, take_by_one, NULL);
	start(1, take_by_one, NULL);
	add(1);
	join(2);
	come_to(0);
}

int main(void)
{
	return 0;
}
