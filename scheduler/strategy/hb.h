/*
 * Happens-before of one run, as dependence (semantics.h) defines it.
 *
 * A run is a list of records: an executed event and, as a vector clock, what it follows. Runs of a search share the
 * records of their common prefix; records are immutable and live on a stack of memory that grows and shrinks with the
 * search.
 *
 * A set of events that contains all that its members follow is given by one number per thread (struct hb_set).
 */
#ifndef SIM_HB_H
#define SIM_HB_H

#include <stdbool.h>
#include <stdint.h>

#include "execution.h"
#include "step.h"

/* An hb-closed set of events. Only the counts of threads in use are ever looked at. */
struct hb_set {
	uint32_t n[SIM_MAX_THREADS];
};

/* An event of a run. Lifetime: until the memory below it is given back (hb_release_to). */
struct hb_record {
	struct sim_event event;
	uint16_t n_choices; /* in how many ways it could have been executed */
	int32_t previous;   /* position of the event of the same thread before it; -1: none */
	uint32_t total;     /* sum of `past`: events that it follows, itself included */
	uint32_t n_past;    /* threads known when it was made; of later ones it follows no event */
	uint32_t past[];    /* by thread: how many of its events it follows, itself included */
};

/* What is asked most often about an event, without a look at it. Lifetime: one level of a search. */
struct hb_brief {
	uint64_t key;     /* of uses[0] of the event, as the next two */
	uint32_t size;
	uint8_t mode;
	bool special;
	bool is_broad;    /* semantics_is_broad() */
	bool is_chosen;   /* took another than its first choice */
	bool in_block;    /* of its thread: nobody can be enabled just before it but this */
	uint32_t index;
	int32_t previous; /* of the record */
	uint16_t thread;
};

enum { HB_MAX_PLACES = 256 };

/* What the events of a search use, as long as all of it is the same or apart: then what an event follows is found among those
 * with its key. Lifetime: one pass of a search. */
struct hb_places {
	uint64_t keys[2 * HB_MAX_PLACES]; /* open addressing; 0: free */
	uint32_t sizes[2 * HB_MAX_PLACES];
	uint32_t n;
	bool is_irregular; /* some overlap in part, or there are too many to tell */
};

/* Lifetime: one level of a search. The lists, by position, are the same memory for all levels: a level that has led to
 * another one finds its own again when that has come to its end (hb_save, hb_restore). */
struct hb_run {
	struct hb_record **records;
	struct hb_brief *briefs;   /* of the records */
	struct search_step *steps; /* that made them */
	struct hb_places *places;
	int32_t *last;             /* by thread: position of its last event; -1: none */
	int32_t *start;            /* by thread: position of the event that started it, if there is one in the run */
	uint32_t n;
	uint32_t n_threads;
	bool is_watched;           /* some event, of this run or one that led to it, asks whether a thread has ended */
	bool has_broad;            /* and some is broad */
	bool has_blocks;           /* and some leaves its thread in a block */
};

/* The memory for records and runs. Lifetime: one pass of a search. */
struct hb_memory {
	char *base, *top, *end;
};

int hb_memory_init(struct hb_memory *memory);
void hb_memory_release(struct hb_memory *memory);

/* `size` bytes until hb_memory_back(); never NULL. */
void *hb_memory_take(struct hb_memory *memory, size_t size);
static inline void hb_memory_back(struct hb_memory *memory, void *to)
{
	memory->top = to;
}

/* The lists for runs of up to `capacity` events: an empty run. Returns 0, or -1: no address space. */
int hb_run_init(struct hb_run *run, uint32_t capacity);
void hb_run_release(struct hb_run *run, uint32_t capacity);

/* Makes `run`, whose lists are those of `parent`, the first `n` events of the present execution. It shares the first
 * `common` with `parent`, whose others are lost. */
void hb_make_run(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *execution,
                 const struct hb_run *parent, uint32_t common, uint32_t n, const uint16_t *n_choices);

/* Keeps what `run` has from position `from` on, until it is put back. */
void *hb_save(const struct hb_run *run, struct hb_memory *memory, uint32_t from);
void hb_restore(struct hb_run *run, const void *saved, uint32_t from);

/* Makes records of the events of the present execution from run->n to `n`. n_choices are by position. */
void hb_extend(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *execution, uint32_t n,
               const uint16_t *n_choices);

/* The events among those of `kept` before `position` that `event`, executed after them, would follow. */
void hb_past(const struct hb_run *run, struct hb_set *past, uint32_t n_threads, uint32_t position,
             const struct hb_set *kept, const struct sim_event *event);

static inline bool hb_has(const struct hb_set *set, const struct sim_event *event)
{
	return event->index < set->n[event->thread];
}

static inline bool hb_has_brief(const struct hb_set *set, const struct hb_brief *brief)
{
	return brief->index < set->n[brief->thread];
}

/* Whether the record's event follows `event`, or is it. */
static inline bool hb_follows(const struct hb_record *record, const struct sim_event *event)
{
	return event->thread < record->n_past && event->index < record->past[event->thread];
}

static inline bool hb_follows_brief(const struct hb_record *record, const struct hb_brief *brief)
{
	return brief->thread < record->n_past && brief->index < record->past[brief->thread];
}

/* Whether the events may be dependent by more than what they use. */
static inline bool hb_is_specially_dependent(const struct hb_brief *a, const struct hb_brief *b)
{
	return a->is_broad || b->is_broad || (a->special && b->special);
}

/* Whether the first places that the events use are in conflict. */
static inline bool hb_briefs_conflict(const struct hb_brief *a, const struct hb_brief *b)
{
	struct sim_use one = {a->key, a->size, a->mode}, other = {b->key, b->size, b->mode};
	return use_conflict(&one, &other);
}

static inline void hb_clear(struct hb_set *set, uint32_t n_threads)
{
	for (uint32_t t = 0; t < n_threads; t++)
		set->n[t] = 0;
}

static inline void hb_copy(struct hb_set *to, const struct hb_set *from, uint32_t n_threads)
{
	for (uint32_t t = 0; t < n_threads; t++)
		to->n[t] = from->n[t];
}

/* Adds the record's event and all that it follows. */
static inline void hb_join_record(struct hb_set *to, const struct hb_record *record)
{
	for (uint32_t t = 0; t < record->n_past; t++)
		if (record->past[t] > to->n[t])
			to->n[t] = record->past[t];
}

static inline bool hb_includes(const struct hb_set *big, const struct hb_set *small, uint32_t n_threads)
{
	for (uint32_t t = 0; t < n_threads; t++)
		if (small->n[t] > big->n[t])
			return false;
	return true;
}

#endif
