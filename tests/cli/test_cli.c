/* What simcheck says when it is used wrongly, or cannot get at a program. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"

static const char empty_main[] = "int main(void) { return 0; }\n";

START_TEST(usage_errors_are_one_line_and_status_2)
{
	static const struct {
		const char *arguments, *line;
	} cases[] = {
		{"", "simcheck: no program: name the C files to check"},
		{"-- a.c", "simcheck: no program: name the C files to check"},
		{"--no-such-option a.c", "simcheck: unrecognized option '--no-such-option'"},
		{"--trace", "simcheck: option '--trace' requires an argument"},
		{"--trace= a.c", "simcheck: --trace=: a file name is needed"},
		{"--max-events=many a.c", "simcheck: --max-events=many: a number is needed"},
		{"--max-executions=-1 a.c", "simcheck: --max-executions=-1: a number is needed"},
		{"--max-executions=99999999999999999999 a.c",
			"simcheck: --max-executions=99999999999999999999: a number is needed"},
		{"--timeout=nan a.c", "simcheck: --timeout=nan: a number of seconds is needed"},
		{"--memory=1X a.c", "simcheck: --memory=1X: a number of bytes is needed, such as 65536, 64K or 1M"},
		{"--memory=99999999999G a.c",
			"simcheck: --memory=99999999999G: a number of bytes is needed, such as 65536, 64K or 1M"},
		{"--time=real a.c", "simcheck: --time=real: write any or virtual"},
		{"--spurious-wakeups=some a.c", "simcheck: --spurious-wakeups=some: a number is needed"},
		{"--strategy=guess a.c", "simcheck: there is no such --strategy: dpor, sleepsets and dfs are there"},
		{"--color=blue a.c", "simcheck: --color=blue: write auto, always or never"},
		{"--backend=none a.c", "simcheck: --backend=none: write cooperative or pthread"},
		{"--cflags='\"' a.c", "simcheck: --cflags=\": not a list of words; quote what a shell would need quoted"},
		{"--backend=pthread --svg=a.svg a.c",
			"simcheck: --backend=pthread only runs the program: it has no report, schedule or expectations"},
		{"--check-expectations --json=a.json a.c a.c", "simcheck: --check-expectations with several programs writes "
			"no files and follows no trace; check them one by one"},
	};

	write_file("a.c", empty_main);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		simcheck_fails(cases[i].arguments, 2, cases[i].line);
}
END_TEST

START_TEST(bad_programs_are_one_line_and_status_2)
{
	static const struct {
		const char *arguments, *line;
	} cases[] = {
		{"none.c", "simcheck: none.c: no such file"},
		{".", "simcheck: . is a directory; give the C files of one program"},
		{"notes.txt", "simcheck: notes.txt is no part of a C program; the supported kinds are .c and .i files, and "
			"objects, static libraries and programs that simcheck-cc built"},
		{"broken.c", "simcheck: broken.c does not compile"},
		{"open.c", "simcheck: the program does not link: nothing defines 'nowhere'"},
		{"empty.c", "simcheck: empty.c has no function main; name another one to run with --entry=NAME"},
		{"--entry=other a.c", "simcheck: --entry=other: the program has no function of that name that is not static"},
		{"--cc=no-such-compiler a.c", "simcheck: the compiler 'no-such-compiler' was not found; name one with --cc"},
		{"--cflags=-no-such-flag a.c", "simcheck: a.c does not compile"},
	};

	write_file("a.c", empty_main);
	write_file("notes.txt", "");
	write_file("broken.c", "int main(void) { return }\n");
	write_file("open.c", "int nowhere(void);\nint main(void) { return nowhere(); }\n");
	write_file("empty.c", "");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		simcheck_fails(cases[i].arguments, 2, cases[i].line);
}
END_TEST

START_TEST(the_compiler_s_messages_follow)
{
	write_file("broken.c", "int main(void) { return }\n");
	simcheck("broken.c");
	ck_assert_ptr_nonnull(strstr(standard_error, "\nbroken.c: "));
}
END_TEST

START_TEST(bad_traces_are_status_2)
{
	write_file("a.c", empty_main);
	write_file("garbled.trace", "{\"format\": ");
	write_file("other.trace", "{\"format\": \"recipe\", \"version\": 1}");
	simcheck("--replay=none.trace a.c");
	ck_assert_int_eq(exit_status, 2);
	ck_assert_ptr_nonnull(strstr(standard_error, "none.trace"));
	simcheck("--replay=garbled.trace a.c");
	ck_assert_int_eq(exit_status, 2);
	ck_assert_ptr_nonnull(strstr(standard_error, "garbled.trace"));
	simcheck("--replay=other.trace a.c");
	ck_assert_int_eq(exit_status, 2);
	ck_assert_ptr_nonnull(strstr(standard_error, "other.trace"));
}
END_TEST

START_TEST(expectations_must_make_sense)
{
	static const struct {
		const char *comment, *line;
	} cases[] = {
		{"", "simcheck: a.c: its first comment has no SIMCHECK-EXPECT line"},
		{"/* SIMCHECK-EXPECT: */\n", "simcheck: a.c: SIMCHECK-EXPECT: '' is no kind of finding; write safe, deadlock, "
			"data-race, assertion, crash, memory, misuse, livelock, exception or nontermination"},
		{"/* SIMCHECK-EXPECT: deadlock lock-circle */\n",
			"simcheck: a.c: SIMCHECK-EXPECT: 'lock-circle' is no cause of a deadlock"},
		{"/* SIMCHECK-EXPECT: deadlock lock-cycle twice */\n",
			"simcheck: a.c: SIMCHECK-EXPECT: 'deadlock lock-cycle twice' has more words than a kind and a cause"},
		{"// SIMCHECK-EXPECT: safe\n// SIMCHECK-EXPECT: crash\n",
			"simcheck: a.c: SIMCHECK-EXPECT: a program cannot be expected to be safe and to have a finding"},
		{"int x; /* SIMCHECK-EXPECT: safe */\n", "simcheck: a.c: its first comment has no SIMCHECK-EXPECT line"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[512];

		strcpy(text, cases[i].comment);
		strcat(text, empty_main);
		write_file("a.c", text);
		simcheck_fails("--check-expectations a.c", 2, cases[i].line);
	}
}
END_TEST

