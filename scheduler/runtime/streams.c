/* Streams: opening, closing, reading, positions (stream.h). */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "descriptor.h"
#include "heap.h"
#include "runtime.h"
#include "stream.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- opening and closing ---------------------------------------------------------------------------------------- */

static bool streams_opened, streams_flushed_all; /* in some execution of the check, by some thread: never undone */

/* Which streams there are is known to no event: a call for all of them could come too early or too late unnoticed. */
static void streams_check_all(bool opens)
{
	streams_opened |= opens;
	streams_flushed_all |= !opens;
	if (streams_opened && streams_flushed_all)
		world_refuse("fflush(NULL)", "flush the streams that are meant, one by one");
}

static FILE *streams_make(struct opened *opened, int flags)
{
	int descriptor = -1;
	streams_check_all(true);
	if (descriptor_is_seen && (descriptor = descriptor_add(opened, 0, flags & O_CLOEXEC)) < 0)
		return NULL;
	return stream_make(opened, descriptor);
}

RUNTIME_API FILE *__wrap_fopen(const char *path, const char *mode)
{
	runtime_reads_string(path, SIZE_MAX);
	runtime_reads_string(mode, SIZE_MAX);
	int flags = stream_flags(mode);
	struct opened *opened = flags < 0 ? NULL : descriptor_open(path, flags, 0666);
	return opened ? streams_make(opened, flags) : NULL;
}
RUNTIME_ALIAS(fopen64, fopen)

RUNTIME_API FILE *__wrap_fdopen(int descriptor, const char *mode)
{
	runtime_reads_string(mode, SIZE_MAX);
	int flags = stream_flags(mode);
	struct opened *opened = flags < 0 ? NULL : descriptor_use(descriptor);
	if (!opened)
		return NULL;
	int given = opened->flags & O_ACCMODE;
	if (given != O_RDWR && given != (flags & O_ACCMODE) && opened->kind != OPENED_OUTPUT) {
		call_fail(EINVAL);
		return NULL;
	}
	streams_check_all(true);
	struct stream *stream = stream_of(stream_make(opened, descriptor));
	stream->reads = (flags & O_ACCMODE) != O_WRONLY;
	stream->writes = (flags & O_ACCMODE) != O_RDONLY;
	return &stream->face;
}

RUNTIME_API int __wrap_fclose(FILE *file)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	int result = stream_close(stream);
	stream_unlock(stream);
	return result;
}

RUNTIME_API FILE *__wrap_freopen(const char *path, const char *mode, FILE *file)
{
	struct stream *stream = stream_of(file);
	if (!path)
		world_refuse("freopen", "a new mode for the same file is not modelled");
	runtime_reads_string(path, SIZE_MAX);
	runtime_reads_string(mode, SIZE_MAX);
	int flags = stream_flags(mode);
	stream_lock(stream);
	stream_flush(stream);
	struct opened *opened = flags < 0 ? NULL : descriptor_open(path, flags, 0666);
	if (opened)
		stream_reopen(stream, opened);
	else
		stream_close(stream);
	stream_unlock(stream);
	return opened ? file : NULL;
}
RUNTIME_ALIAS(freopen64, freopen)

RUNTIME_API FILE *__wrap_tmpfile(void)
{
	struct opened *opened = opened_make("a temporary file", OPENED_FILE, O_RDWR);
	opened->file = file_make("a temporary file", FILE_REGULAR, 0600);
	return streams_make(opened, 0);
}
RUNTIME_ALIAS(tmpfile64, tmpfile)

RUNTIME_API int __wrap_fileno(FILE *file)
{
	int descriptor = stream_of(file)->descriptor;
	return descriptor < 0 ? call_fail(EBADF) : descriptor;
}
RUNTIME_ALIAS(fileno_unlocked, fileno)

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static size_t streams_read(struct stream *stream, void *to, size_t size, size_t n)
{
	return size ? stream_read(stream, to, size * n) / size : 0;
}

/* The program's memory gets a line. */
static char *streams_gets(struct stream *stream, char *to, int size)
{
	size_t done = 0, most = size > 0 ? (size_t)size - 1 : 0, n;
	const char *bytes;
	bool ended = false;
	while (done < most && !ended && (n = stream_ready(stream, &bytes))) {
		const char *end = memchr(bytes, '\n', n);
		n = end ? (size_t)(end + 1 - bytes) : n;
		ended = end && n <= most - done;
		n = n < most - done ? n : most - done;
		call_give(to + done, bytes, n);
		stream_skip(stream, n);
		done += n;
	}
	if (size <= 0 || (!done && most) || (stream_has_failed(stream) && !ended))
		return NULL;
	call_give(to + done, "", 1);
	return to;
}

/* Makes room for `n` bytes in the program's line. */
static void streams_reserve(char **line, size_t *size, size_t n)
{
	if (*line && *size >= n)
		return;
	size_t larger = *line && 2 * *size > n ? 2 * *size : n > 120 ? n : 120;
	char *block = heap_allocate(larger, 16);
	if (*line) {
		runtime_copy(block, *line, *size);
		heap_free(*line);
	}
	call_give(line, &block, sizeof block);
	call_give(size, &larger, sizeof larger);
}

