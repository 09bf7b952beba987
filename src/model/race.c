#include "race.h"

#include <stdio.h>
#include <stdlib.h>

#include "queue.h"
#include "reserve.h"

enum { RACE_INLINE = 2, RACE_CHUNK = 5 };

/* Records that do not fit in a cell. Lifetime: one execution (pool index undone). */
struct race_chunk {
	uint32_t next; /* index + 1; 0: none */
	struct race_record records[RACE_CHUNK];
};

static const size_t race_pool_size = (size_t)1 << 34;

int race_init(struct race *race, struct sim_objects *objects, struct undo *undo)
{
	race->undo = undo;
	race->objects = objects;
	race->release = reserve(objects->capacity * sizeof *race->release);
	race->pool = reserve(race_pool_size);
	return race->release && race->pool ? 0 : -1;
}

void race_release(struct race *race)
{
	reserve_release(race->release, race->objects->capacity * sizeof *race->release);
	reserve_release(race->pool, race_pool_size);
	free(race->promoted);
	for (int i = 0; i < race->n_regions; i++)
		reserve_release(race->regions[i].cells, (race->regions[i].size / 8 + 1) * sizeof(struct race_cell));
}

int race_watch(struct race *race, uintptr_t low, size_t size)
{
	if (race->n_regions == RACE_MAX_REGIONS)
		abort();
	uintptr_t start = low & ~(uintptr_t)7;
	size = (size + (low - start) + 7) & ~(size_t)7;
	struct race_cell *cells = reserve((size / 8 + 1) * sizeof *cells);
	if (!cells)
		return -1;
	race->regions[race->n_regions++] = (struct race_region){start, size, cells};
	return 0;
}

/* ---- clocks ---------------------------------------------------------------------------------------------------- */

static struct vclock *race_touch(struct race *race, struct vclock *clock)
{
	size_t thread = ((uintptr_t)clock - (uintptr_t)race->clock) / sizeof *clock;
	if (race->step && thread < SIM_MAX_THREADS) {
		if (race->saved[thread] == race->step)
			return clock;
		race->saved[thread] = race->step;
	}
	undo_save(race->undo, clock, vclock_size(race->objects->n_threads));
	return clock;
}

static void race_join(struct race *race, struct vclock *to, const struct vclock *from)
{
	vclock_join(race_touch(race, to), from, race->objects->n_threads);
}

static void race_copy(struct race *race, struct vclock *to, const struct vclock *from)
{
	vclock_copy(race_touch(race, to), from, race->objects->n_threads);
}

void race_begin(struct race *race)
{
	race_touch(race, &race->clock[0])->at[0] = 1;
}

static bool race_acquires(enum sim_order order)
{
	return order == SIM_ACQUIRE || order == SIM_CONSUME || order == SIM_ACQ_REL || order == SIM_SEQ_CST;
}

static bool race_releases(enum sim_order order)
{
	return order == SIM_RELEASE || order == SIM_ACQ_REL || order == SIM_SEQ_CST;
}

static void race_atomic_read(struct race *race, int thread, uint32_t object, enum sim_order order)
{
	race_join(race, race_acquires(order) ? &race->clock[thread] : &race->pending_acquire[thread],
	          &race->release[object]);
}

/* A store begins a new release sequence; a read-modify-write continues the one it reads from (C11 5.1.2.4). */
static void race_atomic_write(struct race *race, int thread, uint32_t object, enum sim_order order, bool continues)
{
	const struct vclock *from = race_releases(order) ? &race->clock[thread] : &race->release_fence[thread];
	if (continues)
		race_join(race, &race->release[object], from);
	else
		race_copy(race, &race->release[object], from);
}

void race_on_end_block(struct race *race, int thread, uint32_t object)
{
	struct vclock *clock = race_touch(race, &race->clock[thread]);
	race_join(race, &race->release[object], clock);
	clock->at[thread]++;
}

