/* Reports, trace files and configurations survive the way through JSON. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "examples.h"

#define COMPACT (JSON_COMPACT | JSON_REAL_PRECISION(12))

static char *dumped(json_t *json)
{
	char *text = json_dumps(json, COMPACT);

	ck_assert_ptr_nonnull(text);
	json_decref(json);
	return text;
}

/* Written, read back and written again it is the same text, so nothing that is written gets lost in reading. */
static void check_report_round_trip(const struct sim_report *report, unsigned flags)
{
	char error[200] = "", *first = dumped(report_to_json(report, flags)), *second;
	json_t *json = json_loads(first, 0, NULL);
	struct sim_report copy;

	ck_assert_msg(report_from_json(&copy, json, error, sizeof(error)) == 0, "%s", error);
	json_decref(json);
	second = dumped(report_to_json(&copy, flags));
	ck_assert_str_eq(first, second);
	report_release(&copy);
	free(first);
	free(second);
}

START_TEST(report_round_trips)
{
	struct sim_report ring = example_ring(12, 200);

	check_report_round_trip(&example_abba, SIM_JSON_PATHS);
	check_report_round_trip(&example_counter, SIM_JSON_PATHS);
	check_report_round_trip(&example_wakeup, SIM_JSON_USER);
	check_report_round_trip(&example_proved, SIM_JSON_PATHS);
	check_report_round_trip(&example_incomplete, SIM_JSON_PATHS);
	check_report_round_trip(&ring, SIM_JSON_PATHS);
	report_release(&ring);
}
END_TEST

/* The names of DESIGN section 7, member by member: the round trip alone would not notice a misspelt one. */
START_TEST(report_names)
{
	static const char *const report_members[] = {"format", "version", "files", "verdict", "strategy", "memory_model",
		"time", "executions", "blocked", "classes", "events", "seconds", "compile_seconds", "peak_kb", "findings"};
	static const char *const finding_members[] = {"kind", "cause", "message", "file", "line", "execution", "threads",
		"trace"};
	static const char *const thread_members[] = {"name", "state", "file", "line", "holds", "waits_for"};
	static const char *const event_members[] = {"index", "thread", "op", "object", "file", "line", "value"};
	json_t *json = report_to_json(&example_abba, SIM_JSON_USER);
	json_t *finding = json_array_get(json_object_get(json, "findings"), 0);
	json_t *thread = json_array_get(json_object_get(finding, "threads"), 1);
	json_t *event = json_array_get(json_object_get(finding, "trace"), 2);

	for (size_t i = 0; i < sizeof(report_members) / sizeof(report_members[0]); i++)
		ck_assert_ptr_nonnull(json_object_get(json, report_members[i]));
	for (size_t i = 0; i < sizeof(finding_members) / sizeof(finding_members[0]); i++)
		ck_assert_ptr_nonnull(json_object_get(finding, finding_members[i]));
	for (size_t i = 0; i < sizeof(thread_members) / sizeof(thread_members[0]); i++)
		ck_assert_ptr_nonnull(json_object_get(thread, thread_members[i]));
	for (size_t i = 0; i < sizeof(event_members) / sizeof(event_members[0]); i++)
		ck_assert_ptr_nonnull(json_object_get(event, event_members[i]));
	ck_assert_str_eq(json_string_value(json_object_get(json, "format")), "simcheck-report");
	ck_assert_str_eq(json_string_value(json_object_get(event, "thread")), "T1");
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(thread, "waits_for"), "holder")), "T2");
	json_decref(json);
}
END_TEST

START_TEST(paths_stay_inside)
{
	char *user = dumped(report_to_json(&example_counter, SIM_JSON_USER));
	char *front = dumped(report_to_json(&example_counter, SIM_JSON_PATHS));
	char *trace = dumped(trace_file_to_json(&example_counter.findings[1], &example_counter));

	ck_assert_ptr_null(strstr(user, SIM_GOLDEN_DIR));
	ck_assert_ptr_nonnull(strstr(front, SIM_GOLDEN_DIR));
	ck_assert_ptr_null(strstr(trace, SIM_GOLDEN_DIR));
	free(user);
	free(front);
	free(trace);
}
END_TEST

/* 0.000125 s are 125 us; what is below a microsecond is noise, and 0.25 must not become 0.25000000000000001. */
START_TEST(seconds_are_rounded)
{
	struct sim_report report = {.verdict = "proved", .strategy = "dfs", .seconds = 0.1000004, .compile_seconds = 0.25};
	json_t *json = report_to_json(&report, SIM_JSON_USER);
	char *text = json_dumps(json, SIM_JSON_LAYOUT);

	ck_assert_ptr_nonnull(strstr(text, "\"seconds\": 0.1,"));
	ck_assert_ptr_nonnull(strstr(text, "\"compile_seconds\": 0.25,"));
	json_decref(json);
	free(text);
}
END_TEST

