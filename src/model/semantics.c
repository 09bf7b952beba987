/*
 * Semantics of the operations, DESIGN section 5. Each kind has a case in semantics_choices() and in semantics_apply();
 * the compiler names the kind that lacks one.
 *
 * Timeouts are treated in one place, semantics_choices(), for operations of all kinds: an operation that could not
 * complete may end by its timeout if it is `timed`. With the time semantics `any` that is so at any point; in virtual time
 * once the clock has reached its deadline. Its result says which of the two happened. A sleep can only end so.
 *
 * Cancellation is treated likewise: an operation that could not complete and is `cancellable` ends when its thread was
 * cancelled. Whether it was before is asked by an operation of its own (SIM_OP_IS_CANCELLED). These two events make up all
 * that POSIX allows: of a thread that waits, and could both go on and be cancelled, it is unspecified which happens; here it
 * goes on, and is cancelled where it is so late that it has not begun to wait. All events with such operations depend on
 * all requests to cancel their thread, whatever came of them.
 */
#include "semantics_primitives.h"
#include "semantics_queue.h"

/* Whether the thread has ended by itself: whoever joins it can go on. */
static bool semantics_has_ended(const struct sim_object *thread)
{
	return thread->state == SIM_THREAD_ENDED || thread->flags & SIM_THREAD_RETURNED;
}

static bool semantics_is_alive(const struct sim_object *thread)
{
	return thread->state == SIM_THREAD_ALIVE && !semantics_has_ended(thread);
}

/* Binomial coefficient n over k, saturating at the width of a choice. */
static unsigned semantics_combinations(unsigned n, unsigned k)
{
	uint64_t c = 1;
	for (unsigned i = 1; i <= k; i++) {
		c = c * (n - k + i) / i;
		if (c > UINT16_MAX)
			return UINT16_MAX;
	}
	return (unsigned)c;
}

static unsigned semantics_notify_choices(const struct sim_op *op, int thread, const struct sim_object *items)
{
	unsigned waiting = (unsigned)thread_set_count(&items[op->object].waiting);
	bool refused = op->second && items[op->second].owner != thread;
	if (op->argument >= waiting || refused)
		return 1;
	return semantics_combinations(waiting, (unsigned)op->argument);
}

/* Whether the thread, which waited, was notified or has left the queue: then it takes its lock again. */
static bool semantics_is_awake(const struct sim_object *thread)
{
	return thread->flags & (SIM_THREAD_WOKEN | SIM_THREAD_TIMED_OUT);
}

static unsigned semantics_exit_choices(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	if (!op->argument)
		return 1;
	for (uint32_t t = 0; t < objects->n_threads; t++) {
		const struct sim_object *other = &objects->items[t];
		if ((int)t != thread && other->state == SIM_THREAD_ALIVE && other->flags & SIM_THREAD_DETAINS)
			return 0;
	}
	return 1;
}

