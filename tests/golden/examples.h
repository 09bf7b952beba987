/* Reports made by hand, for the tests of all that is shown to people. Static: never to be released or changed. */
#ifndef SIM_EXAMPLES_H
#define SIM_EXAMPLES_H

#include "report.h"

/* Two locks taken in opposite orders (abba.c): one deadlock. */
extern const struct sim_report example_abba;
/* Two threads increment without a lock (counter.c): a race, then the lost update that it leads to. */
extern const struct sim_report example_counter;
/* A notify that comes before the wait (wakeup.c): a deadlock. */
extern const struct sim_report example_wakeup;
/* No findings. */
extern const struct sim_report example_proved;
extern const struct sim_report example_incomplete;

/* A made-up deadlock of `n_threads` threads, each of which holds one lock and waits for the next one's, after
 * `n_events` events (n_events - n_threads is even); for size and folding. To be released with report_release(). */
struct sim_report example_ring(size_t n_threads, size_t n_events);

#endif
