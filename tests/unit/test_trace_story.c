/* Which events are shown, which folded, and where the accesses of a race go. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "examples.h"
#include "story.h"

/* Short traces are shown whole; the two accesses that are no events come after the starts of their threads. */
START_TEST(short_trace)
{
	static const struct {
		enum sim_row_kind kind;
		int thread, event, access;
	} expected[] = {
		{SIM_ROW_EVENT, 0, 0, SIM_NONE},
		{SIM_ROW_ACCESS, 1, 0, 0},
		{SIM_ROW_EVENT, 0, 1, SIM_NONE},
		{SIM_ROW_ACCESS, 2, 1, 1},
		{SIM_ROW_EVENT, 0, 2, SIM_NONE},
		{SIM_ROW_EVENT, 0, 3, SIM_NONE},
	};
	struct sim_story story;

	ck_assert_int_eq(story_make(&story, &example_counter.findings[0], 100), 0);
	ck_assert_uint_eq(story.n_rows, 6);
	for (size_t i = 0; i < story.n_rows; i++) {
		ck_assert_int_eq(story.rows[i].kind, expected[i].kind);
		ck_assert_int_eq(story.rows[i].thread, expected[i].thread);
		ck_assert_int_eq(story.rows[i].event, expected[i].event);
		ck_assert_int_eq(story.rows[i].access, expected[i].access);
	}
	story_release(&story);
}
END_TEST

/* A promoted access is an event itself: its row says so, and there is no row besides. */
START_TEST(access_that_is_an_event)
{
	struct sim_finding finding = example_counter.findings[1];
	struct sim_story story;

	finding.object = "counter";
	finding.accesses[0] = (struct sim_access){.thread = 1, .event = 5, .op = "write", .place = {.line = 10}};
	ck_assert_int_eq(story_make(&story, &finding, 100), 0);
	ck_assert_uint_eq(story.n_rows, finding.trace.n_events);
	ck_assert_int_eq(story.rows[5].access, 0);
	story_release(&story);
}
END_TEST

/* 65 events of 5 threads: the last 5 take the locks of the cycle, the 60 before concern others. */
START_TEST(folding)
{
	struct sim_report ring = example_ring(5, 65);
	struct sim_story story;

	ck_assert_int_eq(story_make(&story, &ring.findings[0], 100), 0);
	ck_assert_uint_eq(story.n_rows, 6);
	ck_assert_int_eq(story.rows[0].kind, SIM_ROW_FOLD);
	ck_assert_int_eq(story.rows[0].n, 60);
	ck_assert_int_eq(story.rows[0].thread, SIM_NONE);
	ck_assert_int_eq(story.rows[5].event, 64);
	for (size_t t = 0; t < 5; t++)
		ck_assert(story.lanes[t]);
	story_release(&story);
	report_release(&ring);
}
END_TEST

/* However few rows are wanted, the events that took what is still held stay. */
START_TEST(limit)
{
	struct sim_report ring = example_ring(5, 65);
	struct sim_story story;

	ck_assert_int_eq(story_make(&story, &ring.findings[0], 1), 0);
	ck_assert_uint_eq(story.n_rows, 6);
	story_release(&story);
	report_release(&ring);
}
END_TEST

START_TEST(empty_trace)
{
	struct sim_finding finding = {.kind = "crash", .message = "m"};
	struct sim_story story;

	ck_assert_int_eq(story_make(&story, &finding, 100), 0);
	ck_assert_uint_eq(story.n_rows, 0);
	story_release(&story);
}
END_TEST

START_TEST(switches)
{
	const struct sim_trace *trace = &example_wakeup.findings[0].trace;

	ck_assert_int_eq(story_switch(trace, 0), SIM_SWITCH_NONE);
	ck_assert_int_eq(story_switch(trace, 1), SIM_SWITCH_NONE);
	ck_assert_int_eq(story_switch(trace, 2), SIM_SWITCH_BLOCKED);
	ck_assert_int_eq(story_switch(trace, 4), SIM_SWITCH_PREEMPTION);
	ck_assert_int_eq(story_switch(trace, 7), SIM_SWITCH_BLOCKED);
}
END_TEST

