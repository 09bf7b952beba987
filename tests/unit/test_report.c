/* The text report, byte for byte, and the exit status. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "examples.h"
#include "golden.h"
#include "text.h"
#include "verdict.h"
#include "words.h"

static char *rendered(const struct sim_report *report, const struct text_options *options)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	text_report(out, report, options);
	fclose(out);
	return text;
}

static void check_text(const char *name, const struct sim_report *report, const struct text_options *options)
{
	char *text = rendered(report, options);

	golden_check(name, text);
	free(text);
}

START_TEST(golden_texts)
{
	struct text_options options = {.width = 100, .replay = "simcheck --replay=bug.trace program.c"};

	check_text("abba.txt", &example_abba, &options);
	check_text("counter.txt", &example_counter, &options);
	check_text("wakeup.txt", &example_wakeup, &options);
	check_text("proved.txt", &example_proved, &options);
	check_text("incomplete.txt", &example_incomplete, &options);
}
END_TEST

/* wakeup.c as if main were in start.c: each thread's file stands in its title. Where the consumer then waits in a third
 * file, its own places name theirs. */
START_TEST(files_of_threads)
{
	struct text_options options = {.width = 0};
	struct sim_report report = example_wakeup;
	struct sim_finding finding = report.findings[0];
	struct sim_trace_event events[9];
	struct sim_trace_thread threads[3];
	char *text;

	ck_assert_uint_eq(finding.trace.n_events, 9);
	memcpy(events, finding.trace.events, sizeof events);
	memcpy(threads, finding.trace.threads, sizeof threads);
	events[0].place.file = events[1].place.file = threads[0].place.file = "start.c";
	finding.trace.events = events;
	finding.trace.threads = threads;
	report.findings = &finding;
	text = rendered(&report, &options);
	ck_assert_ptr_nonnull(strstr(text, "         start.c                  | wakeup.c                   | wakeup.c\n"));
	ck_assert_ptr_nonnull(strstr(text, "    8                             | wait ready             :19 |\n"));
	free(text);
	events[8].place.file = threads[1].place.file = "wait.c";
	text = rendered(&report, &options);
	ck_assert_ptr_nonnull(strstr(text, "         start.c                  |                                  | wakeup.c\n"));
	ck_assert_ptr_nonnull(strstr(text, "    8                             | wait ready             wait.c:19 |\n"));
	free(text);
}
END_TEST

/* At 60 columns three threads of at least 16 do not fit (9 + 3 * 16 + 2 * 3 = 63): rows name their threads. */
START_TEST(golden_narrow)
{
	struct text_options options = {.width = 60};

	check_text("abba-narrow.txt", &example_abba, &options);
}
END_TEST

START_TEST(golden_colors)
{
	struct text_options options = {.color = true};

	check_text("wakeup-color.txt", &example_wakeup, &options);
}
END_TEST

START_TEST(golden_quiet)
{
	struct text_options options = {.quiet = true};

	check_text("counter-quiet.txt", &example_counter, &options);
}
END_TEST

/* 5 threads, 65 events, of which only the last 5 concern the locks of the cycle; 80 columns are too few for five lanes
 * (9 + 5 * 16 + 4 * 3 = 101). */
START_TEST(golden_fold)
{
	struct text_options narrow = {.width = 80}, wide = {.width = 0};
	struct sim_report ring = example_ring(5, 65);

	check_text("ring-narrow.txt", &ring, &narrow);
	check_text("ring.txt", &ring, &wide);
	report_release(&ring);
}
END_TEST

