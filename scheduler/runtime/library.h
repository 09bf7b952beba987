/*
 * What the C library remembers between calls, and keeps results in: one for all threads, as there. Functions that use it
 * without a lock of their own may not be called by two threads at once, which is told as the data race that it is.
 * Undone like the program's own memory.
 */
#ifndef SIM_LIBRARY_H
#define SIM_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { LIBRARY_MAX_VARIABLES = 1024, LIBRARY_TEXT = 1 << 18 };

/* Lifetime: one execution. */
struct library {
	_Alignas(8) char *strtok_rest;
	_Alignas(8) struct tm time;            /* gmtime() and localtime() */
	_Alignas(8) char time_text[64];        /* asctime() and ctime() */
	_Alignas(8) char error_text[64];       /* strerror() of an unknown error */
	_Alignas(8) char signal_text[64];      /* strsignal() of an unknown signal */
	_Alignas(8) char letters[8];           /* l64a() */
	_Alignas(8) struct drand48_data random48;
	_Alignas(8) uint64_t environment;      /* counts changes of the variables */
	char *variables[LIBRARY_MAX_VARIABLES + 1];
	size_t n_text;                         /* in use */
	char text[LIBRARY_TEXT];               /* the program's arguments, and variables that were set */
};

extern struct library library;

/* Puts the program's arguments, its environment (there is none) and its time zone (UTC) where they are the same for every
 * process. `args` and what it points to is copied. Returns the new argument vector. */
char **library_begin(char *const *args, size_t n);

/* [thread] Notes an access of a part of the library's memory. */
void library_reads(const void *part, size_t n);
void library_writes(void *part, size_t n);

/* What belongs to the byte at `address`, for people ("the state of strtok"); NULL: it is none of the library's.
 * *offset: which byte of that, from 0. */
const char *library_name(uintptr_t address, size_t *offset);

#endif
