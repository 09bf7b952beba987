/* Formatted input, as the scanf() family reads it (C17 7.21.6.2), from any source of bytes. */
#ifndef SIM_SCAN_H
#define SIM_SCAN_H

#include <stdarg.h>

/* Where bytes come from. */
struct scan_source {
	int (*peek)(void *where); /* the next byte, or EOF; may wait for it */
	void (*skip)(void *where); /* takes it */
	void *where;
};

/* [thread] Reads as `format` says; what it stores is announced as written by the program. Returns how many items
 * were stored, or EOF if the input ended before the first. */
int scan(const struct scan_source *source, const char *format, va_list arguments);

#endif
