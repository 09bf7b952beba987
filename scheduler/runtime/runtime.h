/*
 * What the runtime's own files share. The functions that programs call (__wrap_*) have no header: the linker redirects
 * the program's calls to them, from the list in src/program/externals.def.
 */
#ifndef SIM_RUNTIME_H
#define SIM_RUNTIME_H

#include <stddef.h>

/* A function that programs call. */
#define RUNTIME_API __attribute__((visibility("default")))

/* [thread] Notes that the program reads or writes `n` bytes at `address` through a function of the C library. */
void runtime_reads(const void *address, size_t n);
void runtime_writes(void *address, size_t n);

/* [thread] Notes that the program reads a string, up to `most` bytes of it. Returns its length, or `most`: where the
 * string races, what it is when the read is done. */
size_t runtime_reads_string(const char *s, size_t most);

/* [thread] Copies for the program: notes both accesses. The two may overlap. Returns `to`. */
void *runtime_copy(void *to, const void *from, size_t n);

/* [thread] Runs the functions given to atexit(), last first. */
void process_run_exit_handlers(void);

/* The place of the program's thread-local data among the loaded modules: set by the worker. */
extern size_t tls_module;

#endif
