/* Streams in memory of the program (buffer.c). */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "heap.h"
#include "runtime.h"
#include "stream.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static FILE *memstreams_make(const char *name, int flags, const struct buffer *buffer)
{
	struct opened *opened = opened_make(name, OPENED_BUFFER, flags);
	opened->buffer = area_allocate(sizeof *buffer);
	*opened->buffer = *buffer;
	opened->at = flags & O_APPEND ? buffer->length : 0;
	return stream_make(opened, -1);
}

/* How much of the memory holds something at first: all for "r", what comes before the first zero for "a". */
static size_t memstreams_length(const char *bytes, size_t size, char mode)
{
	if (mode == 'r')
		return size;
	return mode == 'a' && bytes ? runtime_reads_string(bytes, size) : 0;
}

RUNTIME_API FILE *__wrap_fmemopen(void *bytes, size_t size, const char *mode)
{
	runtime_reads_string(mode, SIZE_MAX);
	int flags = stream_flags(mode);
	if (flags < 0)
		return NULL;
	struct buffer buffer = {.bytes = bytes ? bytes : area_allocate(size), .size = size};
	buffer.length = memstreams_length(bytes, size, *mode);
	if (*mode == 'w' && bytes && size)
		runtime_put(bytes, "", 1);
	return memstreams_make("memory", flags & (O_ACCMODE | O_APPEND), &buffer);
}

RUNTIME_API FILE *__wrap_open_memstream(char **bytes, size_t *length)
{
	FILE *file = memstreams_make("memory", O_WRONLY, &(struct buffer){.told = bytes, .told_length = length});
	buffer_tell(stream_of(file)->opened->buffer);
	return file;
}
