/* Sleeping and clocks. Time starts at a fixed point. Under `any` a thread's time moves by its own sleeps and timeouts and
 * by what it learns from others; in virtual time there is one clock for all (DESIGN 5, time). */
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "cancellation.h"
#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static const int64_t clock_second = 1000000000;

/* What the clocks show at the beginning of an execution: 2000-01-01 00:00 UTC, and 1000 seconds after booting. */
static int64_t clock_origin(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ? 946684800 * clock_second : 1000 * clock_second;
}

static bool clock_valid(const struct timespec *time)
{
	return time->tv_nsec >= 0 && time->tv_nsec < clock_second;
}

/* What is too far away to be counted is 146 years away: nobody gets there, and no clock overflows. */
static int64_t clock_from(const struct timespec *time)
{
	const int64_t most = INT64_MAX / 2;
	if (time->tv_sec >= most / clock_second)
		return most;
	return time->tv_sec <= -(most / clock_second) ? -most : time->tv_sec * clock_second + time->tv_nsec;
}

bool posix_is_waiting_clock(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

int posix_deadline(struct sim_op *op, clockid_t clock, const struct timespec *deadline)
{
	world_access((uintptr_t)deadline, sizeof *deadline, RACE_READ, world_site());
	if (!clock_valid(deadline))
		return -1;
	op->timed = true;
	op->deadline_ns = clock_from(deadline) - clock_origin(clock);
	return 0;
}

static void clock_sleep(int64_t duration_ns)
{
	struct sim_op op = world_sleep_op(duration_ns < 0 ? 0 : duration_ns);
	cancellation_call(&op);
}

RUNTIME_API unsigned __wrap_sleep(unsigned seconds)
{
	clock_sleep(seconds * clock_second);
	return 0;
}

RUNTIME_API int __wrap_usleep(useconds_t microseconds)
{
	clock_sleep((int64_t)microseconds * 1000);
	return 0;
}

RUNTIME_API int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
	(void)left; /* no signal interrupts a sleep */
	if (!clock_valid(time))
		return EINVAL;
	clock_sleep(flags & TIMER_ABSTIME ? clock_from(time) - clock_origin(clock) - world_now() : clock_from(time));
	return 0;
}

RUNTIME_API int __wrap_nanosleep(const struct timespec *time, struct timespec *left)
{
	int error = __wrap_clock_nanosleep(CLOCK_MONOTONIC, 0, time, left);
	if (error)
		world_thread()->error = error;
	return error ? -1 : 0;
}

/* -1 is for a signal, which never comes: another negative number says that the duration is not valid. */
RUNTIME_API int __wrap_thrd_sleep(const struct timespec *duration, struct timespec *left)
{
	return __wrap_clock_nanosleep(CLOCK_REALTIME, 0, duration, left) ? -2 : 0;
}

RUNTIME_API int __wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
	int64_t now = world_now() + clock_origin(clock);
	world_access((uintptr_t)time, sizeof *time, RACE_WRITE, world_site());
	*time = (struct timespec){.tv_sec = now / clock_second, .tv_nsec = now % clock_second};
	return 0;
}

RUNTIME_API int __wrap_gettimeofday(struct timeval *time, void *zone)
{
	(void)zone;
	int64_t now = world_now() + clock_origin(CLOCK_REALTIME);
	world_access((uintptr_t)time, sizeof *time, RACE_WRITE, world_site());
	*time = (struct timeval){.tv_sec = now / clock_second, .tv_usec = now % clock_second / 1000};
	return 0;
}

RUNTIME_API time_t __wrap_time(time_t *result)
{
	time_t now = (world_now() + clock_origin(CLOCK_REALTIME)) / clock_second;
	if (result) {
		world_access((uintptr_t)result, sizeof *result, RACE_WRITE, world_site());
		*result = now;
	}
	return now;
}