/* The ways in which the operation can complete: by anything but a timeout. */
static unsigned semantics_completions(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	const struct sim_object *items = objects->items;
	switch ((enum sim_op_kind)op->kind) {
	case SIM_OP_NONE:
		return 0;
	case SIM_OP_JOIN:
		return semantics_has_ended(&items[op->object]);
	case SIM_OP_LOCK:
		return items[op->object].owner == SIM_NOBODY;
	case SIM_OP_SEM_ACQUIRE:
		return semantics_semaphore_may_acquire(op, objects);
	case SIM_OP_EVENT_WAIT:
		return items[op->object].state;
	case SIM_OP_WAKE:
		return semantics_is_awake(&items[thread]) && items[op->second].owner == SIM_NOBODY;
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_CLAIM:
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
		return semantics_rwlock_choices(op, thread, objects);
	case SIM_OP_ARRIVE:
	case SIM_OP_LEAVE:
		return semantics_barrier_choices(op, thread, objects);
	case SIM_OP_BEGIN_ONCE:
		return semantics_once_choices(op, objects);
	case SIM_OP_SLEEP:
		return 0;
	case SIM_OP_PUT:
	case SIM_OP_GET:
	case SIM_OP_QUEUE_JOIN:
		return semantics_queue_completes(op, objects);
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
	case SIM_OP_PIPE_HOLD:
		return op->rmw || semantics_pipe_completes(op, objects);
	case SIM_OP_COUNTER_TAKE:
	case SIM_OP_COUNTER_ADD:
		return op->rmw || semantics_counter_completes(op, objects);
	case SIM_OP_NOTIFY:
		return semantics_notify_choices(op, thread, items);
	case SIM_OP_CHOOSE:
		return (unsigned)op->argument;
	case SIM_OP_EXIT:
		return semantics_exit_choices(op, thread, objects);
	case SIM_OP_START:
	case SIM_OP_IS_ALIVE:
	case SIM_OP_ENUMERATE:
	case SIM_OP_CANCEL:
	case SIM_OP_IS_CANCELLED:
	case SIM_OP_TRY_LOCK:
	case SIM_OP_UNLOCK:
	case SIM_OP_IS_LOCKED:
	case SIM_OP_WAIT:
	case SIM_OP_SEM_TRY_ACQUIRE:
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
	case SIM_OP_SEM_VALUE:
	case SIM_OP_NAME:
	case SIM_OP_EVENT_SET:
	case SIM_OP_EVENT_CLEAR:
	case SIM_OP_EVENT_IS_SET:
	case SIM_OP_RW_UNLOCK:
	case SIM_OP_OPEN:
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
	case SIM_OP_ASK_BARRIER:
	case SIM_OP_END_ONCE:
	case SIM_OP_TRY_PUT:
	case SIM_OP_TRY_GET:
	case SIM_OP_QUEUE_SIZE:
	case SIM_OP_TASK_DONE:
	case SIM_OP_CALL:
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_ATOMIC_STORE:
	case SIM_OP_ATOMIC_RMW:
	case SIM_OP_ATOMIC_CAS:
	case SIM_OP_READ:
	case SIM_OP_WRITE:
	case SIM_OP_BEGIN_BLOCK:
		return 1;
	case SIM_OP_N_KINDS:
		break;
	}
	__builtin_unreachable();
}

/* Whether the operation, if it cannot complete, ends because its thread was cancelled. */
static bool semantics_is_cut_short(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	return op->cancellable && objects->items[thread].flags & SIM_THREAD_CANCELLED;
}

/* Whether the operation, if it cannot complete, may end by a timeout, or what is like one, sooner or later. */
static bool semantics_may_time_out(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	if (op->kind == SIM_OP_WAKE && semantics_is_awake(&objects->items[thread]))
		return false; /* there is only the lock to wait for */
	if (op->kind == SIM_OP_LEAVE && objects->items[op->object].owner != SIM_NOBODY)
		return false; /* all have arrived */
	if (op->kind >= SIM_OP_READ_LOCK && op->kind <= SIM_OP_TRY_WRITE_LOCK)
		return semantics_rwlock_may_time_out(op, thread, objects);
	return op->timed || op->kind == SIM_OP_SLEEP || semantics_is_cut_short(op, thread, objects);
}

static bool semantics_is_due(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	return !objects->virtual_time || op->deadline_ns <= objects->now_ns || semantics_is_cut_short(op, thread, objects);
}

unsigned semantics_choices(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	unsigned ways = semantics_completions(op, thread, objects);
	return ways ? ways : semantics_may_time_out(op, thread, objects) && semantics_is_due(op, thread, objects);
}

bool semantics_times_out(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	return semantics_may_time_out(op, thread, objects) && !semantics_completions(op, thread, objects);
}

bool semantics_awaits_clock(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	return !semantics_is_due(op, thread, objects) && semantics_times_out(op, thread, objects);
}

/* lock, trylock, timed lock: one rule, told apart by what `choices` lets through. */
static void semantics_lock(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	struct sim_object *lock = &objects->items[event->op.object];
	semantics_use(event, 0, lock, SIM_MODE_WRITE);
	if (lock->owner != SIM_NOBODY) {
		event->result.low = event->op.kind == SIM_OP_TRY_LOCK ? SIM_RESULT_BUSY : SIM_RESULT_TIMEOUT;
		return;
	}
	semantics_own(object_touch(objects, event->op.object), event, position);
}