/* What a program prints may be any bytes. */
START_TEST(strings_become_utf8)
{
	struct sim_finding finding = {.kind = "crash", .message = "m",
		.trace = {.output = "a\xFFz\xE2\x82\xAC\xED\xA0\x80"}};
	struct sim_report report = {.verdict = "bug", .strategy = "dfs", .findings = &finding, .n_findings = 1};
	json_t *json = report_to_json(&report, SIM_JSON_USER);
	json_t *first = json_array_get(json_object_get(json, "findings"), 0);

	/* 0xFF starts nothing; the euro sign is fine; a surrogate is three wrong bytes. */
	ck_assert_str_eq(json_string_value(json_object_get(first, "output")),
			"a\xEF\xBF\xBDz\xE2\x82\xAC\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	json_decref(json);
}
END_TEST

START_TEST(trace_file_round_trips)
{
	char name[] = "trace-XXXXXX", error[300] = "", *first, *second;
	int fd = mkstemp(name);
	struct sim_finding copy;
	struct sim_report report = {.files = example_counter.files, .n_files = 1, .strategy = "dfs", .memory_model = "sc"};

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(trace_file_save(name, &example_counter.findings[0], &example_counter, error, sizeof(error)), 0);
	ck_assert_msg(trace_file_load(&copy, name, error, sizeof(error)) == 0, "%s", error);
	unlink(name);
	ck_assert_str_eq(copy.trace.threads[1].function, "increment");
	ck_assert_str_eq(copy.accesses[1].op, "read");
	ck_assert_int_eq(copy.accesses[1].thread, 2);
	ck_assert_int_eq(copy.accesses[1].event, SIM_NONE);
	first = dumped(trace_file_to_json(&example_counter.findings[0], &example_counter));
	second = dumped(trace_file_to_json(&copy, &report));
	ck_assert_str_eq(first, second);
	finding_release(&copy);
	free(first);
	free(second);
}
END_TEST

START_TEST(trace_file_errors)
{
	char error[300];
	struct sim_finding finding;

	ck_assert_int_eq(trace_file_load(&finding, "no-such-folder/a.trace", error, sizeof(error)), -1);
	ck_assert_str_eq(error, "the trace file no-such-folder/a.trace cannot be read: No such file or directory");
	ck_assert_int_eq(trace_file_save("no-such-folder/a.trace", &example_abba.findings[0], &example_abba, error,
			sizeof(error)), -1);
	ck_assert_str_eq(error, "the trace cannot be written to no-such-folder/a.trace: No such file or directory");
}
END_TEST

/* The sentence is `before`, the name of the file, `after`. */
static void check_unloadable(const char *content, const char *before, const char *after)
{
	char name[] = "trace-XXXXXX", error[300], expected[300];
	int fd = mkstemp(name);
	struct sim_finding finding;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, content, strlen(content)), (int)strlen(content));
	close(fd);
	ck_assert_int_eq(trace_file_load(&finding, name, error, sizeof(error)), -1);
	unlink(name);
	snprintf(expected, sizeof(expected), "%s%s%s", before, name, after);
	ck_assert_str_eq(error, expected);
}

START_TEST(trace_file_truncated)
{
	char *text = dumped(trace_file_to_json(&example_abba.findings[0], &example_abba));

	text[strlen(text) / 2] = 0;
	check_unloadable(text, "the trace file ", " ends in the middle (line 1)");
	free(text);
	check_unloadable("", "the trace file ", " ends in the middle (line 1)");
	check_unloadable("schedule:\n T1", "the trace file ", " is not JSON (line 1)");
	check_unloadable("{\"format\": \"simcheck-trace\", \"version\": 9}",
			"", ": the trace file is of version 9, and this simcheck reads version 1");
}
END_TEST

START_TEST(config_round_trips)
{
	struct sim_config config, copy;
	char error[200], *first, *second;
	json_t *json;

	config_init(&config);
	config.program = strdup("program.so");
	config.args = calloc(2, sizeof(*config.args));
	config.args[0] = strdup("program");
	config.args[1] = strdup("-v");
	config.n_args = 2;
	config.max_executions = 12;
	config.timeout_s = 1.5;
	config.spurious_wakeups = 2;
	config.keep_going = config.verify_restore = config.progress = true;
	json = trace_file_to_json(&example_wakeup.findings[0], NULL);
	config.replay = calloc(1, sizeof(*config.replay));
	ck_assert_int_eq(trace_file_from_json(config.replay, json, error, sizeof(error)), 0);
	json_decref(json);
	first = dumped(config_to_json(&config));
	json = json_loads(first, 0, NULL);
	ck_assert_int_eq(config_from_json(&copy, json, error, sizeof(error)), 0);
	json_decref(json);
	ck_assert_uint_eq(copy.n_args, 2);
	ck_assert_uint_eq(copy.replay->trace.n_events, 9);
	second = dumped(config_to_json(&copy));
	ck_assert_str_eq(first, second);
	config_release(&config);
	config_release(&copy);
	free(first);
	free(second);
}
END_TEST

/* A configuration of nothing but the program is the defaults. */
START_TEST(config_defaults)
{
	struct sim_config config, defaults;
	char error[200];
	json_t *json = json_pack("{s:s, s:i, s:s}", "format", "simcheck-config", "version", 1, "program", "p.so");

	ck_assert_int_eq(config_from_json(&config, json, error, sizeof(error)), 0);
	config_init(&defaults);
	ck_assert_str_eq(config.entry, "main");
	ck_assert_uint_eq(config.max_events, defaults.max_events);
	ck_assert_uint_eq(config.memory, defaults.memory);
	ck_assert(!config.keep_going);
	config_release(&config);
	config_release(&defaults);
	json_object_del(json, "program");
	ck_assert_int_eq(config_from_json(&config, json, error, sizeof(error)), -1);
	ck_assert_str_eq(error, "the configuration has no \"program\"");
	json_decref(json);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace");
	TCase *tcase = tcase_create("json");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tcase, report_round_trips);
	tcase_add_test(tcase, report_names);
	tcase_add_test(tcase, paths_stay_inside);
	tcase_add_test(tcase, seconds_are_rounded);
	tcase_add_test(tcase, strings_become_utf8);
	tcase_add_test(tcase, trace_file_round_trips);
	tcase_add_test(tcase, trace_file_errors);
	tcase_add_test(tcase, trace_file_truncated);
	tcase_add_test(tcase, config_round_trips);
	tcase_add_test(tcase, config_defaults);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
