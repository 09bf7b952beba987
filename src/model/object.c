#include "object.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "reserve.h"

int object_init(struct sim_objects *objects, uint32_t capacity, struct undo *undo)
{
	*objects = (struct sim_objects){.capacity = capacity, .undo = undo, .n = SIM_MAX_THREADS,
	                                .in_block = SIM_NOBODY};
	objects->items = reserve(capacity * sizeof *objects->items);
	objects->buckets = reserve(2 * (size_t)capacity * sizeof *objects->buckets);
	if (!objects->items || !objects->buckets)
		return -1;
	for (uint32_t i = 0; i < SIM_MAX_THREADS; i++)
		objects->items[i] = (struct sim_object){.key = i, .kind = SIM_OBJECT_THREAD, .owner = SIM_NOBODY};
	return 0;
}

void object_release(struct sim_objects *objects)
{
	reserve_release(objects->items, objects->capacity * sizeof *objects->items);
	reserve_release(objects->buckets, 2 * (size_t)objects->capacity * sizeof *objects->buckets);
}

/* Fibonacci hashing: addresses differ in their middle bits. */
static uint32_t object_bucket(const struct sim_objects *objects, uint64_t key)
{
	return (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (2 * objects->capacity - 1);
}

static uint32_t object_make(struct sim_objects *objects, uint32_t bucket, uint64_t key, enum sim_object_kind kind)
{
	if (objects->n == objects->capacity) {
		fprintf(stderr, "simcheck: more than %u synchronisation objects and atomic locations\n", objects->capacity);
		abort();
	}
	uint32_t index = objects->n++;
	objects->buckets[bucket] = index;
	objects->items[index] = (struct sim_object){.key = key, .kind = (uint8_t)kind, .owner = SIM_NOBODY};
	return index;
}

uint32_t object_at(struct sim_objects *objects, uint64_t key, enum sim_object_kind kind)
{
	for (uint32_t bucket = object_bucket(objects, key);; bucket = (bucket + 1) & (2 * objects->capacity - 1)) {
		uint32_t index = objects->buckets[bucket];
		if (!index)
			return object_make(objects, bucket, key, kind);
		if (objects->items[index].key == key && objects->items[index].kind == kind)
			return index;
	}
}

uint32_t object_make_new(struct sim_objects *objects, uintptr_t address, enum sim_object_kind kind, uint8_t flags)
{
	uint64_t life = 0;
	uint32_t index;
	do
		index = object_at(objects, object_key(address, life++), kind);
	while (objects->items[index].flags & SIM_OBJECT_IN_USE);
	object_touch(objects, index)->flags = flags | SIM_OBJECT_IN_USE;
	return index;
}

int thread_set_nth(const struct sim_thread_set *set, int n)
{
	for (int word = 0; word < SIM_MAX_THREADS / 64; word++) {
		uint64_t bits = set->bits[word];
		int count = __builtin_popcountll(bits);
		if (n >= count) {
			n -= count;
			continue;
		}
		while (n--)
			bits &= bits - 1;
		return word * 64 + __builtin_ctzll(bits);
	}
	return SIM_NOBODY;
}
