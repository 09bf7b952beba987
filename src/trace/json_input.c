#include "json_input.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void input_init(struct json_input *in, const char *what, char *error, size_t size)
{
	*in = (struct json_input){.what = what, .error = error, .size = size};
	if (size)
		error[0] = 0;
}

void input_fail(struct json_input *in, const char *format, ...)
{
	va_list list;

	if (in->failed)
		return;
	in->failed = true;
	va_start(list, format);
	if (in->size)
		vsnprintf(in->error, in->size, format, list);
	va_end(list);
}

/* The member, or NULL where it is absent or null. */
static const json_t *input_member(struct json_input *in, const json_t *object, const char *key, enum input_need need)
{
	const json_t *member = json_object_get(object, key);

	if (member && !json_is_null(member))
		return member;
	if (need == INPUT_REQUIRED)
		input_fail(in, "the %s has no \"%s\"", in->what, key);
	return NULL;
}

static void input_mistyped(struct json_input *in, const char *key, const char *type)
{
	input_fail(in, "\"%s\" in the %s is not %s", key, in->what, type);
}

static char *input_copy(struct json_input *in, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		input_fail(in, "no memory is left for the %s", in->what);
	return copy;
}

char *input_string(struct json_input *in, const json_t *object, const char *key, enum input_need need)
{
	const json_t *member = input_member(in, object, key, need);

	if (!member)
		return NULL;
	if (!json_is_string(member)) {
		input_mistyped(in, key, "a string");
		return NULL;
	}
	return input_copy(in, json_string_value(member));
}

int64_t input_integer(struct json_input *in, const json_t *object, const char *key, int64_t low, int64_t high,
		int64_t fallback)
{
	const json_t *member = input_member(in, object, key, INPUT_OPTIONAL);
	int64_t value;

	if (!member)
		return fallback;
	if (!json_is_integer(member)) {
		input_mistyped(in, key, "a whole number");
		return fallback;
	}
	value = json_integer_value(member);
	if (value < low || value > high) {
		input_fail(in, "\"%s\" in the %s is out of range: %lld", key, in->what, (long long)value);
		return fallback;
	}
	return value;
}

bool input_bool(struct json_input *in, const json_t *object, const char *key, bool fallback)
{
	const json_t *member = input_member(in, object, key, INPUT_OPTIONAL);

	if (!member)
		return fallback;
	if (!json_is_boolean(member)) {
		input_mistyped(in, key, "true or false");
		return fallback;
	}
	return json_is_true(member);
}

double input_seconds(struct json_input *in, const json_t *object, const char *key, double fallback)
{
	const json_t *member = input_member(in, object, key, INPUT_OPTIONAL);
	double value;

	if (!member)
		return fallback;
	value = json_number_value(member);
	if (!json_is_number(member) || value < 0) {
		input_mistyped(in, key, "a number of seconds");
		return fallback;
	}
	return value;
}

const json_t *input_array(struct json_input *in, const json_t *object, const char *key, enum input_need need)
{
	const json_t *member = input_member(in, object, key, need);

	if (member && !json_is_array(member)) {
		input_mistyped(in, key, "an array");
		return NULL;
	}
	return member;
}

const json_t *input_object(struct json_input *in, const json_t *object, const char *key, enum input_need need)
{
	const json_t *member = input_member(in, object, key, need);

	if (member && !json_is_object(member)) {
		input_mistyped(in, key, "an object");
		return NULL;
	}
	return member;
}

char **input_strings(struct json_input *in, const json_t *object, const char *key, size_t *n)
{
	const json_t *array = input_array(in, object, key, INPUT_OPTIONAL);
	size_t size = json_array_size(array);
	char **strings = input_items(in, size, sizeof(*strings));

	*n = 0;
	if (!strings)
		return NULL;
	for (size_t i = 0; i < size; i++) {
		const json_t *item = json_array_get(array, i);

		if (!json_is_string(item))
			input_mistyped(in, key, "an array of strings");
		strings[i] = input_copy(in, json_is_string(item) ? json_string_value(item) : "");
		if (!strings[i])
			break;
		(*n)++;
	}
	return strings;
}

void *input_items(struct json_input *in, size_t n, size_t item_size)
{
	void *items = n ? calloc(n, item_size) : NULL;

	if (n && !items)
		input_fail(in, "no memory is left for the %s", in->what);
	return items;
}

bool input_header(struct json_input *in, const json_t *json, const char *format, int version)
{
	const char *found = json_string_value(json_object_get(json, "format"));
	const json_t *number = json_object_get(json, "version");

	if (!json_is_object(json) || !found || strcmp(found, format) != 0)
		input_fail(in, "this is not a simcheck %s: it has no \"format\": \"%s\"", in->what, format);
	else if (!json_is_integer(number))
		input_fail(in, "the %s does not say which version it is", in->what);
	else if (json_integer_value(number) != version)
		input_fail(in, "the %s is of version %lld, and this simcheck reads version %d", in->what,
				(long long)json_integer_value(number), version);
	return !in->failed;
}