void race_on_fence(struct race *race, int thread, enum sim_order order)
{
	if (race_acquires(order))
		race_join(race, &race->clock[thread], &race->pending_acquire[thread]);
	if (race_releases(order)) {
		race_copy(race, &race->release_fence[thread], &race->clock[thread]);
		race_touch(race, &race->clock[thread])->at[thread]++; /* what follows in this step is not released */
	}
}

static void race_on_atomic(struct race *race, const struct sim_event *event)
{
	const struct sim_op *op = &event->op;
	bool wrote = event->uses[0].mode == SIM_MODE_WRITE;
	bool failed = op->kind == SIM_OP_ATOMIC_CAS && !wrote;
	enum sim_order order = failed ? op->fail_order : op->order;
	if (op->kind != SIM_OP_ATOMIC_STORE)
		race_atomic_read(race, event->thread, op->object, order);
	race_on_access(race, event->thread, op->address, op->size, RACE_ATOMIC | (wrote ? RACE_WRITE : 0), op->site);
	if (wrote)
		race_atomic_write(race, event->thread, op->object, order, op->kind != SIM_OP_ATOMIC_STORE);
}

static void race_on_start(struct race *race, const struct sim_event *event)
{
	struct vclock *child = race_touch(race, &race->clock[event->started]);
	vclock_copy(child, &race->clock[event->thread], race->objects->n_threads);
	child->at[event->started] = 1;
}

/* A thread with at least one join has ended by then: its clock stands still and serves as what its end publishes. */
static void race_on_join(struct race *race, const struct sim_event *event)
{
	if (event->result.low == SIM_RESULT_OK)
		race_join(race, &race->clock[event->thread], &race->clock[event->target]);
}

static void race_on_rwlock(struct race *race, const struct sim_event *event)
{
	const struct sim_op *op = &event->op;
	struct vclock *clock = &race->clock[event->thread], *writers = &race->release[op->object];
	struct vclock *readers = &race->release[op->second];
	bool reads = op->kind == SIM_OP_READ_LOCK || op->kind == SIM_OP_TRY_READ_LOCK;
	if (event->result.low != SIM_RESULT_OK || op->kind == SIM_OP_CLAIM)
		return;
	if (op->kind == SIM_OP_RW_UNLOCK) {
		race_join(race, event->uses[0].mode == SIM_MODE_GIVE ? readers : writers, clock);
		return;
	}
	race_join(race, clock, writers);
	if (!reads)
		race_join(race, clock, readers);
}

/* Those whose round at a barrier the event ended are about to go on: they take up its clock now. Later, the clock of the
 * barrier may be that of another round. */
static void race_on_round_end(struct race *race, const struct sim_event *event)
{
	for (int i = 0, n = thread_set_count(&event->wakes); i < n; i++)
		race_join(race, &race->clock[thread_set_nth(&event->wakes, i)], &race->clock[event->thread]);
}

/* The clock of a barrier is that of all who have arrived in the present round; of a broken one, of who broke it. */
static void race_on_arrive(struct race *race, const struct sim_event *event)
{
	struct vclock *clock = &race->clock[event->thread], *barrier = &race->release[event->op.object];
	bool is_refused = event->result.low == SIM_RESULT_REFUSED;
	if (!is_refused && event->result.low == 0)
		race_copy(race, barrier, clock);
	else if (!is_refused)
		race_join(race, barrier, clock);
	if (is_refused || event->result.low + 1 >= event->op.argument)
		race_join(race, clock, barrier);
	race_on_round_end(race, event);
}

static void race_on_break(struct race *race, const struct sim_event *event)
{
	race_copy(race, &race->release[event->op.object], &race->clock[event->thread]);
	race_on_round_end(race, event);
}

/* An item brings along what its putter knew; a place that a get made free, what the getter knew. */
static void race_on_put(struct race *race, const struct sim_event *event)
{
	const struct sim_op *op = &event->op;
	struct vclock *clock = &race->clock[event->thread];
	if (event->result.low != SIM_RESULT_OK)
		return;
	if (op->argument && event->turn >= op->argument)
		vclock_join(clock, &race->release[queue_place(race->objects, op->object, event->turn - (uint32_t)op->argument)],
		            race->objects->n_threads);
	race_copy(race, &race->release[event->before.low], clock);
}

