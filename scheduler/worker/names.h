/*
 * Names for people: threads, objects, memory, source places. From the debug information of the program and the state of
 * the present execution.
 */
#ifndef SIM_NAMES_H
#define SIM_NAMES_H

#include "report.h"
#include "symbols.h"
#include "world.h"

/* Lifetime: one check. */
struct names {
	const struct world *world;
	struct symbols *symbols;
};

/* All results are new strings, never NULL. */

/* "main", "T1", "T1.2", or the name the program gave ("T1" is added where two threads have the same). */
char *names_thread(const struct names *names, int slot);
/* The same whatever names the program gives, and when: "main", "T1", "T1.2". */
char *names_thread_id(const struct names *names, int slot);
/* What a thread runs: the name of its function; NULL if unknown. */
char *names_function(const struct names *names, int slot);
/* The object of an operation: of locks and conditions the given name or the variable's; of threads the thread's name.
 * NULL for operations without one. */
char *names_object(const struct names *names, const struct sim_op *op);
/* The object with this index. */
char *names_object_at(const struct names *names, uint32_t index);
/* The variable, heap block or stack variable that holds `size` bytes at `address`. */
char *names_memory(const struct names *names, uintptr_t address, size_t size);

/* The place of a site; all members NULL or 0 if the site is 0. */
struct sim_place names_place(const struct names *names, uint32_t site);

#endif
