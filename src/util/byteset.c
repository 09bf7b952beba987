#include "byteset.h"

#include <string.h>

#include "reserve.h"

static size_t byteset_storage(size_t size)
{
	return size / 8 + 1;
}

int byteset_init(struct byteset *set, uintptr_t low, size_t size)
{
	*set = (struct byteset){.low = low, .size = size, .bits = reserve(byteset_storage(size))};
	return set->bits ? 0 : -1;
}

void byteset_release(struct byteset *set)
{
	reserve_release(set->bits, byteset_storage(set->size));
	*set = (struct byteset){0};
}

static uint8_t *byteset_at(const struct byteset *set, uintptr_t address)
{
	return &set->bits[(address - set->low) >> 3];
}

/* Bits of the first at most 8 of `size` bytes from `address` on that share a byte of the storage. */
static uint8_t byteset_mask(uintptr_t address, size_t size)
{
	unsigned offset = address & 7, n = 8 - offset < size ? 8 - offset : (unsigned)size;
	return (uint8_t)(((1u << n) - 1) << offset);
}

static size_t byteset_piece(uintptr_t address, size_t size)
{
	return 8 - (address & 7) < size ? 8 - (address & 7) : size;
}

void byteset_set(struct byteset *set, uintptr_t address, size_t size, bool member)
{
	for (size_t n; size; address += n, size -= n) {
		uint8_t mask = byteset_mask(address, size), *bits = byteset_at(set, address);
		n = byteset_piece(address, size);
		if (n == 8 && size >= 64) {
			n = size & ~(size_t)7;
			memset(bits, member ? 0xFF : 0, n / 8);
		} else {
			*bits = member ? *bits | mask : *bits & (uint8_t)~mask;
		}
	}
}

uintptr_t byteset_find(const struct byteset *set, uintptr_t address, size_t size, bool member)
{
	for (size_t n; size; address += n, size -= n) {
		uint8_t bits = *byteset_at(set, address), mask = byteset_mask(address, size);
		n = byteset_piece(address, size);
		uint8_t found = (member ? bits : (uint8_t)~bits) & mask;
		if (found)
			return (address & ~(uintptr_t)7) + (unsigned)__builtin_ctz(found);
	}
	return address;
}