static void race_on_get(struct race *race, const struct sim_event *event)
{
	const struct sim_op *op = &event->op;
	struct vclock *clock = &race->clock[event->thread];
	if (event->result.low != SIM_RESULT_OK)
		return;
	vclock_join(clock, &race->release[event->before.low], race->objects->n_threads);
	if (op->argument)
		race_copy(race, &race->release[queue_place(race->objects, op->object, event->turn)], clock);
}

void race_on_event(struct race *race, struct sim_event *event)
{
	const struct sim_op *op = &event->op;
	struct vclock *clock = race_touch(race, &race->clock[event->thread]);
	event->time = ++clock->at[event->thread];
	switch ((enum sim_op_kind)op->kind) {
	case SIM_OP_START:
		race_on_start(race, event);
		break;
	case SIM_OP_JOIN:
		race_on_join(race, event);
		break;
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK: /* a failed one acquires nothing (C11 7.26.4.5) */
		if (event->result.low == SIM_RESULT_OK)
			vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		break;
	case SIM_OP_UNLOCK: /* by another thread than the owner, it does not make the owner's releases undone */
		race_join(race, &race->release[op->object], clock);
		break;
	case SIM_OP_WAIT:
		if (event->result.low == SIM_RESULT_OK)
			race_copy(race, &race->release[op->second], clock);
		break;
	case SIM_OP_WAKE: /* the notify orders nothing: a wait may end without one; the lock does */
		if (!event->again)
			vclock_join(clock, &race->release[op->second], race->objects->n_threads);
		break;
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_SEM_TRY_ACQUIRE:
	case SIM_OP_EVENT_WAIT:
		if (event->result.low == SIM_RESULT_OK)
			vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		break;
	case SIM_OP_EVENT_IS_SET:
		if (event->result.low)
			vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		break;
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
	case SIM_OP_EVENT_SET: /* clearing does not make it undone */
		race_join(race, &race->release[op->object], clock);
		break;
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_CLAIM:
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
	case SIM_OP_RW_UNLOCK:
		race_on_rwlock(race, event);
		break;
	case SIM_OP_ARRIVE:
		race_on_arrive(race, event);
		break;
	case SIM_OP_LEAVE: /* others have seen to it, unless its time ran out */
		if (event->result.low == SIM_RESULT_TIMEOUT)
			race_on_break(race, event);
		break;
	case SIM_OP_OPEN:
		if (event->result.low == SIM_RESULT_OK)
			race_on_round_end(race, event);
		break;
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
		race_on_break(race, event);
		break;
	case SIM_OP_BEGIN_ONCE:
		if (!event->result.low)
			race_join(race, clock, &race->release[op->object]);
		break;
	case SIM_OP_END_ONCE:
		race_copy(race, &race->release[op->object], clock);
		break;
	case SIM_OP_PUT:
	case SIM_OP_TRY_PUT:
		race_on_put(race, event);
		break;
	case SIM_OP_GET:
	case SIM_OP_TRY_GET:
		race_on_get(race, event);
		break;
	case SIM_OP_TASK_DONE:
		if (event->result.low == SIM_RESULT_OK)
			race_join(race, &race->release[op->object], clock);
		break;
	case SIM_OP_QUEUE_JOIN:
		if (event->result.low == SIM_RESULT_OK)
			vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		break;
	case SIM_OP_BEGIN_BLOCK:
		vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		break;
	case SIM_OP_CALL: /* as if each object had a lock */
		if (op->order == SIM_MODE_READ || op->order == SIM_MODE_WRITE)
			vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		if (op->order == SIM_MODE_GIVE || op->order == SIM_MODE_WRITE)
			race_join(race, &race->release[op->object], clock);
		break;
	case SIM_OP_PIPE_READ: /* comes after all writes, and after the close that makes an end */
	case SIM_OP_COUNTER_TAKE:
		if (event->result.low == SIM_RESULT_OK)
			vclock_join(clock, &race->release[op->object], race->objects->n_threads);
		break;
	case SIM_OP_PIPE_WRITE:
	case SIM_OP_PIPE_HOLD:
	case SIM_OP_COUNTER_ADD:
		if (event->result.low == SIM_RESULT_OK)
			race_join(race, &race->release[op->object], clock);
		break;
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_ATOMIC_STORE:
	case SIM_OP_ATOMIC_RMW:
	case SIM_OP_ATOMIC_CAS:
		race_on_atomic(race, event);
		break;
	case SIM_OP_SLEEP:
		if (event->result.low == SIM_RESULT_OK && __builtin_add_overflow(clock->now_ns, (int64_t)op->argument, &clock->now_ns))
			clock->now_ns = INT64_MAX;
		break;
	case SIM_OP_NONE:
	case SIM_OP_IS_ALIVE:
	case SIM_OP_ENUMERATE:
	case SIM_OP_CANCEL: /* orders nothing: it is none of the functions that POSIX says to synchronise memory */
	case SIM_OP_IS_CANCELLED:
	case SIM_OP_IS_LOCKED:
	case SIM_OP_SEM_VALUE:
	case SIM_OP_NAME: /* what is called by a name orders nothing */
	case SIM_OP_NOTIFY:
	case SIM_OP_EVENT_CLEAR:
	case SIM_OP_ASK_BARRIER:
	case SIM_OP_QUEUE_SIZE:
	case SIM_OP_READ:
	case SIM_OP_WRITE:
	case SIM_OP_CHOOSE:
	case SIM_OP_EXIT:
	case SIM_OP_N_KINDS:
		break;
	}
	if (op->timed && event->result.low == SIM_RESULT_TIMEOUT && op->deadline_ns > clock->now_ns)
		clock->now_ns = op->deadline_ns;
	clock->at[event->thread]++;
}

