/*
 * Logging: lines that say which thread has written them.
 *
 *	sim_log("%d items left", n);	->	[Thread-1] 3 items left
 *
 * Semantics: Python's logging with the format "[%(threadName)s] %(message)s", to standard output. A line is printed in
 * one piece. Under the checker it is part of the program's output like what printf() writes, and no event: lines of
 * threads that do not meet come in any order. Any thread, any time.
 */
#ifndef SIMCHECK_LOG_H
#define SIMCHECK_LOG_H

#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Prints a line as printf() does, which needs no newline at its end: the calling thread's name comes before it, "?" in a
 * thread without a sim_thread. A line that finds no memory is left out.
 */
__attribute__((format(printf, 1, 2))) void sim_log(const char *format, ...);

/* As sim_log(), with the arguments in a va_list. */
__attribute__((format(printf, 1, 0))) void sim_vlog(const char *format, va_list arguments);

#ifdef __cplusplus
}
#endif

#endif
