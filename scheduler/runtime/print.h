/*
 * Formatting as printf() does, with the strings that are printed, and what %n stores, as accesses of the program.
 */
#ifndef SIM_PRINT_H
#define SIM_PRINT_H

#include <stdarg.h>

/* [thread] Formats onto the scratch stack, which the caller releases (scratch.h). Sets *text, which ends in 0. Returns its
 * length, or -1 with the thread's errno. */
int print_text(char **text, const char *format, va_list arguments);

#endif
