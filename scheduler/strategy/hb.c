#include "hb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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

/* What the next record of `run` follows: what its thread's event before it does, and then from the latest event on, since
 * what is included already needs no test. */
static void hb_compute(const struct hb_run *run, struct hb_record *record)
{
	const struct sim_event *event = &record->event;
	if (record->previous >= 0)
		hb_record_join(record, run->records[record->previous]);
	for (uint32_t j = run->n; j-- > 0 && record->total < run->n;)
		if (!hb_follows(record, &run->records[j]->event) && dependent(&run->records[j]->event, event))
			hb_record_join(record, run->records[j]);
	record->total += event->index + 1 - record->past[event->thread];
	record->past[event->thread] = event->index + 1;
}

/* The bytes of a wide event, kept as long as its record. */
static void hb_keep_wide(struct hb_memory *memory, struct sim_event *event)
{
	size_t size = 2 * (size_t)op_width(&event->op);
	if (event->wide)
		event->wide = memcpy(hb_memory_take(memory, size), event->wide, size);
}

void hb_make_run(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *x,
                 const struct hb_run *parent, uint32_t common, const uint16_t *n_choices)
{
	uint32_t n_threads = x->objects.n_threads;
	int32_t last[SIM_MAX_THREADS];
	run->records = hb_memory_take(memory, x->n_events * sizeof *run->records);
	if (common)
		memcpy(run->records, parent->records, common * sizeof *run->records);
	memset(last, -1, n_threads * sizeof *last);
	for (uint32_t j = 0; j < common; j++)
		last[run->records[j]->event.thread] = (int32_t)j;
	for (run->n = common; run->n < x->n_events; run->n++) {
		struct hb_record *record = hb_memory_take(memory, sizeof *record + n_threads * sizeof *record->past);
		record->event = x->events[run->n];
		hb_keep_wide(memory, &record->event);
		record->n_choices = n_choices[run->n];
		record->previous = last[record->event.thread];
		last[record->event.thread] = (int32_t)run->n;
		record->total = 0;
		record->n_past = n_threads;
		memset(record->past, 0, n_threads * sizeof *record->past);
		hb_compute(run, record);
		run->records[run->n] = record;
	}
}

void hb_past(const struct hb_run *run, struct hb_set *past, uint32_t n_threads, uint32_t position,
             const struct hb_set *kept, const struct sim_event *event)
{
	hb_clear(past, n_threads);
	for (uint32_t j = position; j-- > 0;) {
		const struct hb_record *record = run->records[j];
		if (hb_has(kept, &record->event) && !hb_has(past, &record->event) && dependent(&record->event, event))
			hb_join_record(past, record);
	}
}
