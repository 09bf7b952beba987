/*
 * The undo log: what memory held before it was changed, newest last.
 *
 * Whoever is about to change bytes that belong to an execution saves them first; going back restores them in reverse
 * order down to a mark. The log is one growing stack of byte ranges, so that saving costs a copy and a mark is a position.
 *
 *  I1  For every byte that changed since mark M, the oldest entry above M that covers the byte holds its value at M.
 *  I2  Restoring to M leaves the log exactly as long as it was at M.
 *
 * Not thread-safe. The storage is reserved address space that is touched as far as the deepest execution needs.
 */
#ifndef SIM_UNDO_H
#define SIM_UNDO_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sanitizer.h"

/* Lifetime: one check. */
struct undo {
	char *base;  /* start of the storage */
	char *top;   /* where the next entry goes */
	char *limit; /* end of the storage */
};

/* Behind the saved bytes, so that the log is read from its end. */
struct undo_trailer {
	char *address;
	size_t size;
};

/* A position of the log: what undo_restore() goes back to. */
typedef size_t undo_mark;

/* Reserves `capacity` bytes of address space. Returns 0, or -1 with errno. */
int undo_init(struct undo *undo, size_t capacity);
void undo_release(struct undo *undo);

/* Ends the process with a message that names the option to lower: the log's address space is used up. */
_Noreturn void undo_overflow(void);

static inline undo_mark undo_now(const struct undo *undo)
{
	return (undo_mark)(undo->top - undo->base);
}

/* Most entries are a few words: copying them needs no call. Where red zones are watched everything is copied in the one
 * way that may pass them. */
static inline void undo_copy(char *to, const char *from, size_t size)
{
#ifndef SANITIZER_ADDRESS
	if (size <= 64 && size % 8 == 0) {
		for (size_t i = 0; i < size; i += 8)
			memcpy(to + i, from + i, 8);
		return;
	}
#endif
	sanitizer_copy(to, from, size);
}

/* Logs that [address, address + size) held the bytes at `old`. */
static inline void undo_save_old(struct undo *undo, void *address, const void *old, size_t size)
{
	size_t padded = (size + 7) & ~(size_t)7;
	if ((size_t)(undo->limit - undo->top) < padded + sizeof(struct undo_trailer))
		undo_overflow();
	undo_copy(undo->top, old, size);
	struct undo_trailer *trailer = (struct undo_trailer *)(undo->top + padded);
	trailer->address = address;
	trailer->size = size;
	undo->top = (char *)(trailer + 1);
}

/* Logs the present contents of [address, address + size), which the caller is about to change. */
static inline void undo_save(struct undo *undo, void *address, size_t size)
{
	undo_save_old(undo, address, address, size);
}

/* Puts everything back that was saved since `mark`. */
static inline void undo_restore(struct undo *undo, undo_mark mark)
{
	char *stop = undo->base + mark;
	char *top = undo->top;
	while (top > stop) {
		struct undo_trailer *trailer = (struct undo_trailer *)top - 1;
		top = (char *)trailer - ((trailer->size + 7) & ~(size_t)7);
		undo_copy(trailer->address, top, trailer->size);
	}
	undo->top = top;
}

#endif
