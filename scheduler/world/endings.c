#include "endings.h"

#include "reserve.h"
#include "sanitizer.h"
#include "world.h"

static const uint64_t endings_factor = UINT64_C(0x9FB21C651E98DF25);

void endings_release(struct endings *endings)
{
	if (endings->known)
		reserve_release(endings->known, ENDINGS_SLOTS * sizeof *endings->known);
	*endings = (struct endings){0};
}

/* ---- the state in which an ending begins ------------------------------------------------------------------------ */

static bool endings_is_alone(const struct sim_execution *x, int thread)
{
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if ((int)t != thread && x->objects.items[t].state == SIM_THREAD_ALIVE)
			return false;
	return true;
}

static bool endings_may_begin(const struct world *world, int thread)
{
	const struct sim_execution *x = &world->execution;
	const struct sim_op *op = &x->pending[thread];
	return world->endings.enabled && world->net.mode == NET_OFF && op->kind == SIM_OP_JOIN && !op->timed &&
	       !x->objects.virtual_time && !x->n_incidents && !x->race.n_found && !x->n_wanted && !x->n_assumed &&
	       endings_is_alone(x, thread);
}

static uint64_t endings_mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * endings_factor + (hash >> 29);
}

/* Four words at a time, which do not wait for each other. Live stack slices may hold red zones of the address sanitizer. */
SANITIZER_IGNORE
static uint64_t endings_mix_stack(const struct world *world, int thread, uint64_t hash)
{
	const uint64_t *p = (const uint64_t *)world->threads[thread].co.sp;
	const uint64_t *high = (const uint64_t *)arena_stack_high(&world->arena, thread);
	uint64_t parts[4] = {hash, 1, 2, 3};
	for (; high - p >= 4; p += 4)
		for (int i = 0; i < 4; i++)
			parts[i] = endings_mix(parts[i], p[i]);
	for (; p < high; p++)
		parts[0] = endings_mix(parts[0], *p);
	return endings_mix(endings_mix(parts[0], parts[1]), endings_mix(parts[2], parts[3]));
}

/* The serial number of the thread's last event: as long as it makes no other, and nobody else writes there, its stack is
 * what it was. 0: it has made none. */
static uint64_t endings_last_event(const struct sim_execution *x, int thread)
{
	uint32_t i = x->n_events;
	while (i > 0 && x->events[i - 1].thread != thread)
		i--;
	return i ? x->events[i - 1].serial : 0;
}

static uint64_t endings_stack(struct world *world, int thread)
{
	struct endings *endings = &world->endings;
	uint64_t serial = endings_last_event(&world->execution, thread);
	if (!serial || serial != endings->stack_serial || world->stacks[thread].shared)
		endings->stack_hash = endings_mix_stack(world, thread, 0);
	endings->stack_serial = serial;
	return endings->stack_hash;
}

static uint64_t endings_key(struct world *world, int thread)
{
	const struct sim_execution *x = &world->execution;
	uint64_t hash = endings_mix(x->race.n_promoted, (uint64_t)(uintptr_t)world->threads[thread].co.sp);
	hash = endings_mix(hash, (uint64_t)x->pending[thread].object << 16 | x->objects.n_threads);
	for (uint32_t t = 0; t < x->objects.n_threads; t++) {
		const struct world_thread *other = &world->threads[t];
		hash = endings_mix(hash, x->objects.items[t].state << 2 | (uint64_t)other->joined << 1 | other->detached);
		hash = endings_mix(hash, (uint64_t)(uintptr_t)other->exit_value);
	}
	hash = endings_mix(hash, endings_stack(world, thread));
	return hash ? hash : 1;
}

/* Whether all that `other` has done comes before what the thread does next. */
static bool endings_has_joined(const struct sim_execution *x, int thread, int other)
{
	return x->race.clock[other].at[other] <= x->race.clock[thread].at[other];
}

static bool endings_has_joined_all(const struct sim_execution *x, int thread)
{
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if ((int)t != thread && !endings_has_joined(x, thread, (int)t))
			return false;
	return true;
}

/* ---- finding ---------------------------------------------------------------------------------------------------- */

static bool endings_access_fits(const struct race *race, int thread, const struct ending_access *access)
{
	if (access->has_value &&
	    !sanitizer_equal((const void *)access->address, &access->value, access->size))
		return false;
	return !access->may_race || !race_has_conflict(race, thread, access->address, access->size, access->type);
}

/* Whether what the ending is conditional on holds, besides the state that is its key. */
static bool endings_fits(const struct world *world, int thread, const struct ending *ending)
{
	const struct sim_execution *x = &world->execution;
	if (ending->n_events > x->capacity - x->n_events)
		return false;
	for (int i = 0; i < ending->n_accesses; i++)
		if (!endings_access_fits(&x->race, thread, &ending->accesses[i]))
			return false;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if ((int)t != thread && !thread_set_has(&ending->joins, (int)t) && !endings_has_joined(x, thread, (int)t))
			return false;
	return true;
}

static struct ending *endings_slot(const struct endings *endings, uint64_t key, uint32_t probe)
{
	return &endings->known[(uint32_t)((key >> 32) + probe) % ENDINGS_SLOTS];
}

