/*
 * Memory for what the simulated system keeps for the program: files, names, descriptors, pipes, streams. Like the heap
 * it is divided by threads, so that an address depends only on the thread and on what it allocated before, and it goes
 * back with the execution. Nothing is freed; the program has no business here. All functions: [thread].
 */
#ifndef SIM_AREA_H
#define SIM_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct world;

/* `size` zeroed bytes, a multiple of 64 bytes away from the start of the area. Never NULL. Lifetime: until it is
 * undone. */
void *area_allocate(size_t size);

/* The same, for what is found once and stays for the whole check: never undone. */
void *area_keep(size_t size);

/* A copy of the string, allocated so. */
const char *area_copy(const char *text);
const char *area_keep_copy(const char *text);

/* Which of all things in the area this is: below 2^31, the same in every execution. */
uint64_t area_index(const void *thing);

/* Saves what is about to change, and notes that the step has an effect. */
void area_save(void *place, size_t size);

/* Changes a variable in a way that is undone. */
#define area_set(place, value) (area_save(&(place), sizeof(place)), (place) = (value))

/* Whether the address is in the area. May be called anywhere. */
bool area_has(uintptr_t address);

/* Reserves the area and has the race detector watch it. Called once, by the worker. Returns 0, or -1: no address
 * space. */
int area_init(struct world *world);

/* A hash of all that area_allocate() gave out. May be called anywhere. */
uint64_t area_hash(uint64_t seed);

/* Bytes that can be changed and grow. Zeroed: none. Lifetime: that of what it is a part of. */
struct blob {
	char *data;
	size_t size, capacity;
};

/* More than that no blob can hold: the check ends with a message. */
enum { BLOB_MAX = 1 << 26 };

/* Changes the bytes from `at` on; what lies between the end and `at` becomes zero. */
void blob_write(struct blob *blob, size_t at, const void *from, size_t n);

/* Cuts the end off, or adds zeros. */
void blob_resize(struct blob *blob, size_t size);

#endif