static void semantics_unlock(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *lock = object_touch(objects, event->op.object);
	semantics_use(event, 0, lock, SIM_MODE_WRITE);
	event->result.low = lock->owner == SIM_NOBODY ? SIM_RESULT_BUSY : SIM_RESULT_OK;
	lock->owner = SIM_NOBODY;
}

static void semantics_wait(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *condition = object_touch(objects, event->op.object);
	struct sim_object *lock = object_touch(objects, event->op.second);
	semantics_use(event, 0, condition, SIM_MODE_READ); /* the queue is a set: joining it commutes with joining it */
	semantics_use(event, 1, lock, SIM_MODE_WRITE);
	if (lock->owner != event->thread) {
		event->result.low = SIM_RESULT_BUSY;
		return;
	}
	thread_set_add(&condition->waiting, event->thread);
	lock->owner = SIM_NOBODY;
}

/* The second half of a wait: leave the queue by a timeout, or take the lock again after a wake or a timeout. */
static void semantics_wake(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	struct sim_object *self = object_touch(objects, event->thread);
	if (!semantics_is_awake(self)) {
		struct sim_object *condition = object_touch(objects, event->op.object);
		semantics_use(event, 0, condition, SIM_MODE_READ); /* and so does leaving it */
		thread_set_remove(&condition->waiting, event->thread);
		self->flags |= SIM_THREAD_TIMED_OUT;
		if (semantics_is_cut_short(&event->op, event->thread, objects))
			self->flags |= SIM_THREAD_INTERRUPTED;
		event->interrupted = self->flags & SIM_THREAD_INTERRUPTED;
		event->result.low = SIM_RESULT_TIMEOUT;
		event->again = true;
		return;
	}
	struct sim_object *lock = object_touch(objects, event->op.second);
	semantics_use(event, 0, lock, SIM_MODE_WRITE);
	event->special = true;
	if (self->flags & SIM_THREAD_WOKEN)
		thread_set_add(&event->wakes, event->thread);
	event->result.low = self->flags & SIM_THREAD_WOKEN         ? SIM_RESULT_OK
	                    : self->flags & SIM_THREAD_INTERRUPTED ? SIM_RESULT_CANCELLED
	                                                           : SIM_RESULT_TIMEOUT;
	self->flags &= (uint8_t)~(SIM_THREAD_WOKEN | SIM_THREAD_TIMED_OUT | SIM_THREAD_INTERRUPTED);
	semantics_own(lock, event, position);
}

/* The choice-th set of `n` of the waiting threads, in the lexicographic order of their slots. */
static struct sim_thread_set semantics_subset(const struct sim_thread_set *waiting, unsigned n, unsigned choice)
{
	struct sim_thread_set chosen = {0};
	unsigned left = (unsigned)thread_set_count(waiting);
	for (int i = 0; n > 0; i++, left--) {
		unsigned with = semantics_combinations(left - 1, n - 1);
		if (choice < with) {
			thread_set_add(&chosen, thread_set_nth(waiting, i));
			n--;
		} else {
			choice -= with;
		}
	}
	return chosen;
}

/* Whether a notify that names a lock may be made. Others may release the lock meanwhile: the answer depends on them. */
static bool semantics_may_notify(struct sim_event *event, const struct sim_objects *objects)
{
	if (!event->op.second)
		return true;
	semantics_use(event, 1, &objects->items[event->op.second], SIM_MODE_READ);
	return objects->items[event->op.second].owner == event->thread;
}

