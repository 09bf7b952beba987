/*
 * The parts of sentence.c that are files of their own, and what these share with it.
 */
#ifndef SIM_SENTENCE_PARTS_H
#define SIM_SENTENCE_PARTS_H

#include <stdio.h>

#include "sentence.h"
#include "story.h"

/* A sentence under construction. Lifetime: one call of sentence_make(). */
struct sentence {
	FILE *out;
	const struct sim_finding *told;
	const struct sim_trace *trace;
	const struct names *names;
};

void sentence_say(const struct sentence *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "file.c:12"; "an unknown place" without debug information. */
void sentence_place(const struct sentence *s, const struct sim_place *place);

/* The name of the trace's thread. */
const char *sentence_name(const struct sentence *s, int thread);

/* "T2 set `ready` at x.c:9", of the trace's event. */
void sentence_did(const struct sentence *s, int event, const char *did);

/* "waits for `b` at x.c:3"; "waits for the end of T2 at x.c:9". */
void sentence_wait(const struct sentence *s, int thread);

/* sentence_starved.c: a thread that waits for a semaphore; for an event that nobody sets, or that was cleared too early. */
void sentence_starved(const struct sentence *s, int thread);
void sentence_never_set(const struct sentence *s, int thread);
void sentence_cleared(const struct sentence *s, int thread);

/* sentence_pipe.c: a thread that waits for a pipe or an eventfd. */
void sentence_pipe(const struct sentence *s, int thread);
void sentence_eventfd(const struct sentence *s, int thread);

/* sentence_barrier.c: the threads that wait at a barrier, and why nobody else will come. */
void sentence_underfill(const struct sentence *s, int thread);

/* sentence_memory.c: what a thread, whose name has been said, did to memory that it must not touch. */
void sentence_memory(const struct sentence *s, const struct incident *incident);

#endif
