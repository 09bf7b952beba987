/* Broken documents end in a sentence, never in a crash: the sanitizer build is what makes this test sharp. */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "examples.h"

/* Lifetime: one test. xorshift: the same sequence everywhere. */
struct generator {
	uint64_t state;
};

static size_t generator_below(struct generator *generator, size_t n)
{
	generator->state ^= generator->state << 13;
	generator->state ^= generator->state >> 7;
	generator->state ^= generator->state << 17;
	return generator->state % n;
}

/* Reads a document as everything it could be; what can be read must also be writable again. */
static int read_as_all(const json_t *json)
{
	struct sim_report report;
	struct sim_finding finding;
	struct sim_config config;
	char error[200];
	int n = 0;

	error[0] = 0;
	if (report_from_json(&report, json, error, sizeof(error)) == 0) {
		json_decref(report_to_json(&report, SIM_JSON_PATHS));
		report_release(&report);
		n++;
	} else {
		ck_assert_msg(error[0], "a failure without a sentence");
	}
	error[0] = 0;
	if (trace_file_from_json(&finding, json, error, sizeof(error)) == 0) {
		json_decref(trace_file_to_json(&finding, NULL));
		finding_release(&finding);
		n++;
	} else {
		ck_assert_msg(error[0], "a failure without a sentence");
	}
	error[0] = 0;
	if (config_from_json(&config, json, error, sizeof(error)) == 0) {
		json_decref(config_to_json(&config));
		config_release(&config);
		n++;
	} else {
		ck_assert_msg(error[0], "a failure without a sentence");
	}
	return n;
}

static json_t *random_value(struct generator *generator)
{
	switch (generator_below(generator, 9)) {
	case 0:
		return json_null();
	case 1:
		return json_integer(-1);
	case 2:
		return json_integer(INT64_MAX);
	case 3:
		return json_integer((json_int_t)generator_below(generator, 20));
	case 4:
		return json_string("T1");
	case 5:
		return json_string("nobody");
	case 6:
		return json_array();
	case 7:
		return json_object();
	default:
		return json_real(-0.5);
	}
}

/* Replaces or removes one value somewhere below `json`. */
static void mutate(struct generator *generator, json_t *json)
{
	size_t n = json_is_object(json) ? json_object_size(json) : json_array_size(json), pick;
	void *iter;

	if (!n)
		return;
	pick = generator_below(generator, n);
	if (json_is_array(json)) {
		json_t *item = json_array_get(json, pick);

		if (generator_below(generator, 4) && (json_is_object(item) || json_is_array(item)))
			mutate(generator, item);
		else if (generator_below(generator, 2))
			json_array_set_new(json, pick, random_value(generator));
		else
			json_array_remove(json, pick);
		return;
	}
	iter = json_object_iter(json);
	while (pick--)
		iter = json_object_iter_next(json, iter);
	if (generator_below(generator, 4) && json_object_iter_value(iter) &&
			(json_is_object(json_object_iter_value(iter)) || json_is_array(json_object_iter_value(iter))))
		mutate(generator, json_object_iter_value(iter));
	else if (generator_below(generator, 2))
		json_object_iter_set_new(json, iter, random_value(generator));
	else
		json_object_del(json, json_object_iter_key(iter));
}

static json_t *document(int which)
{
	struct sim_config config;
	json_t *json;

	switch (which) {
	case 0:
		return report_to_json(&example_counter, SIM_JSON_PATHS);
	case 1:
		return trace_file_to_json(&example_wakeup.findings[0], &example_wakeup);
	case 2:
		return report_to_json(&example_abba, SIM_JSON_PATHS);
	default:
		config_init(&config);
		config.program = strdup("p.so");
		json = config_to_json(&config);
		config_release(&config);
		return json;
	}
}

START_TEST(mutated_values)
{
	struct generator generator = {.state = 88172645463325252u};
	int accepted = 0, refused = 0;

	for (int round = 0; round < 4000; round++) {
		json_t *json = document(round % 4);

		for (size_t n = 1 + generator_below(&generator, 3); n; n--)
			mutate(&generator, json);
		if (read_as_all(json))
			accepted++;
		else
			refused++;
		json_decref(json);
	}
	/* Were it all one of the two, the test would show little. */
	ck_assert_int_gt(accepted, 400);
	ck_assert_int_gt(refused, 400);
}
END_TEST