static ssize_t streams_getdelim(struct stream *stream, char **line, size_t *size, int delimiter)
{
	size_t done = 0, n;
	const char *bytes;
	bool ended = false;
	runtime_reads(line, sizeof *line);
	runtime_reads(size, sizeof *size);
	while (!ended && (n = stream_ready(stream, &bytes))) {
		const char *end = memchr(bytes, delimiter, n);
		n = end ? (size_t)(end + 1 - bytes) : n;
		streams_reserve(line, size, done + n + 1);
		call_give(*line + done, bytes, n);
		stream_skip(stream, n);
		done += n;
		ended = end;
	}
	if (!done)
		return -1;
	call_give(*line + done, "", 1);
	return (ssize_t)done;
}

/* A function that takes the lock, and one that does not, around the same body. */
#define STREAMS_BOTH(result, name, parameters, body) \
	RUNTIME_API result __wrap_##name parameters \
	{ \
		struct stream *stream = stream_of(file); \
		stream_lock(stream); \
		result value = body; \
		stream_unlock(stream); \
		return value; \
	} \
	RUNTIME_API result __wrap_##name##_unlocked parameters \
	{ \
		struct stream *stream = stream_of(file); \
		stream_enter(stream); \
		return body; \
	}

STREAMS_BOTH(size_t, fread, (void *to, size_t size, size_t n, FILE *file), streams_read(stream, to, size, n))
STREAMS_BOTH(int, fgetc, (FILE *file), stream_get(stream))
STREAMS_BOTH(char *, fgets, (char *to, int size, FILE *file), streams_gets(stream, to, size))
STREAMS_BOTH(int, feof, (FILE *file), stream_is_at_end(stream))
STREAMS_BOTH(int, ferror, (FILE *file), stream_has_failed(stream))

RUNTIME_ALIAS(getc, fgetc)
RUNTIME_ALIAS(getc_unlocked, fgetc_unlocked)

/* What getc_unlocked() becomes in optimised programs. */
RUNTIME_ALIAS(__uflow, fgetc_unlocked)

RUNTIME_API int __wrap_getchar(void)
{
	return __wrap_fgetc(stdin);
}

RUNTIME_API int __wrap_getchar_unlocked(void)
{
	return __wrap_fgetc_unlocked(stdin);
}

RUNTIME_API int __wrap_ungetc(int character, FILE *file)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	int result = stream_unget(stream, character);
	stream_unlock(stream);
	return result;
}

RUNTIME_API ssize_t __wrap_getdelim(char **line, size_t *size, int delimiter, FILE *file)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	ssize_t result = streams_getdelim(stream, line, size, delimiter);
	stream_unlock(stream);
	return result;
}
RUNTIME_ALIAS(__getdelim, getdelim)

RUNTIME_API ssize_t __wrap_getline(char **line, size_t *size, FILE *file)
{
	return __wrap_getdelim(line, size, '\n', file);
}

/* ---- positions and buffers -------------------------------------------------------------------------------------- */

RUNTIME_API int __wrap_fseeko(FILE *file, off_t offset, int whence)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	int result = stream_seek(stream, offset, whence);
	stream_unlock(stream);
	return result;
}
RUNTIME_ALIAS(fseeko64, fseeko)
RUNTIME_ALIAS(fseek, fseeko)

RUNTIME_API off_t __wrap_ftello(FILE *file)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	off_t result = stream_tell(stream);
	stream_unlock(stream);
	return result;
}
RUNTIME_ALIAS(ftello64, ftello)
RUNTIME_ALIAS(ftell, ftello)

RUNTIME_API void __wrap_rewind(FILE *file)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	stream_seek(stream, 0, SEEK_SET);
	stream_clear(stream);
	stream_unlock(stream);
}

RUNTIME_API int __wrap_fgetpos(FILE *file, fpos_t *position)
{
	fpos_t here = {.__pos = __wrap_ftello(file)};
	if (here.__pos < 0)
		return -1;
	call_give(position, &here, sizeof here);
	return 0;
}
RUNTIME_ALIAS(fgetpos64, fgetpos)

RUNTIME_API int __wrap_fsetpos(FILE *file, const fpos_t *position)
{
	runtime_reads(position, sizeof *position);
	return __wrap_fseeko(file, position->__pos, SEEK_SET);
}
RUNTIME_ALIAS(fsetpos64, fsetpos)

RUNTIME_API void __wrap_clearerr(FILE *file)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	stream_clear(stream);
	stream_unlock(stream);
}

RUNTIME_API int __wrap_fflush(FILE *file)
{
	if (!file) {
		streams_check_all(false);
		return 0;
	}
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	int result = stream_flush(stream);
	stream_unlock(stream);
	return result;
}

RUNTIME_API int __wrap_setvbuf(FILE *file, char *buffer, int mode, size_t size)
{
	(void)buffer; /* what a stream holds back is none of the program's memory, although it might be */
	struct stream *stream = stream_of(file);
	if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF)
		return call_fail(EINVAL);
	stream_lock(stream);
	stream_set_buffer(stream, mode, buffer ? size : 0);
	stream_unlock(stream);
	return 0;
}

RUNTIME_API void __wrap_setbuf(FILE *file, char *buffer)
{
	__wrap_setvbuf(file, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

RUNTIME_API void __wrap_setlinebuf(FILE *file)
{
	__wrap_setvbuf(file, NULL, _IOLBF, 0);
}

/* ---- locks ------------------------------------------------------------------------------------------------------ */

RUNTIME_API void __wrap_flockfile(FILE *file)
{
	stream_lock(stream_of(file));
}

RUNTIME_API int __wrap_ftrylockfile(FILE *file)
{
	return !stream_try_lock(stream_of(file));
}

RUNTIME_API void __wrap_funlockfile(FILE *file)
{
	stream_unlock(stream_of(file));
}
