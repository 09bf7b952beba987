/* POSIX clocks and timeouts in virtual time: they begin at 2000-01-01 and 1000 seconds after booting. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static void *own(void *unused)
{
	pthread_mutex_lock(&mutex);
	sleep(2);
	pthread_mutex_unlock(&mutex);
	return unused;
}

static struct timespec in(int seconds)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	time.tv_sec += seconds;
	return time;
}

static void tell(const char *what, int result)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	printf("%s: %s, %ld s after booting\n", what, result == ETIMEDOUT ? "timeout" : result ? "error" : "done",
	       (long)time.tv_sec);
}

int main(void)
{
	pthread_t owner;
	struct timespec until = in(0);

	printf("%ld seconds since 1970\n", (long)until.tv_sec);
	pthread_create(&owner, NULL, own, NULL);
	usleep(500000);
	until = in(1);
	tell("lock", pthread_mutex_timedlock(&mutex, &until));
	until = in(1);
	tell("lock", pthread_mutex_timedlock(&mutex, &until));
	until = in(10);
	tell("wait", pthread_cond_timedwait(&condition, &mutex, &until));
	pthread_mutex_unlock(&mutex);
	until.tv_sec = 1015;
	tell("sleep", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
	pthread_join(owner, NULL);
	return 0;
}
