/*
 * The table of descriptors. All functions: [thread].
 *
 * To the race detector an entry is a variable: who opens and who closes writes it, whoever uses the descriptor reads
 * it. A descriptor that is closed while another thread may use it is a race, and no event for each use is needed. That
 * a new descriptor is the lowest free one depends on those that others open and close: these calls are events on the
 * table.
 */
#ifndef SIM_DESCRIPTOR_H
#define SIM_DESCRIPTOR_H

#include <sys/types.h>

#include "opened.h"

enum { DESCRIPTOR_MAX = 1024 };

/* What the race detector has to watch. Lifetime: process; contents: one execution. */
extern struct descriptor_shared {
	struct opened *at[DESCRIPTOR_MAX]; /* NULL: free */
	char large_numbers;                /* not a variable: promoted once a large number was added to an eventfd */
} descriptor_shared;

/* Whether the program can see numbers of descriptors: only then they have to be the right ones. Set by the worker. */
extern bool descriptor_is_seen;

/* What the descriptor refers to; NULL, with errno, if it is none. */
struct opened *descriptor_use(int descriptor);

/* The lowest free descriptor from `least` on, made to refer to `opened`; -1 with errno if there is none. */
int descriptor_add(struct opened *opened, int least, bool closes_on_exec);

/* Makes `descriptor` refer to `opened`, whatever it did before. */
void descriptor_replace(int descriptor, struct opened *opened, bool closes_on_exec);

/* Returns 0, or -1 with errno. */
int descriptor_close(int descriptor);

/* FD_CLOEXEC: it means nothing here, but the program can ask. */
bool descriptor_closes_on_exec(int descriptor);
void descriptor_set_close_on_exec(int descriptor, bool closes);

/* open(), without a descriptor. NULL, with errno, on failure. */
struct opened *descriptor_open(const char *name, int flags, mode_t mode);

#endif
