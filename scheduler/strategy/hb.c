#include "hb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "reserve.h"

/* Address space; touched as far as the deepest level of the search needs. */
static const size_t hb_memory_capacity = (size_t)1 << 36;

int hb_memory_init(struct hb_memory *memory)
{
	char *base = mmap(NULL, hb_memory_capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (base == MAP_FAILED)
		return -1;
	memory->base = memory->top = base;
	memory->end = base + hb_memory_capacity;
	return 0;
}

void hb_memory_release(struct hb_memory *memory)
{
	munmap(memory->base, hb_memory_capacity);
}

void *hb_memory_take(struct hb_memory *memory, size_t size)
{
	char *p = memory->top;
	size = (size + 15) & ~(size_t)15;
	if ((size_t)(memory->end - p) < size) {
		fputs("simcheck: the search is deeper than its memory\n", stderr);
		abort();
	}
	memory->top = p + size;
	return p;
}

static void hb_record_join(struct hb_record *to, const struct hb_record *from)
{
	for (uint32_t t = 0; t < from->n_past; t++) {
		if (from->past[t] > to->past[t]) {
			to->total += from->past[t] - to->past[t];
			to->past[t] = from->past[t];
		}
	}
}

static struct hb_brief hb_brief_of(const struct hb_record *record)
{
	const struct sim_event *event = &record->event;
	return (struct hb_brief){.key = event->uses[0].key, .size = event->uses[0].size, .mode = event->uses[0].mode,
	                         .special = event->special, .is_broad = semantics_is_broad(event),
	                         .is_chosen = event->choice != 0,
	                         .in_block = event->op.in_block && event->op.kind != SIM_OP_BEGIN_BLOCK,
	                         .index = event->index, .previous = record->previous,
	                         .thread = event->thread};
}

/* dependent() of the event at `position` and one of another thread after it. */
static inline bool hb_dependent(const struct hb_run *run, uint32_t position, const struct hb_brief *later,
                                const struct sim_event *event)
{
	const struct hb_brief *brief = &run->briefs[position];
	if (hb_briefs_conflict(brief, later))
		return true;
	return hb_is_specially_dependent(brief, later) && semantics_dependent_specially(&run->records[position]->event, event);
}

/* Most executions end with joins of all threads and the end of the program: what these follow is known. */
static bool hb_compute_end(const struct hb_run *run, struct hb_record *record)
{
	const struct sim_event *event = &record->event;
	if (event->final) {
		for (uint32_t t = 0; t < run->n_threads; t++)
			record->past[t] = run->last[t] >= 0 ? run->briefs[run->last[t]].index + 1 : 0;
		record->total = run->n;
		return true;
	}
	if (event->op.kind != SIM_OP_JOIN || event->op.timed || event->op.cancellable || run->last[event->target] < 0 || run->is_watched)
		return false;
	const struct hb_record *last = run->records[run->last[event->target]];
	if (!last->event.ends)
		return false; /* main, which goes on after its end */
	hb_record_join(record, last);
	return true;
}

static uint32_t hb_place_slot(const struct hb_places *places, uint64_t key)
{
	uint32_t slot = (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) % (2 * HB_MAX_PLACES);
	while (places->keys[slot] && places->keys[slot] != key)
		slot = (slot + 1) % (2 * HB_MAX_PLACES);
	return slot;
}

static void hb_add_place(struct hb_places *places, uint32_t slot, uint64_t key, uint32_t size)
{
	for (uint32_t i = 0; i < 2 * HB_MAX_PLACES; i++)
		if (places->keys[i] && places->keys[i] < key + size && key < places->keys[i] + places->sizes[i])
			places->is_irregular = true;
	places->is_irregular |= ++places->n == HB_MAX_PLACES;
	places->keys[slot] = key;
	places->sizes[slot] = size;
}

/* Notes what the event uses. Returns whether all that was ever used is the same or apart. */
static bool hb_note_place(struct hb_places *places, const struct hb_brief *brief)
{
	if (places->is_irregular || !brief->mode)
		return !places->is_irregular;
	uint32_t slot = hb_place_slot(places, brief->key);
	if (!places->keys[slot])
		hb_add_place(places, slot, brief->key, brief->size);
	else
		places->is_irregular = places->sizes[slot] != brief->size;
	return !places->is_irregular;
}

/* Whether the event depends on earlier ones by the one place that it uses only. That it ends its thread concerns later ones,
 * and those that watch threads, which are broad. */
static bool hb_uses_one_place(const struct sim_event *event)
{
	static const struct sim_thread_set nobody;
	if (op_is_of_cancellation(&event->op))
		return false;
	return !event->special ||
	       (event->ends && !op_is_queue(&event->op) && !event->op.in_block && !event->uses[1].mode && !event->starts &&
	        !event->final && !event->watches_end && !event->watches_all && memcmp(&event->wakes, &nobody, sizeof nobody) == 0);
}

/* What an event that uses one place follows besides its thread's: back to the last of its place that conflicts with all. */
static void hb_compute_by_place(const struct hb_run *run, struct hb_record *record, const struct hb_brief *brief)
{
	for (uint32_t j = brief->mode ? run->n : 0; j-- > 0 && record->total < run->n;) {
		const struct hb_brief *other = &run->briefs[j];
		if (other->key != brief->key || !other->mode || (other->mode == brief->mode && other->mode != SIM_MODE_WRITE))
			continue;
		hb_record_join(record, run->records[j]);
		if (other->mode == SIM_MODE_WRITE)
			return;
	}
}

/* What the next record of `run` follows: what its thread's event before it or its start does, and then from the latest event on, since
 * what is included already needs no test. */
static void hb_compute(const struct hb_run *run, struct hb_record *record, const struct hb_brief *brief)
{
	bool is_regular = hb_note_place(run->places, brief) && !run->has_broad && hb_uses_one_place(&record->event);
	if (record->previous >= 0)
		hb_record_join(record, run->records[record->previous]);
	else if (brief->thread)
		hb_record_join(record, run->records[run->start[brief->thread]]);
	bool is_known = is_regular || (brief->special && hb_compute_end(run, record));
	if (is_regular)
		hb_compute_by_place(run, record, brief);
	for (uint32_t j = is_known ? 0 : run->n; j-- > 0 && record->total < run->n;)
		if (!hb_follows_brief(record, &run->briefs[j]) && hb_dependent(run, j, brief, &record->event))
			hb_record_join(record, run->records[j]);
	record->total += brief->index + 1 - record->past[brief->thread];
	record->past[brief->thread] = brief->index + 1;
}

/* The bytes of a wide event, kept as long as its record. */
static void hb_keep_wide(struct hb_memory *memory, struct sim_event *event)
{
	size_t size = 2 * (size_t)op_width(&event->op);
	if (event->wide)
		event->wide = memcpy(hb_memory_take(memory, size), event->wide, size);
}

/* The last events of the threads among the first `common`: from those of the parent's run, back over what is not shared. */
static void hb_find_last(struct hb_run *run, const struct hb_run *parent, uint32_t common)
{
	memset(run->last, -1, run->n_threads * sizeof *run->last);
	for (uint32_t t = 0; common && t < parent->n_threads; t++) {
		int32_t last = parent->last[t];
		while (last >= (int32_t)common)
			last = parent->briefs[last].previous;
		run->last[t] = last;
	}
}

static struct hb_record *hb_make_record(struct hb_run *run, struct hb_memory *memory, const struct sim_event *event,
                                        uint16_t n_choices)
{
	struct hb_record *record = hb_memory_take(memory, sizeof *record + run->n_threads * sizeof *record->past);
	record->event = *event;
	if (event->wide)
		hb_keep_wide(memory, &record->event);
	record->n_choices = n_choices;
	record->previous = run->last[event->thread];
	record->total = 0;
	record->n_past = run->n_threads;
	memset(record->past, 0, run->n_threads * sizeof *record->past);
	return record;
}

void hb_extend(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *x, uint32_t n,
               const uint16_t *n_choices)
{
	for (; run->n < n; run->n++) {
		const struct sim_event *event = &x->events[run->n];
		struct hb_record *record = hb_make_record(run, memory, event, n_choices[run->n]);
		run->briefs[run->n] = hb_brief_of(record);
		run->steps[run->n] = (struct search_step){event->thread, event->choice};
		run->records[run->n] = record;
		hb_compute(run, record, &run->briefs[run->n]);
		run->has_broad |= run->briefs[run->n].is_broad;
		run->has_blocks |= event->leaves_block;
		run->is_watched |= (event->watches_end || event->watches_all) && run->briefs[run->n].is_broad;
		run->last[event->thread] = (int32_t)run->n;
		if (event->starts)
			run->start[event->started] = (int32_t)run->n;
	}
}

int hb_run_init(struct hb_run *run, uint32_t capacity)
{
	*run = (struct hb_run){.records = reserve(capacity * sizeof *run->records),
	                       .briefs = reserve(capacity * sizeof *run->briefs),
	                       .steps = reserve(capacity * sizeof *run->steps),
	                       .places = reserve(sizeof *run->places)};
	return run->records && run->briefs && run->steps && run->places ? 0 : -1;
}

void hb_run_release(struct hb_run *run, uint32_t capacity)
{
	reserve_release(run->records, capacity * sizeof *run->records);
	reserve_release(run->briefs, capacity * sizeof *run->briefs);
	reserve_release(run->steps, capacity * sizeof *run->steps);
	reserve_release(run->places, sizeof *run->places);
}

void hb_make_run(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *x,
                 const struct hb_run *parent, uint32_t common, uint32_t n, const uint16_t *n_choices)
{
	run->records = parent->records;
	run->briefs = parent->briefs;
	run->steps = parent->steps;
	run->n = common;
	run->n_threads = x->objects.n_threads;
	run->places = parent->places;
	run->has_broad = parent->has_broad;
	run->has_blocks = parent->has_blocks;
	run->is_watched = parent->is_watched;
	run->last = hb_memory_take(memory, run->n_threads * sizeof *run->last);
	run->start = hb_memory_take(memory, run->n_threads * sizeof *run->start);
	hb_find_last(run, parent, common);
	if (parent->n_threads)
		memcpy(run->start, parent->start, parent->n_threads * sizeof *run->start);
	hb_extend(run, memory, x, n, n_choices);
}

void *hb_save(const struct hb_run *run, struct hb_memory *memory, uint32_t from)
{
	size_t n = run->n - from;
	char *saved = hb_memory_take(memory, n * (sizeof *run->records + sizeof *run->briefs + sizeof *run->steps));
	memcpy(saved, run->records + from, n * sizeof *run->records);
	memcpy(saved + n * sizeof *run->records, run->briefs + from, n * sizeof *run->briefs);
	memcpy(saved + n * (sizeof *run->records + sizeof *run->briefs), run->steps + from, n * sizeof *run->steps);
	return saved;
}

void hb_restore(struct hb_run *run, const void *saved, uint32_t from)
{
	size_t n = run->n - from;
	const char *p = saved;
	memcpy(run->records + from, p, n * sizeof *run->records);
	memcpy(run->briefs + from, p + n * sizeof *run->records, n * sizeof *run->briefs);
	memcpy(run->steps + from, p + n * (sizeof *run->records + sizeof *run->briefs), n * sizeof *run->steps);
}

void hb_past(const struct hb_run *run, struct hb_set *past, uint32_t n_threads, uint32_t position,
             const struct hb_set *kept, const struct sim_event *event)
{
	hb_clear(past, n_threads);
	for (uint32_t j = position; j-- > 0;) {
		const struct hb_brief *brief = &run->briefs[j];
		if (hb_has_brief(kept, brief) && !hb_has_brief(past, brief) && dependent(&run->records[j]->event, event))
			hb_join_record(past, run->records[j]);
	}
}
