/* Strings that are made to be kept. */
#ifndef SIM_TEXT_H
#define SIM_TEXT_H

/* A new string, as printf() would print it. Ends the process if there is no memory. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