static void semantics_notify(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *condition = object_touch(objects, event->op.object);
	unsigned waiting = (unsigned)thread_set_count(&condition->waiting);
	semantics_use(event, 0, condition, SIM_MODE_WRITE);
	if (!semantics_may_notify(event, objects)) {
		event->result.low = SIM_RESULT_REFUSED;
		return;
	}
	event->wakes = event->op.argument >= waiting
	                       ? condition->waiting
	                       : semantics_subset(&condition->waiting, (unsigned)event->op.argument, event->choice);
	event->special = true;
	event->result.low = (uint64_t)thread_set_count(&event->wakes);
	for (int word = 0; word < SIM_MAX_THREADS / 64; word++)
		condition->waiting.bits[word] &= ~event->wakes.bits[word];
	for (unsigned i = 0; i < event->result.low; i++)
		object_touch(objects, (uint32_t)thread_set_nth(&event->wakes, (int)i))->flags |= SIM_THREAD_WOKEN;
}

static void semantics_watch_end(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_object *thread = &objects->items[event->op.object];
	event->watches_end = event->special = true;
	event->target = (uint16_t)event->op.object;
	if (event->op.kind == SIM_OP_JOIN)
		event->result.low = semantics_has_ended(thread) ? SIM_RESULT_OK : SIM_RESULT_TIMEOUT;
	else
		event->result.low = semantics_is_alive(thread);
}

/* The result is a set of slots. */
static void semantics_enumerate(struct sim_event *event, const struct sim_objects *objects)
{
	struct sim_thread_set alive = {0};
	for (uint32_t t = 0; t < objects->n_threads; t++)
		if (semantics_is_alive(&objects->items[t]))
			thread_set_add(&alive, (int)t);
	event->watches_all = event->special = true;
	event->result = (struct sim_wide){.low = alive.bits[0], .high = alive.bits[1]};
}

static void semantics_start(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *child = object_touch(objects, event->op.object);
	child->state = SIM_THREAD_ALIVE;
	child->flags &= SIM_THREAD_CANCELLED; /* who knows the handle can have asked it to end already */
	child->flags |= event->op.argument ? SIM_THREAD_DETAINS : 0;
	event->starts = event->special = true;
	if (event->op.address) /* the handle, where others see that the thread was started */
		event->uses[0] = (struct sim_use){.key = event->op.address, .size = 1, .mode = SIM_MODE_WRITE};
	event->started = (uint16_t)event->op.object;
}

static void semantics_call(struct sim_event *event, const struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	if (op->order)
		semantics_use(event, 0, &objects->items[op->object], op->order);
	if (op->fail_order) {
		event->special = true;
		event->uses[1] = semantics_call_range(op);
	}
}

static void semantics_cancel(struct sim_event *event, struct sim_objects *objects)
{
	object_touch(objects, event->op.object)->flags |= SIM_THREAD_CANCELLED;
	event->special = true;
}

static void semantics_is_cancelled(struct sim_event *event, const struct sim_objects *objects)
{
	event->result.low = (objects->items[event->thread].flags & SIM_THREAD_CANCELLED) != 0;
	event->special = true;
}

/* The operation was executed: by a cancellation, if it did not complete. A wake has seen to that itself. */
static void semantics_note_cancellation(struct sim_event *event, const struct sim_objects *objects)
{
	bool failed = event->result.low == SIM_RESULT_TIMEOUT || event->result.low == SIM_RESULT_BUSY;
	event->special = true;
	if (event->op.kind != SIM_OP_WAKE && failed && semantics_is_cut_short(&event->op, event->thread, objects))
		event->result.low = SIM_RESULT_CANCELLED;
}

static void semantics_memory_use(struct sim_event *event, enum sim_mode mode)
{
	event->uses[0] = (struct sim_use){
		.key = event->op.address, .size = (uint32_t)op_width(&event->op), .mode = (uint8_t)mode};
}

