#include "machine_parts.h"

static bool machine_semaphore(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_semaphore *semaphore = &machine_memory.semaphores[s->semaphore];
	switch (s->kind) {
	case PROGRAM_SEM_ACQUIRE:
		sim_semaphore_acquire(semaphore);
		break;
	case PROGRAM_SEM_ACQUIRE_FOR:
		machine_set(thread, s, sim_semaphore_acquire_for(semaphore, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_SEM_TRY_ACQUIRE:
		machine_set(thread, s, sim_semaphore_try_acquire(semaphore));
		break;
	case PROGRAM_SEM_RELEASE:
		sim_semaphore_release(semaphore, s->n);
		break;
	case PROGRAM_SEM_VALUE:
		machine_set(thread, s, machine_call(thread, (struct sim_op){
			.kind = SIM_OP_SEM_VALUE, .argument = (uint64_t)semaphore->initial, .address = (uintptr_t)semaphore,
			.object = world_object(semaphore, SIM_OBJECT_SEMAPHORE)}));
		break;
	default:
		return false;
	}
	return true;
}

static bool machine_event(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_event_flag *event = &machine_memory.events[s->event];
	switch (s->kind) {
	case PROGRAM_EVENT_SET:
		sim_event_set(event);
		break;
	case PROGRAM_EVENT_CLEAR:
		sim_event_clear(event);
		break;
	case PROGRAM_EVENT_WAIT:
		sim_event_wait(event);
		break;
	case PROGRAM_EVENT_WAIT_FOR:
		machine_set(thread, s, sim_event_wait_for(event, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_EVENT_IS_SET:
		machine_set(thread, s, sim_event_is_set(event));
		break;
	default:
		return false;
	}
	return true;
}

static bool machine_write(const struct machine_thread *thread, struct sim_op op)
{
	op.kind = SIM_OP_CLAIM;
	if (machine_writers_claim() && machine_call(thread, op) != SIM_RESULT_OK)
		return false;
	op.kind = SIM_OP_WRITE_LOCK;
	return machine_call(thread, op) == SIM_RESULT_OK;
}

/* Locks whose readers pass, as src/posix makes them; what is not held may be released. */
static bool machine_passed_rwlock(struct machine_thread *thread, const struct program_statement *s)
{
	const struct sim_rwlock *lock = &machine_memory.rwlocks[s->rwlock];
	struct sim_op op = {.object = world_object(lock, SIM_OBJECT_RWLOCK), .address = (uintptr_t)lock,
	                    .second = world_object((const char *)lock + 1, SIM_OBJECT_READERS), .argument = SIM_READERS_PASS,
	                    .timed = s->kind == PROGRAM_READ_LOCK_FOR || s->kind == PROGRAM_WRITE_LOCK_FOR,
	                    .deadline_ns = machine_deadline()};
	switch (s->kind) {
	case PROGRAM_READ_LOCK:
	case PROGRAM_READ_LOCK_FOR:
	case PROGRAM_TRY_READ_LOCK:
		op.kind = s->kind == PROGRAM_TRY_READ_LOCK ? SIM_OP_TRY_READ_LOCK : SIM_OP_READ_LOCK;
		op.argument |= SIM_READS_AGAIN;
		machine_set(thread, s, machine_call(thread, op) == SIM_RESULT_OK);
		break;
	case PROGRAM_WRITE_LOCK:
	case PROGRAM_WRITE_LOCK_FOR:
		machine_set(thread, s, machine_write(thread, op));
		break;
	case PROGRAM_TRY_WRITE_LOCK:
		op.kind = SIM_OP_TRY_WRITE_LOCK;
		machine_set(thread, s, machine_call(thread, op) == SIM_RESULT_OK);
		break;
	case PROGRAM_RW_UNLOCK:
		op.kind = SIM_OP_RW_UNLOCK;
		machine_call(thread, op);
		break;
	default:
		return false;
	}
	return true;
}

static bool machine_rwlock(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_rwlock *lock = &machine_memory.rwlocks[s->rwlock];
	if (s->rwlock >= PROGRAM_RWLOCKS_KEPT)
		return machine_passed_rwlock(thread, s);
	switch (s->kind) {
	case PROGRAM_READ_LOCK:
		sim_rwlock_read_acquire(lock);
		break;
	case PROGRAM_READ_LOCK_FOR:
		machine_set(thread, s, sim_rwlock_read_acquire_for(lock, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_TRY_READ_LOCK:
		machine_set(thread, s, sim_rwlock_try_read_acquire(lock));
		break;
	case PROGRAM_WRITE_LOCK:
		sim_rwlock_write_acquire(lock);
		break;
	case PROGRAM_WRITE_LOCK_FOR:
		machine_set(thread, s, sim_rwlock_write_acquire_for(lock, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_TRY_WRITE_LOCK:
		machine_set(thread, s, sim_rwlock_try_write_acquire(lock));
		break;
	case PROGRAM_RW_UNLOCK:
		sim_rwlock_release(lock);
		break;
	default:
		return false;
	}
	return true;
}

/* A wait that succeeds comes to its index plus one, any other to 0. */
static void machine_meet(struct machine_thread *thread, const struct program_statement *s, int64_t timeout_ns)
{
	int index;
	sim_barrier_wait_for(&machine_memory.barriers[s->barrier], timeout_ns, &index);
	machine_set(thread, s, (uint64_t)(index + 1));
}

static bool machine_barrier(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_barrier *barrier = &machine_memory.barriers[s->barrier];
	switch (s->kind) {
	case PROGRAM_BARRIER_WAIT:
		machine_meet(thread, s, SIM_FOREVER);
		break;
	case PROGRAM_BARRIER_WAIT_FOR:
		machine_meet(thread, s, machine_patience());
		break;
	case PROGRAM_BARRIER_ABORT:
		sim_barrier_abort(barrier);
		break;
	case PROGRAM_BARRIER_RESET:
		sim_barrier_reset(barrier);
		break;
	case PROGRAM_BARRIER_N_WAITING:
		machine_set(thread, s, (uint64_t)sim_barrier_n_waiting(barrier));
		break;
	case PROGRAM_BARRIER_BROKEN:
		machine_set(thread, s, sim_barrier_broken(barrier));
		break;
	default:
		return false;
	}
	return true;
}

static void machine_put(struct machine_thread *thread, const struct program_statement *s, int64_t timeout_ns)
{
	uint64_t item = machine_value(thread, s->value);
	enum sim_status status = sim_queue_put_priority_for(&machine_memory.queues[s->queue], (void *)(uintptr_t)item,
	                                                    (int64_t)item, timeout_ns);
	machine_set(thread, s, status == SIM_OK);
}

/* Comes to the item, or 100 without one. */
static void machine_get(struct machine_thread *thread, const struct program_statement *s, int64_t timeout_ns)
{
	void *item = (void *)100;
	sim_queue_get_for(&machine_memory.queues[s->queue], &item, timeout_ns);
	machine_set(thread, s, (uint64_t)(uintptr_t)item);
}

static bool machine_queue_end(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_queue *queue = &machine_memory.queues[s->queue];
	switch (s->kind) {
	case PROGRAM_QUEUE_SIZE:
		machine_set(thread, s, (uint64_t)sim_queue_size(queue));
		break;
	case PROGRAM_TASK_DONE:
		sim_queue_task_done(queue);
		break;
	case PROGRAM_QUEUE_JOIN:
		sim_queue_join(queue);
		break;
	case PROGRAM_QUEUE_JOIN_FOR:
		machine_set(thread, s, sim_queue_join_for(queue, machine_patience()) == SIM_OK);
		break;
	default:
		return false;
	}
	return true;
}

static bool machine_queue(struct machine_thread *thread, const struct program_statement *s)
{
	const int64_t timeouts[] = {
		[PROGRAM_PUT] = SIM_FOREVER, [PROGRAM_PUT_FOR] = machine_patience(), [PROGRAM_TRY_PUT] = 0,
		[PROGRAM_GET] = SIM_FOREVER, [PROGRAM_GET_FOR] = machine_patience(), [PROGRAM_TRY_GET] = 0};
	switch (s->kind) {
	case PROGRAM_PUT:
	case PROGRAM_PUT_FOR:
	case PROGRAM_TRY_PUT:
		machine_put(thread, s, timeouts[s->kind]);
		return true;
	case PROGRAM_GET:
	case PROGRAM_GET_FOR:
	case PROGRAM_TRY_GET:
		machine_get(thread, s, timeouts[s->kind]);
		return true;
	default:
		return machine_queue_end(thread, s);
	}
}

/* What actions, and what is done once, do: nothing that orders anything. */
static void machine_count(void *unused)
{
	static const struct program_statement add = {.at = PROGRAM_COUNTER, .size = 4, .order = SIM_RELAXED, .value = 1};
	struct machine_thread nobody = {.number = 0};
	(void)unused;
	machine_atomic(&nobody, &add, SIM_OP_ATOMIC_RMW, SIM_RMW_ADD);
}

static void machine_abort(void *barrier)
{
	sim_barrier_abort(barrier);
}

static void machine_count_once(void *unused)
{
	machine_count(unused);
	sim_once_call(&machine_memory.onces[0], machine_count, NULL);
}

void machine_make_primitives(void)
{
	static const struct {
		enum sim_queue_order order;
		int maxsize;
	} queues[PROGRAM_QUEUES] = {
		{SIM_QUEUE_FIFO, 0}, {SIM_QUEUE_FIFO, 1},     {SIM_QUEUE_FIFO, 2},     {SIM_QUEUE_LIFO, 0},
		{SIM_QUEUE_LIFO, 2}, {SIM_QUEUE_PRIORITY, 0}, {SIM_QUEUE_PRIORITY, 1},
	};
	for (int i = 0; i < PROGRAM_SEMAPHORES; i++)
		sim_semaphore_init(&machine_memory.semaphores[i], NULL, i % 3 + i / 3);
	machine_memory.semaphores[PROGRAM_SEMAPHORES - 1].bounded = true;
	for (int i = 0; i < PROGRAM_QUEUES; i++)
		sim_queue_init(&machine_memory.queues[i], NULL, queues[i].order, queues[i].maxsize);
	sim_barrier_init(&machine_memory.barriers[0], NULL, 2, NULL, NULL);
	sim_barrier_init(&machine_memory.barriers[1], NULL, 3, NULL, NULL);
	sim_barrier_init(&machine_memory.barriers[2], NULL, 2, machine_count, NULL);
	sim_barrier_init(&machine_memory.barriers[3], NULL, 2, machine_abort, &machine_memory.barriers[3]);
}

bool machine_use_primitive(struct machine_thread *thread, const struct program_statement *s)
{
	if (s->kind == PROGRAM_ONCE) {
		sim_once_call(&machine_memory.onces[s->once], s->once ? machine_count_once : machine_count, NULL);
		return true;
	}
	return machine_semaphore(thread, s) || machine_event(thread, s) || machine_rwlock(thread, s) || machine_barrier(thread, s) ||
	       machine_queue(thread, s);
}
