/*
 * A set of bytes of memory, one bit for each: which may be accessed, which have been written.
 */
#ifndef SIM_BYTESET_H
#define SIM_BYTESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "undo.h"

/* The bytes of [low, low + size), of which none belongs to the set at first. Storage is used as far as it is touched.
 * Lifetime: as its user says. */
struct byteset {
	uintptr_t low; /* a multiple of 8 */
	size_t size;
	uint8_t *bits; /* of 8 bytes of memory each */
};

/* Returns 0, or -1 with errno. */
int byteset_init(struct byteset *set, uintptr_t low, size_t size);
void byteset_release(struct byteset *set);

/* All of these: [address, address + size) must lie in [low, low + size). */

/* Makes all these bytes members, or none. */
void byteset_set(struct byteset *set, uintptr_t address, size_t size, bool member);

/* The first address in the range whose byte is (`member`) or is not a member; its end if there is none. */
uintptr_t byteset_find(const struct byteset *set, uintptr_t address, size_t size, bool member);

/* Saves what the set says of the range, which is about to change. */
static inline void byteset_save(const struct byteset *set, struct undo *undo, uintptr_t address, size_t size)
{
	uintptr_t first = (address - set->low) >> 3, last = (address + size - 1 - set->low) >> 3;
	if (size)
		undo_save(undo, set->bits + first, last - first + 1);
}

/* Whether any byte is a member. */
static inline bool byteset_has_any(const struct byteset *set, uintptr_t address, size_t size)
{
	unsigned offset = address & 7;
	if (offset + size > 8)
		return byteset_find(set, address, size, true) != address + size;
	return set->bits[(address - set->low) >> 3] & (((1u << size) - 1) << offset);
}

/* Whether all bytes are members. */
static inline bool byteset_has_all(const struct byteset *set, uintptr_t address, size_t size)
{
	unsigned offset = address & 7;
	if (offset + size > 8)
		return byteset_find(set, address, size, false) == address + size;
	unsigned mask = ((1u << size) - 1) << offset;
	return (set->bits[(address - set->low) >> 3] & mask) == mask;
}

#endif