void semantics_apply(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	switch ((enum sim_op_kind)op->kind) {
	case SIM_OP_START:
		semantics_start(event, objects);
		break;
	case SIM_OP_JOIN:
	case SIM_OP_IS_ALIVE:
		semantics_watch_end(event, objects);
		break;
	case SIM_OP_ENUMERATE:
		semantics_enumerate(event, objects);
		break;
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK:
		semantics_lock(event, position, objects);
		break;
	case SIM_OP_UNLOCK:
		semantics_unlock(event, objects);
		break;
	case SIM_OP_IS_LOCKED:
		semantics_use(event, 0, &objects->items[op->object], SIM_MODE_READ);
		event->result.low = objects->items[op->object].owner != SIM_NOBODY;
		break;
	case SIM_OP_WAIT:
		semantics_wait(event, objects);
		break;
	case SIM_OP_WAKE:
		semantics_wake(event, position, objects);
		break;
	case SIM_OP_NOTIFY:
		semantics_notify(event, objects);
		break;
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_SEM_TRY_ACQUIRE:
		semantics_semaphore_acquire(event, objects);
		break;
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
		semantics_semaphore_release(event, objects);
		break;
	case SIM_OP_SEM_VALUE:
		semantics_semaphore_ask(event, objects);
		break;
	case SIM_OP_NAME:
		semantics_use(event, 0, &objects->items[op->object], SIM_MODE_WRITE);
		break;
	case SIM_OP_EVENT_SET:
	case SIM_OP_EVENT_CLEAR:
		semantics_event_change(event, objects);
		break;
	case SIM_OP_EVENT_WAIT:
	case SIM_OP_EVENT_IS_SET:
		semantics_event_read(event, objects);
		break;
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
		semantics_rwlock_read(event, objects);
		break;
	case SIM_OP_CLAIM:
	case SIM_OP_TRY_WRITE_LOCK:
		semantics_rwlock_claim(event, position, objects);
		break;
	case SIM_OP_WRITE_LOCK:
		semantics_rwlock_write(event, position, objects);
		break;
	case SIM_OP_RW_UNLOCK:
		semantics_rwlock_release(event, objects);
		break;
	case SIM_OP_ARRIVE:
		semantics_barrier_arrive(event, position, objects);
		break;
	case SIM_OP_LEAVE:
		semantics_barrier_leave(event, objects);
		break;
	case SIM_OP_OPEN:
		semantics_barrier_open(event, objects);
		break;
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
		semantics_barrier_break(event, objects);
		break;
	case SIM_OP_ASK_BARRIER:
		semantics_barrier_ask(event, objects);
		break;
	case SIM_OP_BEGIN_ONCE:
		semantics_once_begin(event, position, objects);
		break;
	case SIM_OP_END_ONCE:
		semantics_once_end(event, objects);
		break;
	case SIM_OP_PUT:
	case SIM_OP_TRY_PUT:
	case SIM_OP_GET:
	case SIM_OP_TRY_GET:
	case SIM_OP_QUEUE_SIZE:
	case SIM_OP_TASK_DONE:
	case SIM_OP_QUEUE_JOIN:
		semantics_queue(event, objects);
		break;
	case SIM_OP_CALL:
		semantics_call(event, objects);
		break;
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
	case SIM_OP_PIPE_HOLD:
		semantics_pipe(event, objects);
		break;
	case SIM_OP_COUNTER_TAKE:
	case SIM_OP_COUNTER_ADD:
		semantics_counter(event, objects);
		break;
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_READ:
		semantics_memory_use(event, SIM_MODE_READ);
		break;
	case SIM_OP_ATOMIC_STORE:
	case SIM_OP_ATOMIC_RMW:
	case SIM_OP_ATOMIC_CAS:
	case SIM_OP_WRITE:
		semantics_memory_use(event, SIM_MODE_WRITE);
		break;
	case SIM_OP_CHOOSE:
		event->result.low = event->choice;
		break;
	case SIM_OP_BEGIN_BLOCK:
		undo_save(objects->undo, &objects->in_block, sizeof objects->in_block);
		objects->in_block = (int16_t)event->thread;
		break;
	case SIM_OP_EXIT:
		object_touch(objects, 0)->flags |= SIM_THREAD_EXITED;
		event->final = event->special = true;
		break;
	case SIM_OP_SLEEP:
		event->result.low = semantics_is_cut_short(op, event->thread, objects) ? SIM_RESULT_CANCELLED : SIM_RESULT_OK;
		break;
	case SIM_OP_CANCEL:
		semantics_cancel(event, objects);
		break;
	case SIM_OP_IS_CANCELLED:
		semantics_is_cancelled(event, objects);
		break;
	case SIM_OP_NONE:
	case SIM_OP_N_KINDS:
		__builtin_unreachable();
	}
	if (op->cancellable)
		semantics_note_cancellation(event, objects);
	event->special |= op->in_block;
}

