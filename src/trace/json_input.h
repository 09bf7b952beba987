/*
 * Reading JSON that somebody else wrote: every member is checked for its type and range, the first thing that is wrong
 * is told in one sentence, and everything after it reads as empty. So a caller reads all members and asks once, at the
 * end, whether it went well.
 */
#ifndef SIM_JSON_INPUT_H
#define SIM_JSON_INPUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Lifetime: reading one document. */
struct json_input {
	const char *what; /* "report", "trace file": what is read, for messages */
	char *error;      /* gets the first sentence */
	size_t size;      /* of `error` */
	bool failed;
};

enum input_need { INPUT_OPTIONAL, INPUT_REQUIRED };

/* Sets up `in`; `what` and `error` must outlive it. */
void input_init(struct json_input *in, const char *what, char *error, size_t size);
/* Records a sentence, unless there is one already. */
void input_fail(struct json_input *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The members of an object. An absent one, or null, is an error where required, and otherwise the fallback. */
char *input_string(struct json_input *in, const json_t *object, const char *key, enum input_need need);
int64_t input_integer(struct json_input *in, const json_t *object, const char *key, int64_t low, int64_t high,
		int64_t fallback);
bool input_bool(struct json_input *in, const json_t *object, const char *key, bool fallback);
/* Not negative. */
double input_seconds(struct json_input *in, const json_t *object, const char *key, double fallback);
/* NULL where absent; borrowed. */
const json_t *input_array(struct json_input *in, const json_t *object, const char *key, enum input_need need);
const json_t *input_object(struct json_input *in, const json_t *object, const char *key, enum input_need need);
/* An array of strings; *n is set, NULL where there are none. */
char **input_strings(struct json_input *in, const json_t *object, const char *key, size_t *n);

/* Zeroed memory for `n` items, NULL for none; running out of memory is a failure like any other. */
void *input_items(struct json_input *in, size_t n, size_t item_size);
/* Checks that `json` is an object with this `format` and `version`. */
bool input_header(struct json_input *in, const json_t *json, const char *format, int version);

#endif
