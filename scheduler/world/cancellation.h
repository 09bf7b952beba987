/*
 * Cancellation points: where a thread that was cancelled ends. All functions: [thread].
 *
 * A point is a look at whether the thread was cancelled, and then what it is about to do: if it waits, a request may come
 * meanwhile. Programs that cancel no thread do not look.
 */
#ifndef SIM_CANCELLATION_H
#define SIM_CANCELLATION_H

#include <stdbool.h>

#include "op.h"

/* Whether the calling thread may be cancelled now: it has not forbidden that. */
bool cancellation_is_possible(void);

/* Ends the calling thread if it was cancelled. */
void cancellation_point(void);

/* The same, and again while it waits in the operation, one of those that are `cancellable`. Returns its result. */
struct sim_wide cancellation_call(struct sim_op *op);

/* A function that is a cancellation point begins, and has come to its end. In between, cancellation_wait() executes the
 * operations that wait, if they do: elsewhere they cannot be cut short. */
void cancellation_begin(void);
void cancellation_end(void);
struct sim_wide cancellation_wait(struct sim_op *op);

/* Ends the calling thread, which was cancelled. */
_Noreturn void cancellation_act(void);

#endif
