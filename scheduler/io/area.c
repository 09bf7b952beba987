#include "area.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "reserve.h"
#include "world.h"

/* One part for each thread, and the last for what stays. */
enum { AREA_PART = 1 << 29, AREA_UNIT = 64, AREA_N_PARTS = SIM_MAX_THREADS + 1 };

/* Lifetime: process; what lies below the tops of the threads' parts: one execution, undone with them. */
static char *area_base;
static size_t area_top[AREA_N_PARTS];

static const size_t area_size = (size_t)AREA_PART * AREA_N_PARTS;

int area_init(struct world *world)
{
	area_base = reserve(area_size);
	world->hash_system = area_hash;
	return area_base ? race_watch(&world->execution.race, (uintptr_t)area_base, area_size) : -1;
}

bool area_has(uintptr_t address)
{
	return address - (uintptr_t)area_base < area_size;
}

static void *area_take(int part, size_t size)
{
	size = (size + AREA_UNIT - 1) / AREA_UNIT * AREA_UNIT;
	if (size > AREA_PART - area_top[part])
		world_refuse("write", "the program keeps more in files and pipes than can be simulated");
	char *p = area_base + (size_t)part * AREA_PART + area_top[part];
	area_top[part] += size;
	return p;
}

void *area_allocate(size_t size)
{
	int part = world_self();
	area_save(&area_top[part], sizeof area_top[part]);
	return memset(area_take(part, size), 0, size); /* an execution that was undone may have left something */
}

void *area_keep(size_t size)
{
	return area_take(SIM_MAX_THREADS, size);
}

const char *area_copy(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(area_allocate(size), text, size);
}

const char *area_keep_copy(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(area_keep(size), text, size);
}

uint64_t area_index(const void *thing)
{
	return (uint64_t)((const char *)thing - area_base) / AREA_UNIT;
}

void area_save(void *place, size_t size)
{
	world_running->effects++;
	undo_save(&world_running->execution.undo, place, size);
}

uint64_t area_hash(uint64_t seed)
{
	for (int part = 0; part < SIM_MAX_THREADS; part++)
		if (area_top[part])
			seed = XXH3_64bits_withSeed(area_base + (size_t)part * AREA_PART, area_top[part], seed);
	return seed;
}

/* Gives the blob room for `size` bytes. What it held stays where it was: an earlier state may have it. */
static void blob_reserve(struct blob *blob, size_t size)
{
	if (size <= blob->capacity)
		return;
	if (size > BLOB_MAX)
		world_refuse("write", "a file or a pipe would hold more than 64 MiB");
	size_t capacity = blob->capacity ? 2 * blob->capacity : 256;
	while (capacity < size)
		capacity *= 2;
	char *data = area_allocate(capacity);
	if (blob->size)
		memcpy(data, blob->data, blob->size);
	area_save(blob, sizeof *blob);
	blob->data = data;
	blob->capacity = capacity;
}

void blob_resize(struct blob *blob, size_t size)
{
	if (size > blob->size) {
		blob_reserve(blob, size);
		area_save(blob->data + blob->size, size - blob->size);
		memset(blob->data + blob->size, 0, size - blob->size);
	}
	area_set(blob->size, size);
}

void blob_write(struct blob *blob, size_t at, const void *from, size_t n)
{
	size_t end = at + n;
	if (at > blob->size)
		blob_resize(blob, at);
	blob_reserve(blob, end > blob->size ? end : blob->size);
	if (!n)
		return;
	area_save(blob->data + at, n);
	memcpy(blob->data + at, from, n);
	if (end > blob->size)
		area_set(blob->size, end);
}
