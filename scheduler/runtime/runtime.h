/*
 * What the runtime's own files share. The functions that programs call (__wrap_*) have no header: the linker redirects
 * the program's calls to them, from the list in src/program/externals.def.
 */
#ifndef SIM_RUNTIME_H
#define SIM_RUNTIME_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "semantics.h"
#include "world.h"

/* A function that programs call. */
#define RUNTIME_API __attribute__((visibility("default")))

/* As much as one operation on memory may read or write at a time with its value on record. */
enum { RUNTIME_PIECE = sizeof(struct sim_wide) };

/* Another name for a function that is defined above. */
#define RUNTIME_ALIAS(name, same) \
	extern __typeof__(__wrap_##same) __wrap_##name __attribute__((alias("__wrap_" #same), visibility("default")));

/* [thread] Notes that the program reads or writes `n` bytes at `address` through a function of the C library. */
void runtime_reads(const void *address, size_t n);
void runtime_writes(void *address, size_t n);

/* [thread] Notes that the program reads a string, up to `most` bytes of it. Returns its length, or `most`: where the
 * string races, what it is when the read is done. */
size_t runtime_reads_string(const char *s, size_t most);

/* [thread] Whether any of these bytes race: others may run before each access of them, and whoever works on several pieces
 * notes that it reads a piece, takes it, notes that it writes, and puts it. */
bool runtime_races(const void *address, size_t n);

/* [thread] Copies for the program: notes both accesses. The two may overlap. Returns `to`. */
void *runtime_copy(void *to, const void *from, size_t n);

/* [thread] Writes for the program what is in memory that is none of the program's. Returns the end of what was written. */
void *runtime_put(void *to, const void *from, size_t n);

/* [thread] Writes `n` times the same byte. */
void runtime_fill(void *to, int byte, size_t n);

/* [thread] Reports that the program breaks a rule of the C library, and stops the calling thread. */
_Noreturn void runtime_misuse(const char *cause, const char *what);

/* A call of the C library in place of the program, which has an errno of its own for each thread. */
#define RUNTIME_CALL(call) \
	({ \
		errno = 0; \
		__auto_type runtime_result = (call); \
		if (errno) \
			world_thread()->error = errno; \
		runtime_result; \
	})

/* [thread] Main has returned: runs the functions given to atexit() and on_exit(), last first. Nobody else does so meanwhile. */
void exit_on_return(void);

/* [thread] What main has returned, for those functions. */
void exit_set_status(int status);

/* What the runtime keeps at `address`, for people: "the functions that exit() calls"; NULL if it is nothing of that. */
const char *exit_describe(uintptr_t address);

/* The place of the program's thread-local data among the loaded modules: set by the worker. */
extern size_t tls_module;

#endif
