/* What streams in memory refer to: a buffer of the program (fmemopen()), or one that grows and that it is told of
 * (open_memstream()). Whatever is accessed is the program's own memory. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "heap.h"
#include "opened.h"
#include "world.h"

ssize_t buffer_read(struct opened *opened, size_t n, const void **found)
{
	const struct buffer *buffer = opened->buffer;
	size_t left = opened->at < buffer->length ? buffer->length - opened->at : 0;
	n = n < left ? n : left;
	*found = call_take(buffer->bytes + opened->at, n);
	area_set(opened->at, opened->at + n);
	return (ssize_t)n;
}

/* What the growing buffer holds goes to a block of the heap with room for `n` bytes and an end. */
static void buffer_reserve(struct buffer *buffer, size_t n)
{
	if (buffer->bytes && n < buffer->size)
		return;
	size_t size = 2 * n > 64 ? 2 * n : 64;
	char *bytes = heap_allocate(size, 16);
	if (buffer->bytes) {
		call_give(bytes, call_take(buffer->bytes, buffer->length + 1), buffer->length + 1);
		heap_free(buffer->bytes);
	}
	area_set(buffer->bytes, bytes);
	area_set(buffer->size, size);
}

void buffer_tell(struct buffer *buffer)
{
	if (!buffer->told)
		return;
	buffer_reserve(buffer, buffer->length);
	call_give(buffer->bytes + buffer->length, "", 1);
	call_give(buffer->told, &buffer->bytes, sizeof buffer->bytes);
	call_give(buffer->told_length, &buffer->length, sizeof buffer->length);
}

ssize_t buffer_write(struct opened *opened, const void *from, size_t n)
{
	struct buffer *buffer = opened->buffer;
	size_t at = opened->flags & O_APPEND ? buffer->length : opened->at;
	if (buffer->told)
		buffer_reserve(buffer, at + n);
	/* Room is kept for a zero behind what is written, as in the GNU C library. */
	size_t room = buffer->size > at ? buffer->size - at : 0, zero = !n || ((const char *)from)[n - 1];
	if (room <= zero)
		return call_fail(ENOSPC);
	n = n < room - zero ? n : room - zero;
	call_give(buffer->bytes + at, from, n);
	area_set(opened->at, at + n);
	if (at + n > buffer->length) {
		area_set(buffer->length, at + n);
		if (zero)
			call_give(buffer->bytes + at + n, "", 1);
	}
	buffer_tell(buffer);
	return (ssize_t)n;
}