/* ---- cells ------------------------------------------------------------------------------------------------------ */

static bool race_types_conflict(int a, int b)
{
	return ((a | b) & RACE_WRITE) && !(a & b & (RACE_ATOMIC | RACE_BLOCK));
}

/* Whether an access of type `later` conflicts with everything that one of type `earlier` conflicts with (I1): it writes if
 * that does, and is spared no conflict that that is not spared. */
static bool race_covers(int later, int earlier)
{
	return !(~later & earlier & RACE_WRITE) && !(later & ~earlier & (RACE_ATOMIC | RACE_BLOCK));
}

static bool race_same_access(const struct race_record *a, const struct race_record *b)
{
	return a->epoch == b->epoch && a->site == b->site && a->type == b->type;
}

/* Two accesses that race in one granule may have done so in the one before: that is one race. */
static bool race_extend(struct race *race, uintptr_t low, uintptr_t high, const struct race_record *first,
                        const struct race_record *second)
{
	for (int i = race->n_found; i-- > 0;) {
		struct race_found *found = &race->found[i];
		if (found->address + found->size == low && race_same_access(&found->first, first) &&
		    race_same_access(&found->second, second)) {
			found->size = (uint32_t)(high - found->address);
			return true;
		}
	}
	return false;
}

static void race_report(struct race *race, uintptr_t granule, uint8_t overlap, const struct race_record *first,
                        const struct race_record *second)
{
	unsigned low = (unsigned)__builtin_ctz(overlap), high = 32 - (unsigned)__builtin_clz(overlap);
	struct race_found found = {
		.address = granule + low, .size = high - low, .first = *first, .second = *second, .position = race->position};
	if (race->is_intended && race->is_intended(&found))
		return;
	if (race_extend(race, granule + low, granule + high, first, second) || race->n_found == RACE_MAX_FOUND)
		return;
	race->found[race->n_found++] = found;
}

