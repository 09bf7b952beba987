/* Pictures: the same bytes each time, all formats, odd names, large and empty traces. Set SIMCHECK_PICTURES to a folder
 * to get the pictures of the examples there, for looking. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "examples.h"
#include "golden.h"
#include "viz.h"

/* The bytes of a picture as a string (PNG: up to its first zero). */
static char *drawn(const struct sim_finding *finding, const struct sim_report *report, enum viz_format format)
{
	char name[] = "picture-XXXXXX", error[300] = "", *data;
	int fd = mkstemp(name);

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_msg(viz_write(finding, report, format, name, error, sizeof(error)) == 0, "%s", error);
	data = golden_read(name);
	unlink(name);
	ck_assert_ptr_nonnull(data);
	return data;
}

static void check_dot(const char *name, const struct sim_report *report, size_t index)
{
	char *data = drawn(&report->findings[index], report, VIZ_DOT);

	golden_check(name, data);
	free(data);
}

START_TEST(golden_dot)
{
	check_dot("abba.dot", &example_abba, 0);
	check_dot("race.dot", &example_counter, 0);
	check_dot("update.dot", &example_counter, 1);
	check_dot("wakeup.dot", &example_wakeup, 0);
}
END_TEST

static void check_repeats(const struct sim_finding *finding, const struct sim_report *report, enum viz_format format)
{
	char *first = drawn(finding, report, format), *second = drawn(finding, report, format);

	ck_assert_str_eq(first, second);
	free(first);
	free(second);
}

START_TEST(same_each_time)
{
	struct sim_report ring = example_ring(12, 200);

	for (enum viz_format format = VIZ_DOT; format <= VIZ_SVG; format++) {
		check_repeats(&example_abba.findings[0], &example_abba, format);
		check_repeats(&ring.findings[0], &ring, format);
	}
	report_release(&ring);
}
END_TEST

START_TEST(svg_content)
{
	char *data = drawn(&example_wakeup.findings[0], &example_wakeup, VIZ_SVG);

	/* No version that would change the file, no path that would tell where it was made. */
	ck_assert_ptr_null(strstr(data, "Generated"));
	ck_assert_ptr_null(strstr(data, SIM_GOLDEN_DIR));
	ck_assert_ptr_nonnull(strstr(data, "</svg>"));
	/* The notify that was lost, and its stable name. */
	ck_assert_ptr_nonnull(strstr(data, "notify ready: nobody waiting"));
	ck_assert_ptr_nonnull(strstr(data, "id=\"event_5\""));
	/* Two locks were handed over: event 3 to 4, event 6 to 7; two threads were started. */
	ck_assert_ptr_nonnull(strstr(data, "id=\"cause_3_4_2\""));
	ck_assert_ptr_nonnull(strstr(data, "id=\"cause_6_7_2\""));
	ck_assert_ptr_nonnull(strstr(data, "id=\"cause_0_2_0\""));
	ck_assert_ptr_nonnull(strstr(data, "id=\"cause_1_4_0\""));
	/* One preemption, at event 4, and no other. */
	ck_assert_ptr_nonnull(strstr(data, "id=\"preemption_4\""));
	ck_assert_ptr_null(strstr(data, "id=\"preemption_7\""));
	free(data);
}
END_TEST

START_TEST(race_has_no_path)
{
	char *data = drawn(&example_counter.findings[0], &example_counter, VIZ_SVG);

	ck_assert_ptr_nonnull(strstr(data, "id=\"race\""));
	ck_assert_ptr_nonnull(strstr(data, "id=\"access_0\""));
	ck_assert_ptr_nonnull(strstr(data, "id=\"access_1\""));
	free(data);
}
END_TEST

START_TEST(png)
{
	char *data = drawn(&example_abba.findings[0], &example_abba, VIZ_PNG);

	ck_assert_int_eq(strncmp(data, "\x89PNG\r\n", 6), 0);
	free(data);
}
END_TEST

START_TEST(unwritable)
{
	static const enum viz_format formats[] = {VIZ_DOT, VIZ_SVG, VIZ_PNG};
	char error[300];

	for (size_t i = 0; i < 3; i++) {
		ck_assert_int_eq(viz_write(&example_abba.findings[0], &example_abba, formats[i], "no-such-folder/picture",
				error, sizeof(error)), -1);
		ck_assert_str_eq(error, "the picture cannot be written to no-such-folder/picture: "
				"No such file or directory");
	}
}
END_TEST