START_TEST(holding)
{
	const struct sim_trace *trace = &example_wakeup.findings[0].trace;

	ck_assert(!story_holds(trace, 1, "guard", SIM_NONE));
	ck_assert(!story_holds(trace, 1, "guard", 1));
	ck_assert(story_holds(trace, 1, "guard", 2));
	ck_assert(!story_holds(trace, 1, "guard", 3));
	ck_assert(story_holds(trace, 2, "guard", 5));
	ck_assert(!story_holds(trace, 1, "guard", 5));
	/* The wait gives it up. */
	ck_assert(story_holds(trace, 1, "guard", 7));
	ck_assert(!story_holds(trace, 1, "guard", 8));
}
END_TEST

START_TEST(subject)
{
	ck_assert_str_eq(story_subject(&example_wakeup.findings[0]), "ready");
	/* The assertion names no object, but it fails where counter has been read. */
	ck_assert_ptr_null(example_counter.findings[1].object);
	ck_assert_str_eq(story_subject(&example_counter.findings[1]), "counter");
}
END_TEST

static void check_text(char *text, const char *expected)
{
	ck_assert_str_eq(text, expected);
	free(text);
}

/* T1 and T2 read the counter, then both write it: what T1 wrote is lost. Had T2 read it again, nothing would be. */
START_TEST(lost_change)
{
	struct sim_trace_event events[] = {
		{.thread = 1, .op = "read", .object = "counter"},
		{.thread = 2, .op = "read", .object = "counter"},
		{.thread = 1, .op = "write", .object = "counter"},
		{.thread = 2, .op = "write", .object = "counter"},
		{.thread = 0, .op = "read", .object = "counter", .failing = true},
	};
	struct sim_trace trace = {.events = events, .n_events = 5};
	int writing, lost;

	ck_assert(story_lost_change(&trace, &writing, &lost));
	ck_assert_int_eq(writing, 3);
	ck_assert_int_eq(lost, 2);
	events[3].op = "fetch-add";
	ck_assert(!story_lost_change(&trace, &writing, &lost));
	events[3].op = "write";
	events[4].failing = false;
	ck_assert(!story_lost_change(&trace, &writing, &lost));
	events[4].failing = true;
	events[4].object = "other";
	ck_assert(!story_lost_change(&trace, &writing, &lost));
	/* Nothing was read, so nothing was made of an old value. */
	events[4].object = "counter";
	events[1].object = "other";
	ck_assert(!story_lost_change(&trace, &writing, &lost));
}
END_TEST

START_TEST(texts)
{
	const struct sim_trace *trace = &example_wakeup.findings[0].trace, *abba = &example_abba.findings[0].trace;

	check_text(story_event_text(&trace->events[5]), "notify ready: nobody waiting");
	check_text(story_event_text(&trace->events[2]), "acquire guard");
	check_text(story_wait_text(trace, 0), "for the end of consumer");
	check_text(story_wait_text(trace, 1), "for a notify of ready");
	check_text(story_wait_text(trace, 2), "");
	check_text(story_wait_text(abba, 1), "for right, held by T2");
	/* Notified, but its lock is taken. */
	struct sim_trace_thread threads[2] = {{.name = "T1", .waits_for = {.op = "wake", .object = "guard", .holder = 1}},
	                                      {.name = "T2"}};
	struct sim_trace notified = {.threads = threads, .n_threads = 2};
	ck_assert(!story_awaits_notify(&threads[0]));
	ck_assert(story_retakes_lock(&threads[0]));
	check_text(story_wait_text(&notified, 0), "to take guard again, held by T2");
	threads[1].waits_for.op = "poll";
	threads[1].waits_for.object = "flag";
	ck_assert(story_polls(&threads[1]));
	check_text(story_wait_text(&notified, 1), "for a change of flag");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace-story");
	TCase *tcase = tcase_create("story");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tcase, short_trace);
	tcase_add_test(tcase, access_that_is_an_event);
	tcase_add_test(tcase, folding);
	tcase_add_test(tcase, limit);
	tcase_add_test(tcase, empty_trace);
	tcase_add_test(tcase, switches);
	tcase_add_test(tcase, holding);
	tcase_add_test(tcase, subject);
	tcase_add_test(tcase, texts);
	tcase_add_test(tcase, lost_change);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