/* Checks `record` against `access` and takes out of it what `access` replaces. */
static void race_meet(struct race *race, const struct race_cell *cell, uintptr_t granule, struct race_record *record,
                      const struct race_record *access)
{
	uint8_t overlap = record->mask & access->mask;
	if (!overlap)
		return;
	bool ordered = race_is_past(race, record->epoch, race_record_thread(access));
	if (!ordered && race_types_conflict(record->type, access->type) && overlap & ~cell->known)
		race_report(race, granule, overlap & (uint8_t)~cell->known, record, access);
	if (ordered && race_covers(access->type, record->type))
		record->mask &= (uint8_t)~overlap;
}

/* A place for one more record in the pool chunks of `cell`. */
static struct race_record *race_pool_slot(struct race *race, struct race_cell *cell)
{
	for (uint32_t i = cell->more; i; i = race->pool[i - 1].next) {
		struct race_chunk *chunk = &race->pool[i - 1];
		for (int k = 0; k < RACE_CHUNK; k++)
			if (!chunk->records[k].mask)
				return &chunk->records[k];
	}
	undo_save(race->undo, &race->n_chunks, sizeof race->n_chunks);
	struct race_chunk *chunk = &race->pool[race->n_chunks++];
	*chunk = (struct race_chunk){.next = cell->more};
	cell->more = race->n_chunks;
	return &chunk->records[0];
}

static void race_store(struct race *race, struct race_cell *cell, const struct race_record *access)
{
	int n = 0;
	for (int k = 0; k < cell->n; k++)
		if (cell->records[k].mask)
			cell->records[n++] = cell->records[k];
	if (n < RACE_INLINE) {
		cell->records[n] = *access;
		cell->n = (uint8_t)(n + 1);
		return;
	}
	struct race_record *slot = race_pool_slot(race, cell);
	undo_save(race->undo, slot, sizeof *slot);
	*slot = *access;
}

/* The same step has made an access that says as much: nothing to check, nothing to record. */
static bool race_known(const struct race_cell *cell, const struct race_record *access)
{
	for (int k = 0; k < cell->n; k++) {
		const struct race_record *r = &cell->records[k];
		if (r->epoch == access->epoch && !(access->mask & ~r->mask) && race_covers(r->type, access->type))
			return true;
	}
	return false;
}

static void race_on_cell(struct race *race, struct race_cell *cell, uintptr_t granule, const struct race_record *access)
{
	if (race_known(cell, access))
		return;
	undo_save(race->undo, cell, sizeof *cell);
	for (int k = 0; k < cell->n; k++)
		race_meet(race, cell, granule, &cell->records[k], access);
	for (uint32_t i = cell->more; i; i = race->pool[i - 1].next) {
		struct race_chunk *chunk = &race->pool[i - 1];
		undo_save(race->undo, chunk, sizeof *chunk);
		for (int k = 0; k < RACE_CHUNK; k++)
			race_meet(race, cell, granule, &chunk->records[k], access);
	}
	race_store(race, cell, access);
}

/* I3. */
static bool race_needs_record(struct race *race, struct race_cell *cell, int type)
{
	if (type & RACE_ATOMIC) {
		if (cell->history == RACE_PLAIN || !race->skips || cell->n || cell->more)
			return true;
		cell->history = RACE_SKIPPED;
		return false;
	}
	race->misses_records |= cell->history == RACE_SKIPPED && race->skips;
	cell->history = RACE_PLAIN;
	return true;
}

/* What is known to race is not reported again: nobody needs a record of it. */
void race_on_access(struct race *race, int thread, uintptr_t address, size_t size, int type, uint32_t site)
{
	struct race_record access = {.epoch = race_now(race, thread), .site = site, .type = (uint8_t)type};
	uintptr_t end = address + size;
	if (race->objects->in_block == thread)
		access.type |= RACE_BLOCK;
	while (address < end) {
		struct race_cell *cell = race_cell(race, address);
		unsigned offset = address & 7, n = 8 - offset < end - address ? 8 - offset : (unsigned)(end - address);
		if (!cell)
			return;
		access.mask = (uint8_t)(((1u << n) - 1) << offset);
		if (access.mask & ~cell->known && race_needs_record(race, cell, type))
			race_on_cell(race, cell, address - offset, &access);
		address += n;
	}
}

