/*
 * What descriptors refer to: open files, ends of pipes, eventfds, and the standard streams of the process. What a read
 * or a write does, whichever it is. All functions: [thread].
 */
#ifndef SIM_OPENED_H
#define SIM_OPENED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "file.h"
#include "op.h"

enum opened_kind { OPENED_FILE, OPENED_PIPE, OPENED_COUNTER, OPENED_BUFFER, OPENED_INPUT, OPENED_OUTPUT };

/* What POSIX calls an open file description. Lifetime: one execution. */
struct opened {
	const char *name; /* for reports */
	enum opened_kind kind;
	int flags;        /* of open(): access mode, O_APPEND, O_NONBLOCK */
	uint64_t at;      /* where the next read or write begins */
	struct file *file;
	struct pipe *pipe;
	struct counter *counter;
	struct buffer *buffer;
};

/* A pipe. What was written stays where it is, so that what a read has found needs no copy. */
struct pipe {
	const char *name;
	struct blob bytes; /* all that was ever written */
	uint64_t n_read;
};

/* An eventfd. */
struct counter {
	const char *name;
	uint32_t first; /* its value at first */
	bool by_one;    /* EFD_SEMAPHORE */
};

/* Memory of the program that a stream reads and writes. */
struct buffer {
	char *bytes;
	size_t size, length;       /* of the memory; of what it holds */
	char **told;               /* of one that grows: where the program is told what it is; NULL: it does not grow */
	size_t *told_length;
};

bool opened_reads(const struct opened *opened);
bool opened_writes(const struct opened *opened);

/* Something to refer to the file. */
struct opened *opened_make(const char *name, enum opened_kind kind, int flags);

/* Reads up to `n` bytes: how many, and in *found where they are; they stay as they are until the next operation. 0:
 * the end. Or -1, with errno. */
ssize_t opened_read(struct opened *opened, size_t n, const void **found);
ssize_t opened_read_at(struct opened *opened, size_t n, uint64_t at, const void **found);

/* Writes bytes that are no memory of the program, or were taken (call_take()): how many were, or -1 with errno. */
ssize_t opened_write(struct opened *opened, const void *from, size_t n);
ssize_t opened_write_at(struct opened *opened, const void *from, size_t n, uint64_t at);

/* lseek(). */
off_t opened_seek(struct opened *opened, off_t offset, int whence);

/* Sets the size of an open file. Returns 0, or -1 with errno. */
int opened_resize(struct opened *opened, off_t size);

/* One more descriptor refers to it (1), or one fewer (-1). */
void opened_hold(struct opened *opened, int more);

/* pipe.c: as above, of pipes and eventfds. */
ssize_t pipe_read(struct opened *opened, size_t n, const void **found);
ssize_t pipe_write(struct opened *opened, const void *from, size_t n);
void pipe_hold(struct opened *opened, int more);
ssize_t counter_read(struct opened *opened, size_t n, const void **found);
ssize_t counter_write(struct opened *opened, const void *from, size_t n);

/* buffer.c: the same, and telling the program, if it is to be told. */
ssize_t buffer_read(struct opened *opened, size_t n, const void **found);
ssize_t buffer_write(struct opened *opened, const void *from, size_t n);
void buffer_tell(struct buffer *buffer);

/* Whether the program has asked that a write to a pipe without readers be an error only (SIGPIPE is ignored). */
extern bool pipe_is_error;

/* input.c: up to `n` bytes of the standard input from `at` on, 0 at its end; waits for them if they come from a
 * terminal. */
size_t input_read(uint64_t at, size_t n, const void **found);

/* Where the standard input comes from: a file; "": nothing is there. Set by the worker before the program begins. */
extern const char *input_file;

#endif
