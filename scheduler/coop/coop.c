/*
 * The cooperative backend: each public primitive becomes an announcement to the world. What the operations mean is in
 * src/model; here they only get their objects, and their results become statuses.
 */
#include "coop.h"

#include <stddef.h>

#include "world.h"
#include "invariant.h"

uint32_t coop_object(const void *address, uint64_t *known, enum sim_object_kind kind)
{
	if (*known)
		return (uint32_t)*known - 1;
	uint32_t index = object_make_new(&world_running->execution.objects, (uintptr_t)address, kind, SIM_OBJECT_HAS_NAME);
	undo_save(&world_running->execution.undo, known, sizeof *known);
	*known = (uint64_t)index + 1;
	return index;
}

static uint32_t coop_lock(struct sim_lock *lock)
{
	return coop_object(lock, &lock->opaque[0], SIM_OBJECT_LOCK);
}

static uint32_t coop_condition(struct sim_condition *condition)
{
	return coop_object(condition, &condition->opaque[0], SIM_OBJECT_CONDITION);
}

void coop_misuse(const char *cause, const char *what)
{
	world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = cause, .text = what, .site = world_site()});
}

void coop_set_timeout(struct sim_op *op, int64_t timeout_ns)
{
	if (timeout_ns == SIM_FOREVER)
		return;
	op->timed = true;
	/* The program does not see this reading of the clock. */
	int64_t now_ns = execution_now(&world_running->execution, world_self());
	if (__builtin_add_overflow(now_ns, timeout_ns, &op->deadline_ns))
		op->deadline_ns = INT64_MAX;
}

/* ---- lock ------------------------------------------------------------------------------------------------------- */

static enum sim_status coop_lock_acquire(struct sim_lock *lock, int64_t timeout_ns)
{
	struct sim_op op = {.kind = timeout_ns ? SIM_OP_LOCK : SIM_OP_TRY_LOCK,
	                    .object = coop_lock(lock), .address = (uintptr_t)lock};
	if (timeout_ns)
		coop_set_timeout(&op, timeout_ns);
	if (world_call(&op).low == SIM_RESULT_OK)
		return SIM_OK;
	return timeout_ns ? SIM_TIMEOUT : SIM_BUSY;
}

static enum sim_status coop_lock_release(struct sim_lock *lock)
{
	struct sim_op op = {.kind = SIM_OP_UNLOCK, .object = coop_lock(lock),
	                    .address = (uintptr_t)lock};
	if (world_call(&op).low != SIM_RESULT_OK)
		coop_misuse("release-unlocked", "a lock is released that nobody holds");
	return SIM_OK;
}

static bool coop_lock_locked(struct sim_lock *lock)
{
	struct sim_op op = {.kind = SIM_OP_IS_LOCKED, .object = coop_lock(lock),
	                    .address = (uintptr_t)lock};
	return world_call(&op).low;
}

/* Nobody else can change the answer. */
static bool coop_lock_is_mine(struct sim_lock *lock)
{
	return world_running->execution.objects.items[coop_lock(lock)].owner == world_self();
}

/* ---- condition -------------------------------------------------------------------------------------------------- */

static uint32_t coop_condition_lock(struct sim_condition *condition)
{
	return coop_lock(condition->lock ? condition->lock : &condition->own);
}

static enum sim_status coop_condition_wait(struct sim_condition *condition, int64_t timeout_ns)
{
	struct sim_op op = {.kind = SIM_OP_WAIT, .object = coop_condition(condition),
	                    .second = coop_condition_lock(condition), .address = (uintptr_t)condition};
	op.site = world_site();
	if (world_call(&op).low != SIM_RESULT_OK)
		coop_misuse("wait-without-lock", "a thread waits on a condition without holding its lock");
	op.kind = SIM_OP_WAKE;
	coop_set_timeout(&op, timeout_ns);
	return world_call(&op).low == SIM_RESULT_OK ? SIM_OK : SIM_TIMEOUT;
}