/* Names come from the program: nothing in them is markup, and what is too long is cut. */
START_TEST(odd_names)
{
	struct sim_trace_event events[] = {{.thread = 0, .op = "acquire", .object = "<b>\"&\\N\\l", .acquires = "<b>\"&\\N\\l",
		.value = "a\nb", .place = {.file = "x&y.c", .line = 3}}};
	struct sim_trace_thread threads[] = {{.name = "<T1>", .function = "", .state = "ended",
		.waits_for = {.holder = SIM_NONE}}};
	struct sim_finding finding = {.kind = "livelock", .message = "a < b && \"c\" \\n",
		.trace = {.threads = threads, .n_threads = 1, .events = events, .n_events = 1}};
	struct sim_report report = {.verdict = "bug", .findings = &finding, .n_findings = 1};
	char *data, name[400];

	data = drawn(&finding, &report, VIZ_SVG);
	ck_assert_ptr_nonnull(strstr(data, "a &lt; b &amp;&amp; &quot;c&quot; \\n"));
	ck_assert_ptr_nonnull(strstr(data, "&lt;T1&gt;"));
	ck_assert_ptr_nonnull(strstr(data, "acquire &lt;b&gt;&quot;&amp;\\N\\l: a?b"));
	free(data);
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = 0;
	events[0].object = threads[0].name = name;
	data = drawn(&finding, &report, VIZ_SVG);
	ck_assert_ptr_null(strstr(data, "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"));
	free(data);
}
END_TEST

START_TEST(empty_trace)
{
	struct sim_finding finding = {.kind = "crash", .message = "It crashed"};
	struct sim_report report = {.verdict = "bug", .findings = &finding, .n_findings = 1};
	char *data = drawn(&finding, &report, VIZ_SVG);

	ck_assert_ptr_nonnull(strstr(data, "It crashed"));
	free(data);
}
END_TEST

/* A claim that whoever waits waits for itself must not become an endless walk. */
START_TEST(wrong_cycle)
{
	struct sim_report ring = example_ring(3, 3);
	char *data;

	ring.findings[0].trace.threads[0].waits_for.holder = 1;
	ring.findings[0].trace.threads[1].waits_for.holder = 2;
	ring.findings[0].trace.threads[2].waits_for.holder = 1;
	data = drawn(&ring.findings[0], &ring, VIZ_SVG);
	ck_assert_ptr_nonnull(strstr(data, "</svg>"));
	free(data);
	ring.findings[0].trace.threads[0].waits_for.holder = 0;
	data = drawn(&ring.findings[0], &ring, VIZ_SVG);
	ck_assert_ptr_nonnull(strstr(data, "</svg>"));
	free(data);
	report_release(&ring);
}
END_TEST

static void keep(const char *folder, const char *name, const struct sim_report *report, size_t index)
{
	char path[400], error[300] = "";

	snprintf(path, sizeof(path), "%s/%s.png", folder, name);
	ck_assert_msg(viz_write(&report->findings[index], report, VIZ_PNG, path, error, sizeof(error)) == 0, "%s", error);
}

START_TEST(for_looking)
{
	const char *folder = getenv("SIMCHECK_PICTURES");
	struct sim_report small = example_ring(5, 65), large = example_ring(12, 200);

	if (folder) {
		keep(folder, "abba", &example_abba, 0);
		keep(folder, "race", &example_counter, 0);
		keep(folder, "update", &example_counter, 1);
		keep(folder, "wakeup", &example_wakeup, 0);
		keep(folder, "ring5", &small, 0);
		keep(folder, "ring12", &large, 0);
	}
	report_release(&small);
	report_release(&large);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("viz");
	TCase *tcase = tcase_create("pictures");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, golden_dot);
	tcase_add_test(tcase, same_each_time);
	tcase_add_test(tcase, svg_content);
	tcase_add_test(tcase, race_has_no_path);
	tcase_add_test(tcase, png);
	tcase_add_test(tcase, unwritable);
	tcase_add_test(tcase, odd_names);
	tcase_add_test(tcase, empty_trace);
	tcase_add_test(tcase, wrong_cycle);
	tcase_add_test(tcase, for_looking);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
