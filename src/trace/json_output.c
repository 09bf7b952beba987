#include "json_output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The length of the UTF-8 sequence that starts at `s`, 0 where none does. Reads no further than the terminating 0. */
static size_t output_sequence(const unsigned char *s)
{
	size_t length = *s < 0x80 ? 1 : *s >= 0xC2 && *s < 0xE0 ? 2 : *s >= 0xE0 && *s < 0xF0 ? 3 :
			*s >= 0xF0 && *s < 0xF5 ? 4 : 0;

	for (size_t i = 1; i < length; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	/* Overlong forms, surrogates, and what lies above U+10FFFF. */
	if ((*s == 0xE0 && s[1] < 0xA0) || (*s == 0xED && s[1] >= 0xA0) || (*s == 0xF0 && s[1] < 0x90) ||
			(*s == 0xF4 && s[1] >= 0x90))
		return 0;
	return length;
}

/* A copy in which each byte that belongs to no sequence is U+FFFD; NULL without memory. */
static char *output_repaired(const char *text)
{
	static const char replacement[] = "\xEF\xBF\xBD";
	char *copy = malloc(3 * strlen(text) + 1), *to = copy;

	if (!copy)
		return NULL;
	for (const char *from = text; *from;) {
		size_t length = output_sequence((const unsigned char *)from);

		memcpy(to, length ? from : replacement, length ? length : 3);
		to += length ? length : 3;
		from += length ? length : 1;
	}
	*to = 0;
	return copy;
}

json_t *output_text(const char *text)
{
	json_t *json;
	char *repaired;

	if (!text)
		return json_null();
	json = json_string(text);
	if (json)
		return json;
	repaired = output_repaired(text);
	json = repaired ? json_string(repaired) : NULL;
	free(repaired);
	return json;
}

void output_string(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, output_text(text));
}

void output_optional(json_t *object, const char *key, const char *text)
{
	if (text)
		output_string(object, key, text);
}

void output_count(json_t *object, const char *key, uint64_t value)
{
	json_object_set_new(object, key, json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value));
}

void output_seconds(json_t *object, const char *key, double seconds)
{
	json_object_set_new(object, key, json_real(round(seconds * 1e6) / 1e6));
}

void output_strings(json_t *object, const char *key, char *const *strings, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, output_text(strings[i]));
	json_object_set_new(object, key, array);
}
