/*
 * What a function of the C library reads of the program's memory, announced as an access of exactly the bytes that it
 * looks at: a search ends with what it finds, a number with the first character that does not belong to it.
 *
 * A view is those bytes as they were when they were read. Where nothing races that is the memory itself; where bytes race
 * others may run between two pieces, and the view is a copy on the scratch stack: the caller releases that when it is done
 * (scratch.h). All functions: [thread].
 */
#ifndef SIM_VIEW_H
#define SIM_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Lifetime: until the scratch stack is released, or the thread announces something. */
struct view {
	const void *at;
	size_t n; /* elements */
};

/* How far a function reads. Lifetime: one call. */
struct reach {
	size_t width; /* bytes of an element: 1, or those of a wchar_t */
	/* Whether it reads on, having read `n` elements, the last of which was not enough before. */
	bool (*goes_on)(const struct reach *reach, const void *taken, size_t n);
	uint32_t wanted;
	struct view set; /* elements to find or to pass; what to find in one piece */
	int base;        /* of a number */
};

/* All that there is. */
struct reach reach_all(size_t width);
/* Up to the terminating 0. */
struct reach reach_string(size_t width);
/* Up to `wanted`. */
struct reach reach_until(size_t width, uint32_t wanted);
/* Up to `wanted` or the terminating 0. */
struct reach reach_string_until(size_t width, uint32_t wanted);
/* Up to the first element that is in `set`, or the terminating 0. */
struct reach reach_until_any(size_t width, struct view set);
/* Up to the first element that is not in `set`. */
struct reach reach_while_any(size_t width, struct view set);
/* To the end of the first occurrence of `set` in memory, or in a string with its end. */
struct reach reach_until_all(size_t width, struct view set);
struct reach reach_string_until_all(size_t width, struct view set);
/* The same for strings of bytes, in any case. */
struct reach reach_string_until_all_folded(struct view set);

/* Reads as far as `reach` goes, at most `most` elements. */
struct view view_take(const void *from, size_t most, struct reach reach);

/* As much of a string of bytes, at most `most` of them, as one operation reads. */
struct view view_piece(const char *from, size_t most);

/* A string, at most `most` elements: with its end, if that is among them. */
struct view view_string(const void *from, size_t most, size_t width);

/* The elements of a string's view without its end. */
size_t view_length(struct view view, size_t width);

/* The address in the program's memory of what `found` points to in the view of `from`; NULL for NULL. */
void *view_origin(struct view view, const void *from, const void *found);

#endif
