/*
 * Streams: what a FILE * of the program is. Each has a lock, as POSIX says (flockfile()): a call takes it, does what
 * it does, and gives it back; its holder may take it again. Streams of files have a buffer of 4096 bytes as they have
 * in the GNU C library, so that others see what was written when they would see it there.
 *
 * What goes to the standard output and error is shown at once, and is no event; nor are their locks, unless the
 * program calls flockfile(), ftrylockfile() or freopen() somewhere. All functions: [thread]; from stream_put() on, with the lock
 * held.
 */
#ifndef SIM_STREAM_H
#define SIM_STREAM_H

#include <stdbool.h>
#include <stdio.h>

#include "opened.h"

enum { STREAM_BUFFER = 4096, STREAM_BACK = 8 };

/* Lifetime: one execution; the standard streams: process, their contents undone. */
struct stream {
	FILE face;     /* what functions that a compiler puts into the program look at: no bytes in any buffer, and flags */
	const char *name; /* its address stands for the lock */
	uint64_t magic;
	struct opened *opened; /* of a stream without a descriptor */
	int descriptor;        /* -1: none */
	int buffering; /* as in setvbuf() */
	bool reads, writes;
	bool closed;
	bool is_writing; /* the buffer holds what was not written yet; otherwise, what was not read yet */
	unsigned depth;  /* how often its holder has the lock, beyond once */
	char *buffer;    /* NULL: not needed so far */
	size_t size;     /* of it */
	size_t at, end;  /* of what was read; what was written ends at `end` */
	unsigned char back[STREAM_BACK]; /* put back, first in last out */
	int n_back;
};

/* Whether the program may lock standard streams, or make them something else. Set by the worker. */
extern bool stream_is_locked;

/* The stream behind a FILE * of the program; a finding if it is none. */
struct stream *stream_of(FILE *file);

/* A stream for what was opened, or, if `descriptor` is not -1, for whatever that refers to. */
FILE *stream_make(struct opened *opened, int descriptor);

/* The flags of open() for a mode of fopen(), or -1. */
int stream_flags(const char *mode);

/* Whether it is one that shows things at once. */
bool stream_is_output(const struct stream *stream);

/* A call begins that does not care for the lock: without it, calls of two threads race. A stream that was closed is a
 * misuse. */
void stream_enter(struct stream *stream);

/* Takes the lock, and enters; gives it back. */
void stream_lock(struct stream *stream);
bool stream_try_lock(struct stream *stream);
void stream_unlock(struct stream *stream);

/* Writes bytes that are no memory of the program, or were taken (call_take()). Returns 0 or EOF. */
int stream_put(struct stream *stream, const char *bytes, size_t n);

/* The next byte, or EOF; without taking it. */
int stream_get(struct stream *stream);
int stream_peek(struct stream *stream);
int stream_unget(struct stream *stream, int byte);

/* Up to `n` bytes that can be had without waiting any more, at *bytes; gets some first if there are none. 0: none
 * come. */
size_t stream_ready(struct stream *stream, const char **bytes);
void stream_skip(struct stream *stream, size_t n);

/* Reads into memory of the program: how many bytes were. */
size_t stream_read(struct stream *stream, void *to, size_t n);

int stream_flush(struct stream *stream);
int stream_seek(struct stream *stream, off_t offset, int whence);
off_t stream_tell(struct stream *stream);
void stream_set_buffer(struct stream *stream, int mode, size_t size);
int stream_close(struct stream *stream);

/* Makes the stream, which was flushed, one of another open file. */
void stream_reopen(struct stream *stream, struct opened *opened);

/* The flags that feof() and ferror() ask for. */
bool stream_is_at_end(const struct stream *stream);
bool stream_has_failed(const struct stream *stream);
void stream_clear(struct stream *stream);

#endif
