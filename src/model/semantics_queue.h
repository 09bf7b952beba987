/*
 * The semantics of queues: what semantics.c dispatches to. Pure functions over the counts of a queue; which item goes
 * where is another matter (queue.h).
 *
 * To dependence a queue is three things, known by its key and the two after that:
 *
 *   key      its gets: which item the next one takes
 *   key + 1  its puts: which number the next one has
 *   key + 2  its tasks: how many are unfinished
 *
 * Puts and gets of a queue that takes the first do not concern each other, but that the get of an item comes after its
 * put, and in a bounded queue the put of a place after the get that made it free. Where one can end without success (a
 * full queue, an empty one) or where a get may take what was put last, order matters more: such operations use both.
 * The rule depends on the operation alone, not on what came of it: so an operation looks for the same things in all
 * states.
 */
#ifndef SIM_SEMANTICS_QUEUE_H
#define SIM_SEMANTICS_QUEUE_H

#include "semantics.h"

enum { SEMANTICS_QUEUE_GETS, SEMANTICS_QUEUE_PUTS, SEMANTICS_QUEUE_TASKS };

static inline bool semantics_queue_puts(const struct sim_op *op)
{
	return op->kind == SIM_OP_PUT || op->kind == SIM_OP_TRY_PUT;
}

static inline bool semantics_queue_gets(const struct sim_op *op)
{
	return op->kind == SIM_OP_GET || op->kind == SIM_OP_TRY_GET;
}

/* Whether a put, a get or a join of the queue can succeed now. */
bool semantics_queue_completes(const struct sim_op *op, const struct sim_objects *objects);

/* What the operation uses. */
struct sim_use semantics_queue_use(const struct sim_op *op, const struct sim_objects *objects);

/* Executes event->op, but for the item. */
void semantics_queue(struct sim_event *event, struct sim_objects *objects);

/* Whether `b` came after `a` because of what a queue holds: the get of an item after its put, the put of a place after the
 * get that made it free. */
bool semantics_queue_causes(const struct sim_event *a, const struct sim_event *b);

#endif