static struct ending *endings_look_up(const struct world *world, int thread, uint64_t key)
{
	for (uint32_t i = 0; world->endings.known && i < ENDINGS_PROBES; i++) {
		struct ending *ending = endings_slot(&world->endings, key, i);
		if (!ending->key)
			return NULL;
		if (ending->key == key && endings_fits(world, thread, ending))
			return ending;
	}
	return NULL;
}

static void endings_begin(struct world *world, int thread, uint64_t key)
{
	struct endings *endings = &world->endings;
	const struct sim_execution *x = &world->execution;
	endings->recording = true;
	endings->position = x->n_events;
	endings->present.key = key;
	endings->present.n_accesses = 0;
	endings->present.joins = (struct sim_thread_set){0};
	thread_set_add(&endings->present.joins, (int)x->pending[thread].object);
}

uint32_t endings_find(struct world *world, int thread)
{
	struct endings *endings = &world->endings;
	endings->recording = endings->is_check = false;
	if (!endings_may_begin(world, thread))
		return 0;
	uint64_t key = endings_key(world, thread);
	struct ending *known = endings_look_up(world, thread, key);
	endings->is_check = known && (known->n_uses & (known->n_uses - 1)) == 0;
	if (known && (known->n_uses++, !endings->is_check))
		return known->n_events;
	endings_begin(world, thread, key);
	return 0;
}

/* ---- learning --------------------------------------------------------------------------------------------------- */

/* As what kind of access an operation on memory can race. */
static int endings_access_type(const struct sim_op *op)
{
	switch (op->kind) {
	case SIM_OP_READ:
		return RACE_READ;
	case SIM_OP_WRITE:
		return RACE_WRITE;
	case SIM_OP_ATOMIC_LOAD:
		return RACE_ATOMIC;
	default:
		return RACE_ATOMIC | RACE_WRITE;
	}
}

void endings_on_operation(struct world *world, const struct sim_op *op)
{
	struct endings *endings = &world->endings;
	if (op->kind == SIM_OP_JOIN && !op->timed)
		thread_set_add(&endings->present.joins, (int)op->object);
	else if (op_is_memory(op))
		endings_on_access(world, op->address, op_width(op), endings_access_type(op));
	else if (op->kind != SIM_OP_EXIT)
		endings->recording = false;
}

/* Whether an earlier access of the ending tells all that is to be known of this one. `apart`: no earlier one overlaps. */
static bool endings_is_noted(const struct ending *ending, const struct ending_access *access, bool *apart)
{
	*apart = true;
	for (int i = 0; i < ending->n_accesses; i++) {
		const struct ending_access *other = &ending->accesses[i];
		if (access->address >= other->address + other->size || other->address >= access->address + access->size)
			continue;
		*apart = false;
		return access->address == other->address && access->size == other->size &&
		       (!access->may_race || (other->may_race && other->type == access->type));
	}
	return false;
}

/* Of the memory in the slots of threads, an ending may be conditional on the thread's own thread-local data. */
static bool endings_is_plain(const struct world *world, uintptr_t address)
{
	int slot = arena_slot(&world->arena, address);
	return slot == SIM_NOBODY ||
	       (slot == world->current && address < (uintptr_t)arena_tls(&world->arena, slot) + ARENA_TLS_SIZE);
}

void endings_on_access(struct world *world, uintptr_t address, size_t size, int type)
{
	struct endings *endings = &world->endings;
	struct ending *present = &endings->present;
	struct ending_access access = {.address = address, .size = (uint32_t)size, .type = type};
	bool is_own = world_on_stack(world, world->current, address), apart;
	access.may_race = !endings_has_joined_all(&world->execution, world->current);
	access.has_value = !is_own && type != RACE_WRITE;
	if ((is_own && !access.may_race) || endings_is_noted(present, &access, &apart))
		return;
	if (!apart || size > sizeof access.value || present->n_accesses == ENDINGS_MAX_READS ||
	    !(is_own || endings_is_plain(world, address))) {
		endings->recording = false;
		return;
	}
	if (access.has_value)
		sanitizer_copy(&access.value, (const void *)address, size);
	present->accesses[present->n_accesses++] = access;
}

static void endings_keep(struct endings *endings)
{
	if (!endings->known && !(endings->known = reserve(ENDINGS_SLOTS * sizeof *endings->known)))
		return;
	for (uint32_t i = 0; i < ENDINGS_PROBES; i++) {
		struct ending *slot = endings_slot(endings, endings->present.key, i);
		if (slot->key)
			continue;
		*slot = endings->present;
		slot->n_uses = 0;
		return;
	}
}

bool endings_learn(struct world *world, bool is_plain)
{
	struct endings *endings = &world->endings;
	const struct sim_execution *x = &world->execution;
	bool ends_well = endings->recording && is_plain && !x->n_incidents && !x->race.n_found && !x->n_wanted;
	bool is_wrong = endings->is_check && !ends_well;
	if (ends_well && !endings->is_check) {
		endings->present.n_events = x->n_events - endings->position;
		endings_keep(endings);
	}
	endings->recording = endings->is_check = false;
	endings->enabled &= !is_wrong;
	return !is_wrong;
}