START_TEST(programs_may_not_set_every_option)
{
	write_file("a.c", "/* SIMCHECK-OPTIONS: --keep-going --json=x */\nint main(void) { return 0; }\n");
	simcheck_fails("a.c", 2,
		"simcheck: a.c: SIMCHECK-OPTIONS: --json=x is not an option that a program may set (write --name=value)");
	write_file("a.c", "/* SIMCHECK-OPTIONS: --memory=all */\nint main(void) { return 0; }\n");
	simcheck_fails("a.c", 2, "simcheck: a.c: SIMCHECK-OPTIONS: --memory=all: a number of bytes is needed, such as "
		"65536, 64K or 1M");
}
END_TEST

/* 128 threads can be told apart, main among them; that one more could not be started is no answer for the program. */
START_TEST(too_many_threads_are_status_2)
{
	write_file("a.c", "#include <pthread.h>\nstatic void *f(void *p) { return p; }\n"
		"int main(void)\n{\n\tfor (int i = 0; i < N; i++) {\n\t\tpthread_t t;\n"
		"\t\tif (pthread_create(&t, 0, f, 0))\n\t\t\treturn 1;\n\t\tpthread_join(t, 0);\n\t}\n}\n");
	simcheck("-DN=127 a.c");
	ck_assert_int_eq(exit_status, 0);
	simcheck_fails("-DN=128 a.c", 2, "simcheck: a.c:7: the call of pthread_create cannot be checked: "
		"the program has more than 128 threads in one execution, main included: let it start fewer, for example with -D");
}
END_TEST

