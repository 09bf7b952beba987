/*
 * Constructors and destructors of a program are not for the dynamic loader to run: they are code of the program like any
 * other, and belong into the simulation. So the loader is not told of them. Their tables in the shared object get tags of
 * our own, which loaders pass over; the worker finds them by those and runs the constructors before main.
 */
#ifndef SIM_WITHHOLD_H
#define SIM_WITHHOLD_H

#include <elf.h>

/* In place of DT_INIT_ARRAY, DT_INIT_ARRAYSZ, DT_FINI_ARRAY and DT_FINI_ARRAYSZ: in the range left to applications that
 * nobody interprets. */
enum {
	WITHHOLD_OFFSET = 0x60515000,
	WITHHOLD_INIT_ARRAY = WITHHOLD_OFFSET + DT_INIT_ARRAY,
	WITHHOLD_INIT_ARRAYSZ = WITHHOLD_OFFSET + DT_INIT_ARRAYSZ,
};

/* Changes the shared object at `path`. Returns 0, or -1 when it cannot be read or written as one. */
int withhold_constructors(const char *path);

#endif
