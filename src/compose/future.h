/* What the executor does with futures. */
#ifndef SIM_COMPOSE_FUTURE_H
#define SIM_COMPOSE_FUTURE_H

#include <simcheck/future.h>

/* Makes `future` one of a task that nobody has taken up. */
void future_begin(struct sim_future *future, sim_task *task, void *argument);

/* Runs the task on the calling thread, unless it was cancelled. */
void future_run(struct sim_future *future);

#endif
