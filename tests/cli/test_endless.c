/*
 * Programs without measure: that print, allocate, recurse, compute or lock for ever, or that are merely large.
 * Each ends in good time, with what is wrong in one line, and with little of what the program printed.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"

/* Checks a program, with limits that are met soon. */
static void check(const char *options, const char *program)
{
	char arguments[256];

	write_file("a.c", program);
	snprintf(arguments, sizeof arguments, "--step-timeout=0.2 --memory=32M %s a.c", options);
	simcheck(arguments);
	ck_assert_uint_lt(strlen(standard_output) + strlen(standard_error), 4000);
}

static void says(int status, const char *text)
{
	ck_assert_msg(exit_status == status, "%d: %s%s", exit_status, standard_output, standard_error);
	ck_assert_msg(strstr(standard_output, text) || strstr(standard_error, text), "%s%s", standard_output, standard_error);
}

START_TEST(printing)
{
	check("", "#include <stdio.h>\nint main(void) { for (;;) puts(\"again\"); }\n");
	if (exit_status != 1) /* whichever comes first on this machine */
		says(3, "the program prints more than 16 MB in one execution (at a.c:2)");
}
END_TEST

START_TEST(allocating)
{
	check("--step-timeout=60", "#include <stdlib.h>\nint main(void) { for (;;) *(char *)malloc(100000) = 1; }\n");
	says(3, "the program uses more heap than --memory allows (at a.c:2)");
}
END_TEST

/* Almost all of the time is spent inside of functions of the C library, where nobody may be stopped. */
START_TEST(busy_in_the_library)
{
	check("", "#include <string.h>\nstatic char large[10000000];\n"
		"int main(void) { for (;;) memset(large, 1, sizeof large); }\n");
	says(1, "bug: nontermination at a.c:3");
}
END_TEST

START_TEST(recursing)
{
	check("--stack-size=64K", "static int f(int x) { return f(x + 1) + 1; }\nint main(void) { return f(0); }\n");
	says(1, "bug: crash (stack-overflow) at a.c:1");
}
END_TEST

START_TEST(computing)
{
	check("", "int main(void) { for (;;) ; }\n");
	says(1, "bug: nontermination at a.c:1");
}
END_TEST

START_TEST(locking)
{
	check("", "#include <pthread.h>\nstatic pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n"
		"int main(void) { for (;;) { pthread_mutex_lock(&m); pthread_mutex_unlock(&m); } }\n");
	says(3, "an execution grew longer than --max-events");
}
END_TEST

START_TEST(processes)
{
	check("", "#include <unistd.h>\nint main(void) { for (;;) fork(); }\n");
	says(2, "simcheck: a.c:2: the call of fork cannot be checked: processes are not modelled");
}
END_TEST

/* Bytes of no character, and no end of line. */
START_TEST(printed_bytes)
{
	check("", "#include <stdio.h>\n#include <stdlib.h>\n"
		"int main(void) { for (int i = 0; i < 256; i++) putchar(i); abort(); }\n");
	says(1, "bug: crash");
	check("--json=-", "#include <stdio.h>\n#include <stdlib.h>\n"
		"int main(void) { for (int i = 0; i < 256; i++) putchar(i); abort(); }\n");
	says(1, "\"format\": \"simcheck-report\"");
}
END_TEST

START_TEST(large_source)
{
	enum { LINES = 5000 };
	FILE *file = fopen("a.c", "w");

	ck_assert_ptr_nonnull(file);
	for (int i = 0; i < LINES; i++)
		fprintf(file, "static int f%d(int x) { return x ^ %d; }\n", i, i);
	fprintf(file, "int main(void)\n{\n\tint x = 0;\n");
	for (int i = 0; i < LINES; i++)
		fprintf(file, "\tx = f%d(x);\n", i);
	fprintf(file, "\treturn x == 1;\n}\n");
	fclose(file);
	simcheck("a.c");
	says(0, "proved: 1 execution");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("programs without measure");
	TCase *tcase = tcase_create("programs without measure");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_test(tcase, printing);
	tcase_add_test(tcase, allocating);
	tcase_add_test(tcase, busy_in_the_library);
	tcase_add_test(tcase, recursing);
	tcase_add_test(tcase, computing);
	tcase_add_test(tcase, locking);
	tcase_add_test(tcase, processes);
	tcase_add_test(tcase, printed_bytes);
	tcase_add_test(tcase, large_source);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