START_TEST(truncated_text)
{
	for (int which = 0; which < 4; which++) {
		json_t *json = document(which);
		char *text = json_dumps(json, JSON_COMPACT);

		json_decref(json);
		for (size_t length = strlen(text); length-- > 0;) {
			text[length] = 0;
			/* A proper prefix of an object is never a document. */
			ck_assert_ptr_null(json_loads(text, 0, NULL));
		}
		free(text);
	}
}
END_TEST

START_TEST(changed_bytes)
{
	struct generator generator = {.state = 2463534242u};
	json_t *json = document(1);
	char *text = json_dumps(json, JSON_COMPACT);
	size_t size = strlen(text);

	json_decref(json);
	for (int round = 0; round < 4000; round++) {
		size_t at = generator_below(&generator, size);
		char kept = text[at];

		text[at] = (char)(' ' + generator_below(&generator, 95));
		json = json_loads(text, 0, NULL);
		if (json)
			read_as_all(json);
		json_decref(json);
		text[at] = kept;
	}
	free(text);
}
END_TEST

static void check_refused(const char *text, const char *expected)
{
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
	struct sim_finding finding;
	char error[300];

	ck_assert_ptr_nonnull(json);
	ck_assert_int_eq(trace_file_from_json(&finding, json, error, sizeof(error)), -1);
	ck_assert_str_eq(error, expected);
	json_decref(json);
}

#define HEAD "{\"format\": \"simcheck-trace\", \"version\": 1, "

START_TEST(sentences)
{
	check_refused("{}", "this is not a simcheck trace file: it has no \"format\": \"simcheck-trace\"");
	check_refused("[1]", "this is not a simcheck trace file: it has no \"format\": \"simcheck-trace\"");
	check_refused("{\"format\": \"simcheck-trace\", \"version\": 2}",
			"the trace file is of version 2, and this simcheck reads version 1");
	check_refused("{\"format\": \"simcheck-trace\"}", "the trace file does not say which version it is");
	check_refused(HEAD "\"schedule\": 7}", "\"schedule\" in the trace file is not an array");
	check_refused(HEAD "\"schedule\": []}", "the trace file has no \"threads\"");
	check_refused(HEAD "\"threads\": [], \"schedule\": [{\"thread\": \"T9\"}]}",
			"the trace file names a thread \"T9\" that is not among its threads");
	check_refused(HEAD "\"threads\": [{\"name\": \"main\", \"state\": \"ended\"}], \"schedule\": "
			"[{\"thread\": \"main\", \"op\": \"join\", \"causes\": [{\"kind\": \"join\", \"event\": 0}]}]}",
			"\"event\" in the trace file is out of range: 0");
}
END_TEST

/* Equal names: the index decides between them, but a name decides against a wrong index. */
START_TEST(threads_by_name)
{
	const char *text = HEAD "\"finding\": {\"kind\": \"livelock\", \"message\": \"m\"}, \"threads\": "
		"[{\"name\": \"main\", \"state\": \"ended\"}, {\"name\": \"w\", \"state\": \"ended\"}, "
		"{\"name\": \"w\", \"state\": \"ended\"}], \"schedule\": ["
		"{\"thread\": \"w\", \"thread_index\": 2, \"op\": \"yield\"}, "
		"{\"thread\": \"w\", \"thread_index\": 0, \"op\": \"yield\"}, {\"thread\": \"main\", \"op\": \"yield\"}]}";
	json_t *json = json_loads(text, 0, NULL);
	struct sim_finding finding;
	char error[300] = "";

	ck_assert_msg(trace_file_from_json(&finding, json, error, sizeof(error)) == 0, "%s", error);
	ck_assert_int_eq(finding.trace.events[0].thread, 2);
	ck_assert_int_eq(finding.trace.events[1].thread, 1);
	ck_assert_int_eq(finding.trace.events[2].thread, 0);
	finding_release(&finding);
	json_decref(json);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace-broken");
	TCase *tcase = tcase_create("input");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, mutated_values);
	tcase_add_test(tcase, truncated_text);
	tcase_add_test(tcase, changed_bytes);
	tcase_add_test(tcase, sentences);
	tcase_add_test(tcase, threads_by_name);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
