/*
 * Runs are the same: two of the same program give the same report byte for byte, wherever they are made; and a program that
 * does not do the same again is told so, with what it called.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command_line.h"

/* Looks at all that could differ: addresses, memory that nobody wrote, the environment, clocks, numbers of processes. */
static const char curious[] =
	"#include <assert.h>\n#include <pthread.h>\n#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
	"#include <time.h>\n#include <unistd.h>\nextern char **environ;\nstatic int global, sum;\n"
	"static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\nstatic __thread int own;\n"
	"static void *look(void *unused)\n{\n\tint local, *block = malloc(sizeof *block);\n"
	"\tprintf(\"%p %p %p %p %d %d\\n\", (void *)&local, (void *)block, (void *)&own, unused, *block, gettid());\n"
	"\tpthread_mutex_lock(&lock);\n\tsum += (int)((uintptr_t)block / 16 % 97) + rand() % 7;\n"
	"\tpthread_mutex_unlock(&lock);\n\treturn block;\n}\n"
	"int main(int n, char **args)\n{\n\tchar unset[32];\n\tpthread_t threads[2];\n"
	"\tfor (int i = 0; i < 32; i++)\n\t\tprintf(\"%d \", unset[i]);\n"
	"\tprintf(\"%p %p %p %p %p %d\\n\", (void *)&global, (void *)args, (void *)args[0], (void *)environ, (void *)printf, n);\n"
	"\tprintf(\"%p %p %s %d %ld %ld\\n\", (void *)look, (void *)stdout, getenv(\"HOME\"), getpid(), (long)time(NULL), clock());\n"
	"\tfor (int i = 0; i < 2; i++)\n\t\tpthread_create(&threads[i], NULL, look, &threads[i]);\n"
	"\tfor (int i = 0; i < 2; i++)\n\t\tpthread_join(threads[i], NULL);\n"
	"\tassert(sum == 0);\n\treturn 0;\n}\n";

/* What simcheck says of it in a folder of that name, with an environment of its own. */
static char *report_in(const char *name, const char *value)
{
	char *text = NULL;

	ck_assert_int_eq(mkdir(name, 0700), 0);
	ck_assert_int_eq(chdir(name), 0);
	write_file("curious.c", curious);
	setenv("SOME_VARIABLE", value, 1);
	setenv("TZ", value, 1);
	simcheck("--cflags=-Wno-uninitialized -q curious.c");
	ck_assert_int_eq(exit_status, 1);
	simcheck("--simulate --keep-going curious.c");
	ck_assert_int_ne(asprintf(&text, "%s", standard_output), -1);
	ck_assert_int_eq(chdir(".."), 0);
	return text;
}

START_TEST(same_wherever_they_are)
{
	char *first = report_in("first", "x");
	char *second = report_in("a_folder_with_a_long_name", "America/New_York with much more text behind it");

	ck_assert_ptr_nonnull(strstr(first, "(null) 100"));
	ck_assert_str_eq(first, second);
	free(first);
	free(second);
}
END_TEST

static const char two_threads[] =
	"#include <assert.h>\n#include <pthread.h>\nstatic pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\nstatic int last;\n"
	"%s\nstatic void *body(void *unused)\n{\n\t%s\n\treturn unused;\n}\n"
	"int main(void)\n{\n\tpthread_t one, two;\n\tpthread_create(&one, NULL, body, NULL);\n\tpthread_create(&two, NULL, body, NULL);\n"
	"\tpthread_join(one, NULL);\n\tpthread_join(two, NULL);\n\treturn last < 0;\n}\n";

static void write_program(const char *name, const char *declaration, const char *body)
{
	char text[2000];

	snprintf(text, sizeof text, two_threads, declaration, body);
	write_file(name, text);
}

/* Simulated once, or executed and taken back: the state of the library goes on. The call stands in line 8. */
START_TEST(a_library_with_a_state)
{
	write_file("helper.c", "static int n;\nint next_number(void) { return ++n; }\nint same_number(void) { return 7; }\n");
	ck_assert_int_eq(system(SIM_CC " -shared -fPIC -o libhelper.so helper.c"), 0);
	write_program("state.c", "extern int next_number(void);",
		"pthread_mutex_lock(&lock); last = next_number(); pthread_mutex_unlock(&lock);");
	simcheck("state.c '--cflags=-L. -lhelper -Wl,-rpath,.'");
	ck_assert_int_eq(exit_status, 2);
	ck_assert_ptr_nonnull(strstr(standard_error, "state.c:8: executed again, T1 does something else after acquire of lock: "
		"next_number (called at state.c:8), which simcheck does not know, has a state of its own"));

	write_program("same.c", "extern int same_number(void);",
		"pthread_mutex_lock(&lock); last = same_number(); pthread_mutex_unlock(&lock);");
	simcheck("same.c '--cflags=-L. -lhelper -Wl,-rpath,.'");
	ck_assert_int_eq(exit_status, 3);
	ck_assert_ptr_nonnull(strstr(standard_output, "same_number (called at same.c:8) is in libhelper.so"));
}
END_TEST

static const char counter[] =
	"static inline unsigned ticks(void) { unsigned low, high; __asm__ volatile(\"rdtsc\" : \"=a\"(low), \"=d\"(high)); return low; }";

/* Seen in what is written, and in a local variable before anything comes of it. */
START_TEST(a_counter_of_the_processor)
{
	static const char *const bodies[] = {
		"pthread_mutex_lock(&lock); last = ticks() >> 1; pthread_mutex_unlock(&lock);",
		"unsigned now = ticks(); pthread_mutex_lock(&lock); last += now % 2; pthread_mutex_unlock(&lock);",
	};

	for (int i = 0; i < 2; i++) {
		write_program("ticks.c", counter, bodies[i]);
		simcheck("ticks.c");
		ck_assert_msg(exit_status == 2, "%d: %s%s", i, standard_output, standard_error);
		ck_assert_ptr_nonnull(strstr(standard_error, "ticks.c:"));
		ck_assert_ptr_nonnull(strstr(standard_error, "does something else after"));
		ck_assert_ptr_nonnull(strstr(standard_error, "it reads what simcheck does not see"));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("drift");
	TCase *tcase = tcase_create("drift");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_test(tcase, same_wherever_they_are);
	tcase_add_test(tcase, a_library_with_a_state);
	tcase_add_test(tcase, a_counter_of_the_processor);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
