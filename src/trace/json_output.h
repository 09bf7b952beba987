/*
 * Writing JSON members. Every function takes over nothing but the new reference it is given; running out of memory
 * shows as a missing member, never as a crash.
 */
#ifndef SIM_JSON_OUTPUT_H
#define SIM_JSON_OUTPUT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* `text` as a JSON string, bytes that are not UTF-8 replaced by U+FFFD; JSON null for NULL. A new reference. */
json_t *output_text(const char *text);
/* Sets a member to a string, or to null for NULL. */
void output_string(json_t *object, const char *key, const char *text);
/* The same, but no member at all for NULL. */
void output_optional(json_t *object, const char *key, const char *text);
/* Numbers above the range of JSON readers (2^63 - 1) are written as that. */
void output_count(json_t *object, const char *key, uint64_t value);
/* Rounded to microseconds, so that the text is short and the same everywhere. */
void output_seconds(json_t *object, const char *key, double seconds);
void output_strings(json_t *object, const char *key, char *const *strings, size_t n);

#endif