/* Two threads that share nothing, or only what is read, and one: the proof says that there was nothing to find. */
START_TEST(what_has_nothing_to_interleave_is_told)
{
	static const char threads[] = "#include <pthread.h>\nstatic const int size = 3;\n"
		"static void *work(void *result) { *(int *)result = size; return NULL; }\n"
		"int main(void)\n{\n\tpthread_t a, b;\n\tint x, y;\n"
		"\tpthread_create(&a, NULL, work, &x);\n\tpthread_create(&b, NULL, work, &y);\n"
		"\tpthread_join(a, NULL);\n\tpthread_join(b, NULL);\n\treturn x != y;\n}\n";

	write_file("alone.c", empty_main);
	simcheck("alone.c");
	ck_assert_str_eq(standard_output, "proved: 1 execution, time: any\n"
		"note: nothing to interleave: the program never started a second thread\n");
	write_file("apart.c", threads);
	simcheck("apart.c");
	ck_assert_str_eq(standard_output, "proved: 1 execution, time: any\n"
		"note: nothing to interleave: nothing that one thread does depends on when another one does it\n");
}
END_TEST

START_TEST(help_and_version_are_status_0)
{
	simcheck("--version");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_int_eq(strncmp(standard_output, "simcheck ", 9), 0);
	simcheck("--help");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_ptr_nonnull(strstr(standard_output, "\nExamples:\n"));
}
END_TEST

START_TEST(real_threads_are_counted)
{
	write_file("a.c", "#include <stdlib.h>\n#include <string.h>\nint main(int argc, char **argv)\n{\n"
		"\tif (argc > 1 && strcmp(argv[1], \"abort\") == 0)\n\t\tabort();\n"
		"\twhile (argc > 1 && strcmp(argv[1], \"hang\") == 0)\n\t\tcontinue;\n"
		"\treturn argc > 1 ? 5 : 0;\n}\n");
	simcheck("--backend=pthread --runs=3 a.c");
	ck_assert_str_eq(standard_error, "");
	ck_assert_str_eq(standard_output, "nothing proved: 0 of 3 runs on real threads failed\n       3  ended well\n");
	ck_assert_int_eq(exit_status, 3);
	simcheck("--backend=pthread --runs=2 a.c -- abort");
	ck_assert_str_eq(standard_output, "bug: 2 of 2 runs on real threads failed\n       2  ended by SIGABRT\n");
	ck_assert_int_eq(exit_status, 1);
	simcheck("--backend=pthread --runs=1 --run-timeout=0.1 a.c -- hang");
	ck_assert_str_eq(standard_output,
		"bug: 1 of 1 runs on real threads failed\n       1  hung: not ended after 0.1 s\n");
	ck_assert_int_eq(exit_status, 1);
	simcheck("--backend=pthread --runs=1 a.c -- other");
	ck_assert_str_eq(standard_output,
		"nothing proved: 0 of 1 runs on real threads failed\n       1  exit status 5 (not a failure)\n");
	ck_assert_int_eq(exit_status, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("command line");
	TCase *tcase = tcase_create("command line");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_test(tcase, usage_errors_are_one_line_and_status_2);
	tcase_add_test(tcase, bad_programs_are_one_line_and_status_2);
	tcase_add_test(tcase, the_compiler_s_messages_follow);
	tcase_add_test(tcase, bad_traces_are_status_2);
	tcase_add_test(tcase, expectations_must_make_sense);
	tcase_add_test(tcase, programs_may_not_set_every_option);
	tcase_add_test(tcase, real_threads_are_counted);
	tcase_add_test(tcase, too_many_threads_are_status_2);
	tcase_add_test(tcase, what_has_nothing_to_interleave_is_told);
	tcase_add_test(tcase, help_and_version_are_status_0);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
