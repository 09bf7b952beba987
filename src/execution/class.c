#include "class.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "reserve.h"

int class_init(struct class_set *set, uint32_t max_events)
{
	*set = (struct class_set){.n_slots = 1024, .capacity = max_events};
	set->event_hash = reserve((max_events) * sizeof(uint64_t));
	set->serial = reserve((max_events) * sizeof(uint64_t));
	set->prefix_sum = reserve(((size_t)max_events + 1) * sizeof(uint64_t));
	set->slots = calloc(set->n_slots, sizeof *set->slots);
	return set->event_hash && set->serial && set->prefix_sum && set->slots ? 0 : -1;
}

void class_release(struct class_set *set)
{
	reserve_release(set->event_hash, set->capacity * sizeof(uint64_t));
	reserve_release(set->serial, set->capacity * sizeof(uint64_t));
	reserve_release(set->prefix_sum, ((size_t)set->capacity + 1) * sizeof(uint64_t));
	free(set->slots);
	*set = (struct class_set){0};
}

static uint64_t class_event_hash(const struct class_set *set, const struct sim_event *events, uint32_t position)
{
	const struct sim_event *event = &events[position];
	uint64_t past = event->final ? set->prefix_sum[position] : 0;
	for (uint32_t i = 0; i < position && !event->final; i++)
		if (dependent(&events[i], event))
			past += set->event_hash[i];
	const uint64_t what[] = {
		event->thread_key,
		(uint64_t)event->index << 32 | (uint64_t)event->op.kind << 16 | event->choice,
		event->uses[0].key, event->uses[1].key,
		event->result.low, event->result.high,
		past,
	};
	return XXH3_64bits(what, sizeof what);
}

static bool class_insert(struct class_set *set, uint64_t hash)
{
	size_t i = hash & (set->n_slots - 1);
	while (set->slots[i] && set->slots[i] != hash)
		i = (i + 1) & (set->n_slots - 1);
	if (set->slots[i])
		return false;
	set->slots[i] = hash;
	set->n++;
	return true;
}

static void class_grow(struct class_set *set)
{
	struct class_set old = *set;
	set->n_slots = 2 * old.n_slots;
	set->n = 0;
	set->slots = calloc(set->n_slots, sizeof *set->slots);
	if (!set->slots) {
		fputs("simcheck: no memory left to count classes in\n", stderr);
		abort();
	}
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.slots[i])
			class_insert(set, old.slots[i]);
	free(old.slots);
}

/* Forgets the hashes of events that were taken back since. */
static void class_forget(struct class_set *set, const struct sim_execution *x)
{
	while (set->n_valid && (set->n_valid > x->n_events || set->serial[set->n_valid - 1] != x->events[set->n_valid - 1].serial))
		set->n_valid--;
}

bool class_add(struct class_set *set, const struct sim_execution *x)
{
	class_forget(set, x);
	for (uint32_t i = set->n_valid; i < x->n_events; i++) {
		set->event_hash[i] = class_event_hash(set, x->events, i);
		set->serial[i] = x->events[i].serial;
		set->prefix_sum[i + 1] = set->prefix_sum[i] + set->event_hash[i];
	}
	set->n_valid = x->n_events;
	uint64_t hash = set->prefix_sum[x->n_events];
	if (2 * set->n >= set->n_slots)
		class_grow(set);
	return class_insert(set, hash ? hash : 1);
}