/* Naming the lock makes the notify check it (semantics.c). */
static enum sim_status coop_notify(struct sim_condition *condition, uint64_t n)
{
	struct sim_op op = {.kind = SIM_OP_NOTIFY, .object = coop_condition(condition),
	                    .second = coop_condition_lock(condition), .argument = n, .address = (uintptr_t)condition};
	if (world_call(&op).low == SIM_RESULT_REFUSED)
		coop_misuse("notify-without-lock", "a thread notifies a condition without holding its lock");
	return SIM_OK;
}

static enum sim_status coop_condition_notify(struct sim_condition *condition, int n)
{
	return coop_notify(condition, n < 0 ? 0 : (uint64_t)n);
}

static enum sim_status coop_condition_notify_all(struct sim_condition *condition)
{
	return coop_notify(condition, SIM_NOTIFY_ALL);
}

static void coop_invariant_add(struct sim_invariant *invariant)
{
	invariant_add(world_running, invariant->text, invariant->holds);
}

static int coop_choose_few(int n)
{
	if (n == 1)
		return 0;
	struct sim_op op = {.kind = SIM_OP_CHOOSE, .argument = (uint64_t)n};
	return (int)world_call(&op).low;
}

/* More outcomes than an operation can have: first the part of them, then the one in it. */
static int coop_choose(int n)
{
	enum { PART = UINT16_MAX };
	if (n <= PART)
		return coop_choose_few(n);
	int part = coop_choose_few((n - 1) / PART + 1), left = n - part * PART;
	return part * PART + coop_choose_few(left < PART ? left : PART);
}

const struct sim_backend coop_backend = {
	.name = "cooperative",
	.thread_start = coop_thread_start,
	.thread_join = coop_thread_join,
	.thread_is_alive = coop_thread_is_alive,
	.thread_current = coop_thread_current,
	.thread_yield = coop_thread_yield,
	.thread_ident = coop_thread_ident,
	.thread_renamed = coop_thread_renamed,
	.thread_enumerate = coop_thread_enumerate,
	.thread_failed = coop_thread_failed,
	.thread_exit = coop_thread_exit,
	.sleep = world_sleep,
	.now = world_now,
	.lock_acquire = coop_lock_acquire,
	.lock_release = coop_lock_release,
	.lock_locked = coop_lock_locked,
	.lock_is_mine = coop_lock_is_mine,
	.condition_wait = coop_condition_wait,
	.condition_notify = coop_condition_notify,
	.condition_notify_all = coop_condition_notify_all,
	.semaphore_acquire = coop_semaphore_acquire,
	.semaphore_release = coop_semaphore_release,
	.event_set = coop_event_set,
	.event_clear = coop_event_clear,
	.event_is_set = coop_event_is_set,
	.event_wait = coop_event_wait,
	.rwlock_read_acquire = coop_rwlock_read_acquire,
	.rwlock_write_acquire = coop_rwlock_write_acquire,
	.rwlock_release = coop_rwlock_release,
	.barrier_wait = coop_barrier_wait,
	.barrier_abort = coop_barrier_abort,
	.barrier_reset = coop_barrier_reset,
	.barrier_n_waiting = coop_barrier_n_waiting,
	.barrier_broken = coop_barrier_broken,
	.once_call = coop_once_call,
	.queue_put = coop_queue_put,
	.queue_get = coop_queue_get,
	.queue_size = coop_queue_size,
	.queue_task_done = coop_queue_task_done,
	.queue_join = coop_queue_join,
	.invariant_add = coop_invariant_add,
	.choose = coop_choose,
	.reads = coop_reads,
	.writes = coop_writes,
	.allocate = coop_allocate,
	.release = coop_release,
	.locals = coop_locals,
	.ident = coop_ident,
	.elapsed = coop_elapsed,
	.print = coop_print,
	.misuse = coop_misuse,
};