/* No line of a table, and none that is wrapped, is wider than asked for; source lines end in time, too. */
START_TEST(within_width)
{
	for (int width = 70; width < 140; width += 7) {
		struct text_options options = {.width = width};
		char *text = rendered(&example_wakeup, &options), *save = NULL;
		char *line = strtok_r(text, "\n", &save);

		/* The verdict is one line, whatever its width. */
		for (line = strtok_r(NULL, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
			if (!strstr(line, "^ "))
				ck_assert_msg(words_width(line) <= (size_t)width, "width %d: %s", width, line);
		free(text);
	}
}
END_TEST

START_TEST(exit_statuses)
{
	struct sim_report report = {.verdict = "bounded", .classes = SIM_NONE};

	ck_assert_int_eq(verdict_exit_status(&example_proved), 0);
	ck_assert_int_eq(verdict_exit_status(&example_abba), 1);
	ck_assert_int_eq(verdict_exit_status(&example_incomplete), 3);
	ck_assert_int_eq(verdict_exit_status(&report), 3);
	report.verdict = "sampled";
	ck_assert_int_eq(verdict_exit_status(&report), 3);
	/* A report that says nothing proves nothing. */
	report.verdict = NULL;
	ck_assert_int_eq(verdict_exit_status(&report), 3);
}
END_TEST

static void check_line(const struct sim_report *report, const char *expected)
{
	char *line = verdict_line(report);

	ck_assert_str_eq(line, expected);
	free(line);
}

START_TEST(verdict_lines)
{
	struct sim_report report = {.verdict = "proved", .executions = 1, .classes = 1, .memory_model = "sc", .time = "any"};

	check_line(&report, "proved: 1 execution, one per class, time: any");
	report.executions = 12;
	report.blocked = 3;
	check_line(&report, "proved: 12 executions of 1 class, 3 redundant, time: any");
	report.assumes = (char *[]){"sequential consistency"};
	report.n_assumes = 1;
	check_line(&report, "proved under sequential consistency: 12 executions of 1 class, 3 redundant, time: any");
	report = (struct sim_report){.verdict = "bounded", .executions = 7, .classes = SIM_NONE,
		.limit = "at most 2 preemptions (--preemptions raises it)"};
	check_line(&report, "bounded: no bug found, but not everything was explored; 7 executions; "
		"at most 2 preemptions (--preemptions raises it)");
	report = (struct sim_report){.verdict = "sampled", .strategy = "pct", .executions = 500, .classes = 41,
		.time = "virtual"};
	check_line(&report, "sampled: no bug found, but not everything was explored; 500 executions of 41 classes, "
		"time: virtual, chosen by pct");
}
END_TEST

/* Names and output of a program are not to play with the terminal. */
START_TEST(control_characters)
{
	struct sim_finding finding = {
		.kind = "crash",
		.message = "bad\033[31m news\r\n of T1",
		.trace = {.output = "one\033[2J\ntwo"},
	};
	struct sim_report report = {.verdict = "bug", .classes = SIM_NONE, .findings = &finding, .n_findings = 1};
	struct text_options options = {.width = 80};
	char *text = rendered(&report, &options);

	ck_assert_ptr_null(strchr(text, '\033'));
	ck_assert_ptr_null(strchr(text, '\r'));
	ck_assert_ptr_nonnull(strstr(text, "bad?[31m news"));
	ck_assert_ptr_nonnull(strstr(text, "  | one?[2J\n  | two\n"));
	free(text);
}
END_TEST

/* 30 lines of output: the last 10 are shown, and that 20 are not. */
START_TEST(long_output)
{
	char output[30 * 3 + 1] = "";
	struct sim_finding finding = {.kind = "assertion", .message = "It fails", .trace = {.output = output}};
	struct sim_report report = {.verdict = "bug", .classes = SIM_NONE, .findings = &finding, .n_findings = 1};
	struct text_options options = {.width = 0};
	char *text;

	for (int i = 10; i < 40; i++)
		sprintf(output + strlen(output), "%d\n", i);
	text = rendered(&report, &options);
	ck_assert_ptr_nonnull(strstr(text, "  | ... 20 lines before\n  | 30\n"));
	ck_assert_ptr_nonnull(strstr(text, "  | 39\n"));
	ck_assert_ptr_null(strstr(text, "  | 29\n"));
	free(text);
}
END_TEST

START_TEST(shortening)
{
	static const struct {
		const char *text;
		size_t width;
		const char *expected;
	} cases[] = {
		{"short", 5, "short"},
		{"philosopher", 8, "phi..her"}, /* 3 + 2 + 3 */
		{"philosopher", 7, "phi..er"},  /* 3 + 2 + 2 */
		{"philosopher", 2, ".."},
		{"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", 4, "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F"}, /* 8 bytes, 4 columns */
		{"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", 3, "\xC3\xA4.."},
		{"a\tb", 5, "a?b"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = words_shorten(cases[i].text, cases[i].width);

		ck_assert_str_eq(text, cases[i].expected);
		ck_assert_uint_le(words_width(text), cases[i].width);
		free(text);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report");
	TCase *tcase = tcase_create("text");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tcase, golden_texts);
	tcase_add_test(tcase, files_of_threads);
	tcase_add_test(tcase, golden_narrow);
	tcase_add_test(tcase, golden_colors);
	tcase_add_test(tcase, golden_quiet);
	tcase_add_test(tcase, golden_fold);
	tcase_add_test(tcase, within_width);
	tcase_add_test(tcase, exit_statuses);
	tcase_add_test(tcase, verdict_lines);
	tcase_add_test(tcase, control_characters);
	tcase_add_test(tcase, long_output);
	tcase_add_test(tcase, shortening);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