bool semantics_may_block(const struct sim_op *op)
{
	switch (op->kind) {
	case SIM_OP_START:
	case SIM_OP_JOIN:
	case SIM_OP_IS_ALIVE:
	case SIM_OP_ENUMERATE:
	case SIM_OP_WAIT:
	case SIM_OP_ARRIVE:
	case SIM_OP_EXIT:
		return false;
	default:
		return true;
	}
}

void semantics_end_block(struct sim_objects *objects)
{
	undo_save(objects->undo, &objects->in_block, sizeof objects->in_block);
	objects->in_block = SIM_NOBODY;
}

void semantics_end(int slot, bool failed, struct sim_objects *objects)
{
	object_touch(objects, (uint32_t)slot)->state = failed ? SIM_THREAD_FAILED : SIM_THREAD_ENDED;
}

/* Whether `a` made the thread of `b` exist, or its end known, or woke it: edges that hold in this order only. */
static bool semantics_causes(const struct sim_event *a, const struct sim_event *b)
{
	if (a->starts && a->started == b->thread)
		return true;
	return (b->op.kind == SIM_OP_WAKE || b->op.kind == SIM_OP_LEAVE) && thread_set_has(&a->wakes, b->thread) &&
	       thread_set_has(&b->wakes, b->thread);
}

/* Whether `a` asks for the end of the thread of `b`, or of the thread that `b` starts. A join that succeeded depends on the
 * last event only. Any other answer - still alive, a timeout - would become another if the thread took its last step
 * before; which step is its last is not known beforehand, so that all of them count. An enumeration asks so for all. */
static bool semantics_watches(const struct sim_event *a, const struct sim_event *b)
{
	if (a->watches_all)
		return true;
	if (!a->watches_end)
		return false;
	if (a->target == b->thread)
		return b->ends || a->op.kind == SIM_OP_IS_ALIVE || a->op.timed || a->op.cancellable;
	return b->starts && a->target == b->started;
}

/* Whether one comes to a condition, and the other comes to it or leaves it, with another lock. pthreads leave undefined what
 * becomes of two who wait so at a time: whether they do is seen by the second, and depends on the order. */
static bool semantics_waits_apart(const struct sim_event *a, const struct sim_event *b)
{
	return a->op.kind == SIM_OP_WAIT && (b->op.kind == SIM_OP_WAIT || (b->op.kind == SIM_OP_WAKE && b->again)) &&
	       a->op.object == b->op.object && a->op.second != b->op.second;
}

bool semantics_cancels(const struct sim_op *a, const struct sim_op *b, int thread)
{
	return a->kind == SIM_OP_CANCEL && (b->cancellable || b->kind == SIM_OP_IS_CANCELLED) && (int)a->object == thread;
}

bool semantics_dependent_specially(const struct sim_event *a, const struct sim_event *b)
{
	if (a->final || b->final)
		return true;
	if ((a->op.in_block && semantics_meets_block(b)) || (b->op.in_block && semantics_meets_block(a)))
		return true;
	if ((a->uses[1].mode || b->uses[1].mode) &&
	    (use_conflict(&a->uses[0], &b->uses[1]) || use_conflict(&a->uses[1], &b->uses[0]) ||
	     use_conflict(&a->uses[1], &b->uses[1])))
		return true;
	if (semantics_cancels(&a->op, &b->op, b->thread) || semantics_cancels(&b->op, &a->op, a->thread))
		return true;
	return semantics_causes(a, b) || semantics_queue_causes(a, b) || semantics_watches(a, b) || semantics_watches(b, a) ||
	       semantics_waits_apart(a, b) || semantics_waits_apart(b, a);
}
