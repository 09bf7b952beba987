/* Pieces of text: how wide they are, how to shorten and wrap them, places. */
#ifndef SIM_WORDS_H
#define SIM_WORDS_H

#include <stddef.h>
#include <stdio.h>

#include "report.h"

/* Columns that a UTF-8 text takes, one per code point. */
size_t words_width(const char *text);

/* A copy of at most `width` columns (at least 2), the middle replaced by ".." where it is too long; control characters
 * become '?'. To be freed; NULL without memory or for NULL. */
char *words_shorten(const char *text, size_t width);

/* Writes `text` with line breaks between words: the first line starts at column `indent` already, the others are
 * indented to it. `width` 0: no breaks. Ends with a newline. */
void words_wrap(FILE *out, const char *text, size_t indent, size_t width);

/* Formats into memory: a string to be freed, NULL without memory. */
char *words_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* " at abba.c:9", or "" where the place is unknown. To be freed. */
char *words_at(const char *preposition, const struct sim_place *place);

#endif
