/* Time: sleeping and a clock. All durations are nanoseconds. */
#ifndef SIMCHECK_TIME_H
#define SIMCHECK_TIME_H

#include <stdint.h>

#define SIM_NS_PER_US INT64_C(1000)
#define SIM_NS_PER_MS INT64_C(1000000)
#define SIM_NS_PER_S INT64_C(1000000000)

void sim_sleep(int64_t duration_ns);
int64_t sim_now(void);

#endif