static bool race_any_conflict(const struct race_record *records, int n, const struct race_record *access)
{
	for (int k = 0; k < n; k++)
		if (records[k].mask & access->mask && race_record_thread(&records[k]) != race_record_thread(access) &&
		    race_types_conflict(records[k].type, access->type))
			return true;
	return false;
}

bool race_has_conflict(const struct race *race, int thread, uintptr_t address, size_t size, int type)
{
	struct race_record access = {.epoch = (uint32_t)thread << 24, .type = (uint8_t)type};
	for (uintptr_t end = address + size; address < end;) {
		const struct race_cell *cell = race_cell(race, address);
		unsigned offset = address & 7, n = 8 - offset < end - address ? 8 - offset : (unsigned)(end - address);
		access.mask = (uint8_t)(((1u << n) - 1) << offset);
		if (!cell)
			return false;
		if (race_any_conflict(cell->records, cell->n, &access))
			return true;
		for (uint32_t i = cell->more; i; i = race->pool[i - 1].next)
			if (race_any_conflict(race->pool[i - 1].records, RACE_CHUNK, &access))
				return true;
		address += n;
	}
	return false;
}

/* ---- promotion -------------------------------------------------------------------------------------------------- */

bool race_is_promoted(const struct race *race, uintptr_t address, size_t size)
{
	for (uintptr_t end = race->n_promoted ? address + size : address; address < end;) {
		const struct race_cell *cell = race_cell(race, address);
		unsigned offset = address & 7, n = 8 - offset < end - address ? 8 - offset : (unsigned)(end - address);
		if (!cell)
			return false;
		if (cell->promoted & (((1u << n) - 1) << offset))
			return true;
		address += n;
	}
	return false;
}

size_t race_promoted_run(const struct race *race, uintptr_t address, size_t most)
{
	size_t n = 0;
	while (n < most && race_is_promoted(race, address + n, 1))
		n++;
	return n;
}

static void race_set_promoted(struct race *race, const struct race_range *range, bool promoted)
{
	for (uintptr_t address = range->address; address < range->address + range->size; address++) {
		struct race_cell *cell = race_cell(race, address);
		uint8_t bit = (uint8_t)(1u << (address & 7));
		if (!cell)
			continue;
		cell->promoted = promoted ? cell->promoted | bit : cell->promoted & (uint8_t)~bit;
		if (range->races)
			cell->known = promoted ? cell->known | bit : cell->known & (uint8_t)~bit;
	}
}

static void race_add_range(struct race *race, struct race_range range)
{
	race->promoted = realloc(race->promoted, (race->n_promoted + 1) * sizeof *race->promoted);
	if (!race->promoted) {
		fputs("simcheck: no memory left to remember racing locations\n", stderr);
		abort();
	}
	race->promoted[race->n_promoted] = range;
	race_set_promoted(race, &race->promoted[race->n_promoted++], true);
}

void race_promote(struct race *race, uintptr_t address, size_t size)
{
	race_add_range(race, (struct race_range){.address = address, .size = size, .races = true});
}

void race_expose(struct race *race, uintptr_t address, size_t size)
{
	race_add_range(race, (struct race_range){.address = address, .size = size});
}

void race_demote(struct race *race, uint32_t n)
{
	for (uint32_t i = n; i < race->n_promoted; i++)
		race_set_promoted(race, &race->promoted[i], false);
	/* Ranges may overlap. */
	for (uint32_t i = 0; i < n; i++)
		race_set_promoted(race, &race->promoted[i], true);
	race->n_promoted = n;
}
