/* Strings that are made to be kept. */
#ifndef SIM_FORMAT_H
#define SIM_FORMAT_H

/* A new string, as printf() would print it. Ends the process if there is no memory. */
char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
