/*
 * Time: sleeping and a clock. All durations are nanoseconds.
 *
 * Sleeping is not synchronisation: under the checker's time semantics "any" a sleep may end at any point and orders
 * nothing; under "virtual" the clock moves to the next deadline when no thread can run. Any thread, any time.
 */
#ifndef SIMCHECK_TIME_H
#define SIMCHECK_TIME_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SIM_NS_PER_US INT64_C(1000)
#define SIM_NS_PER_MS INT64_C(1000000)
#define SIM_NS_PER_S INT64_C(1000000000)

/*
 * Suspends the calling thread for at least `duration_ns` nanoseconds, signals notwithstanding. 0 returns at once;
 * below 0, SIM_FOREVER included, and above SIM_TIMEOUT_MAX is a misuse (bad-timeout), and then the call does not sleep.
 */
void sim_sleep(int64_t duration_ns);

/*
 * Nanoseconds since an arbitrary moment; never goes back within a thread, and after a sleep of d shows at least d more
 * than before it. Threads that have not synchronised may see different times under the checker.
 */
int64_t sim_now(void);

#ifdef __cplusplus
}
#endif

#endif
