/* Time on real threads: CLOCK_MONOTONIC throughout, so that setting the system's clock moves no timeout. */
#include <errno.h>

#include "pt.h"

int64_t pt_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SIM_NS_PER_S + now.tv_nsec;
}

struct pt_deadline pt_deadline_after(int64_t timeout_ns)
{
	struct pt_deadline deadline = { .forever = timeout_ns == SIM_FOREVER };
	int64_t at_ns;

	if (deadline.forever)
		return deadline;
	if (__builtin_add_overflow(pt_now(), timeout_ns, &at_ns))
		at_ns = INT64_MAX;
	deadline.at.tv_sec = (time_t)(at_ns / SIM_NS_PER_S);
	deadline.at.tv_nsec = (long)(at_ns % SIM_NS_PER_S);
	return deadline;
}

void pt_cond_init(pthread_cond_t *cond)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &attributes);
	pthread_condattr_destroy(&attributes);
}

bool pt_cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *guard, const struct pt_deadline *deadline)
{
	if (deadline->forever)
		return pthread_cond_wait(cond, guard) == 0;
	return pthread_cond_timedwait(cond, guard, &deadline->at) != ETIMEDOUT;
}

void pt_sleep(int64_t duration_ns)
{
	struct pt_deadline deadline = pt_deadline_after(duration_ns);

	/* To a moment rather than for a duration: a signal must not make the sleep shorter, nor longer. */
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline.at, NULL) == EINTR)
		continue;
}
