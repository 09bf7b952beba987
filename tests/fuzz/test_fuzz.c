/*
 * The fuzzer itself: that it sees what it is there to see. Strategies that are wrong in known ways take the place of the
 * one under test.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"
#include "shrink.h"

static struct program program;

static void read_program(const char *text)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	ck_assert_ptr_nonnull(in);
	ck_assert_int_eq(program_parse(&program, in), 0);
	fclose(in);
}

/* One execution, the first, and no more. */
static void explore_once(struct search *search)
{
	int thread;
	while ((thread = execution_first_enabled(search->execution)) != SIM_NOBODY)
		execution_step(search->execution, thread, 0);
	search_complete(search);
}

static void explore_twice(struct search *search)
{
	strategy_dpor.explore(search);
	execution_restore(search->execution, 0);
	explore_once(search);
}

static const struct strategy once = {.name = "once", .explore = explore_once};
static const struct strategy twice = {.name = "twice", .explore = explore_twice};

static struct compare_result compare_with(const struct strategy *strategy, uint64_t max_executions)
{
	const struct compare_options options = {.tested = strategy, .max_executions = max_executions, .verifies = true};
	return compare_program(&program, &options);
}

/* Two threads that write one location: either first. Two that write different ones: no matter. */
static const char two_writers[] = "style posix\n"
                                  "thread 0\n"
                                  "start thread=1\n"
                                  "join thread=1\n"
                                  "thread 1\n"
                                  "start thread=2\n"
                                  "store at=0 size=4 value=1\n"
                                  "join thread=2\n"
                                  "thread 2\n"
                                  "store at=0 size=4 value=2\n";

START_TEST(test_same)
{
	read_program(two_writers);
	struct compare_result result = compare_with(&strategy_dpor, 1000);
	ck_assert_int_eq(result.verdict, COMPARE_SAME);
	ck_assert_uint_eq(result.classes, 2);
	ck_assert_uint_eq(result.executions, 2);
}
END_TEST

START_TEST(test_missing_class)
{
	read_program(two_writers);
	ck_assert_int_eq(compare_with(&once, 1000).verdict, COMPARE_MISSING);
}
END_TEST

START_TEST(test_class_twice)
{
	read_program(two_writers);
	ck_assert_int_eq(compare_with(&twice, 1000).verdict, COMPARE_TWICE);
}
END_TEST

START_TEST(test_too_large)
{
	read_program(two_writers);
	ck_assert_int_eq(compare_with(&strategy_dpor, 1).verdict, COMPARE_TOO_LARGE);
}
END_TEST

/* Plain writes that race: with a strategy that sees one execution, or all. The race is there in each of them. */
START_TEST(test_race)
{
	read_program("style raw\n"
	             "thread 0\n"
	             "start thread=1\n"
	             "write at=16 size=4 value=1\n"
	             "thread 1\n"
	             "write at=16 size=4 value=2\n");
	struct compare_result result = compare_with(&strategy_dpor, 1000);
	ck_assert_int_eq(result.verdict, COMPARE_SAME);
	ck_assert_uint_eq(result.passes, 2);
	/* Each write before the other, and, since the end of the program waits for nobody, the one of thread 1 not at all. */
	ck_assert_uint_eq(result.classes, 3);
	ck_assert_int_eq(compare_with(&once, 1000).verdict, COMPARE_MISSING);
}
END_TEST

/* What does not matter goes; the two stores and what starts their threads have to stay. */
START_TEST(test_shrink)
{
	const struct compare_options options = {.tested = &once, .max_executions = 1000};
	read_program("style posix\n"
	             "thread 0\n"
	             "start thread=1 detains=1\n"
	             "load at=8 size=4 to=a\n"
	             "start thread=2 detains=1\n"
	             "sleep\n"
	             "thread 1\n"
	             "lock lock=1\n"
	             "store at=0 size=4 value=1\n"
	             "unlock lock=1\n"
	             "thread 2\n"
	             "store at=0 size=4 value=2 if=a\n"
	             "store at=0 size=4 value=2\n");
	struct compare_result result = shrink_program(&program, &options);
	ck_assert_int_eq(result.verdict, COMPARE_MISSING);
	ck_assert_int_eq(program_length(&program), 4); /* two starts, two stores */
}
END_TEST

/* Each program of each family is what its text says. */
START_TEST(test_text)
{
	struct program made;
	for (uint64_t seed = 0; seed < 100; seed++) {
		char *text;
		size_t size;
		generate_program(&made, seed, _i);
		FILE *out = open_memstream(&text, &size);
		program_print(&made, out);
		fclose(out);
		read_program(text);
		free(text);
		ck_assert_int_eq(program.style, made.style);
		ck_assert_mem_eq(program.statements, made.statements, sizeof made.statements);
	}
}
END_TEST

static const struct {
	const char *text;
	int line;
} broken[] = {
	{"", 1},
	{"load at=0 size=4\n", 1},
	{"style none\n", 1},
	{"thread 0\nthread 4\n", 2},
	{"thread 1\nthread 0\n", 2},
	{"thread 0\nloads at=0\n", 2},
	{"thread 0\nload at=0 lock=1\n", 2},
	{"thread 0\nload at=0 size=x\n", 2},
	{"thread 0\nload at=61 size=4\n", 2},
	{"thread 0\n\nlock lock=2\n", 3},
	{"thread 0\nstart thread=1\n# again\nstart thread=1\n", 4},
};

START_TEST(test_broken_text)
{
	FILE *in = *broken[_i].text ? fmemopen((void *)(uintptr_t)broken[_i].text, strlen(broken[_i].text), "r")
	                            : fopen("/dev/null", "r");
	ck_assert_ptr_nonnull(in);
	ck_assert_int_eq(program_parse(&program, in), broken[_i].line);
	fclose(in);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fuzz");
	TCase *comparing = tcase_create("comparing"), *text = tcase_create("text");
	tcase_add_test(comparing, test_same);
	tcase_add_test(comparing, test_missing_class);
	tcase_add_test(comparing, test_class_twice);
	tcase_add_test(comparing, test_too_large);
	tcase_add_test(comparing, test_race);
	tcase_add_test(comparing, test_shrink);
	tcase_add_loop_test(text, test_text, 0, GENERATE_N_FAMILIES);
	tcase_add_loop_test(text, test_broken_text, 0, (int)(sizeof broken / sizeof *broken));
	suite_add_tcase(suite, comparing);
	suite_add_tcase(suite, text);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
