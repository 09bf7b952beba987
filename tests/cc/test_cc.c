/*
 * simcheck-cc: what it builds runs by itself and can be checked, alone or in parts, and what it did not build is named. The
 * program: two threads add to a counter that is in another file, under a lock, and print what it came to.
 */
#include <check.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command_line.h"

static const char main_text[] =
	"#include <pthread.h>\n"
	"#include <stdio.h>\n"
	"#include \"counter.h\"\n"
	"static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
	"static void *work(void *unused)\n"
	"{\n"
	"\tpthread_mutex_lock(&lock);\n"
	"\tcounter_add(1);\n"
	"\tpthread_mutex_unlock(&lock);\n"
	"\treturn unused;\n"
	"}\n"
	"int main(void)\n"
	"{\n"
	"\tpthread_t thread;\n"
	"\tpthread_create(&thread, NULL, work, NULL);\n"
	"\twork(NULL);\n"
	"\tpthread_join(thread, NULL);\n"
	"\tprintf(\"%d\\n\", counter_get());\n"
	"\treturn 0;\n"
	"}\n";
static const char counter_text[] =
	"#include \"counter.h\"\n"
	"static int counter;\n"
	"void counter_add(int n) { counter += n; }\n"
	"int counter_get(void) { return counter; }\n";

/* Two threads and one lock: 2! orders. */
static const char proved[] = "proved: 2 executions, time: any\n";

static void set_up(void)
{
	char *folder = strdup(SIMCHECK), path[4096];

	command_line_set_up();
	*strrchr(folder, '/') = 0;
	snprintf(path, sizeof path, "%s:%s", folder, getenv("PATH"));
	setenv("PATH", path, 1);
	unsetenv("SIMCHECK_CC");
	unsetenv("SIMCHECK_KEEP_O");
	free(folder);
	write_file("counter.h", "void counter_add(int n);\nint counter_get(void);\n");
	write_file("main.c", main_text);
	write_file("counter.c", counter_text);
}

/* Runs a command of the shell, whose messages go to messages.txt. */
static bool runs(const char *command)
{
	char line[1024];

	snprintf(line, sizeof line, "{ %s\n} >messages.txt 2>&1", command);
	return system(line) == 0;
}

static void must_run(const char *command)
{
	if (!runs(command))
		ck_abort_msg("%s: %s", command, read_file("messages.txt"));
}

/* The command fails, and these are its first words. */
static void must_fail(const char *command, const char *words)
{
	char *messages;

	ck_assert_msg(!runs(command), "%s went well", command);
	messages = read_file("messages.txt");
	ck_assert_msg(strncmp(messages, words, strlen(words)) == 0, "%s: %s", command, messages);
	free(messages);
}

static void is_proved(const char *arguments)
{
	simcheck(arguments);
	ck_assert_msg(exit_status == 0 && strcmp(standard_output, proved) == 0, "%s: %s%s", arguments, standard_output,
		standard_error);
}

/* Not proved, and this is why. */
static void is_incomplete(const char *arguments, const char *note)
{
	simcheck(arguments);
	ck_assert_msg(exit_status == 3 && strstr(standard_output, note), "%s: %s%s", arguments, standard_output,
		standard_error);
}

START_TEST(a_program_runs_and_is_checked)
{
	must_run("simcheck-cc -O2 -Wall -Werror main.c counter.c -o prog && test $(./prog) = 2");
	is_proved("./prog");
	/* It has all it needs in itself. */
	must_run("mkdir away && mv prog away/ && rm main.c counter.c counter.h");
	is_proved("away/prog");
	simcheck("--backend=pthread --runs=2 away/prog");
	ck_assert_ptr_nonnull(strstr(standard_output, "2  ended well"));
}
END_TEST

START_TEST(make_builds_objects_and_a_static_library)
{
	write_file("Makefile", "prog: main.o libcounter.a\n\t$(CC) -o $@ main.o -L. -lcounter\n"
		"libcounter.a: counter.o\n\tar rcs $@ $^\n");
	must_run("make CC=simcheck-cc CFLAGS='-O3 -flto -MMD -D_FORTIFY_SOURCE=2 -Werror' && test $(./prog) = 2 && test -f main.d");
	is_proved("prog");
	is_proved("main.o libcounter.a");
	is_proved("main.c counter.o");
	is_proved("main.o --cflags='-L. -lcounter'");
	/* What is in the library decides, not its name. */
	write_file("counter.c", "#include \"counter.h\"\n#include <assert.h>\nvoid counter_add(int n) { assert(!n); }\n"
		"int counter_get(void) { return 0; }\n");
	must_run("make CC=simcheck-cc");
	simcheck("main.o --cflags='-L. -lcounter'");
	ck_assert_int_eq(exit_status, 1);
}
END_TEST

START_TEST(a_bug_is_shown_with_the_lines_of_its_source)
{
	must_run("mkdir src && mv counter.* src/ && sed -i /mutex_lock/d main.c && sed -i /mutex_unlock/d main.c");
	must_run("simcheck-cc -Isrc -c src/counter.c && simcheck-cc -Isrc main.c counter.o -o prog");
	simcheck("--trace=race.trace prog");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "data-race"));
	ck_assert_ptr_nonnull(strstr(standard_output, "counter.c:3"));
	simcheck("--replay=race.trace prog");
	ck_assert_ptr_nonnull(strstr(standard_output, "replay: the finding of race.trace recurred"));
}
END_TEST

START_TEST(cmake_takes_it_for_a_compiler)
{
	write_file("CMakeLists.txt", "cmake_minimum_required(VERSION 3.18)\nproject(counter C)\n"
		"find_package(Threads REQUIRED)\ninclude(CheckCSourceRuns)\n"
		"check_c_source_runs(\"int main(void) { return 0; }\" RUNS)\n"
		"if(NOT RUNS)\n\tmessage(FATAL_ERROR \"it does not run\")\nendif()\n"
		"add_library(counter STATIC counter.c)\nadd_executable(prog main.c)\n"
		"target_link_libraries(prog PRIVATE counter Threads::Threads m)\n");
	must_run("cmake -S . -B build -DCMAKE_C_COMPILER=simcheck-cc -DCMAKE_BUILD_TYPE=Release && cmake --build build && "
		"test $(build/prog) = 2");
	is_proved("build/prog");
}
END_TEST

START_TEST(what_others_compiled_is_named_when_it_is_called)
{
	must_run("cc -fPIC -c counter.c && simcheck-cc main.c counter.o -o prog && test $(./prog) = 2");
	is_incomplete("prog", "counter_add of counter.o (called at main.c:8) was not compiled by simcheck-cc");
	is_incomplete("main.c counter.o", "counter_get of counter.o (called at main.c:18) was not compiled by simcheck-cc");
	must_run("ar rcs libcounter.a counter.o && simcheck-cc main.c -L. -lcounter -o prog");
	is_incomplete("prog", "counter_add of libcounter.a(counter.o) (called at main.c:8) was not");
	must_run("cc -shared counter.o -o libcounter.so && simcheck-cc main.c -L. -lcounter -o prog");
	is_incomplete("prog", "counter_add (called at main.c:8) is in libcounter.so: what libraries do was not checked");
	is_incomplete("main.c --cflags='-L. -lcounter'", "counter_add (called at main.c:8) is in libcounter.so");
}
END_TEST

/* Two functions of an archive that others built, of which one is called: the other is not told of. */
START_TEST(what_is_not_called_does_not_count)
{
	write_file("other.c", "int other(void) { return 1; }\n");
	must_run("cc -fPIC -c other.c && simcheck-cc main.c counter.c other.o -o prog");
	is_proved("prog");
	/* But through a pointer it is a call like any other. */
	write_file("other.h", "int other(void);\nstatic int (*volatile pointer)(void) = other;\n");
	must_run("sed -i '/lock(&lock);/s/$/\\nif (pointer() != 1) return NULL;/' main.c && "
		"simcheck-cc -include other.h main.c counter.c other.o -o prog");
	is_incomplete("prog", "other of other.o (called at main.c:");
}
END_TEST

START_TEST(arguments_come_in_many_ways)
{
	must_run("simcheck-cc --version && simcheck-cc -v && simcheck-cc -dumpmachine && simcheck-cc -E counter.c");
	must_run("simcheck-cc -S counter.c -o counter.s && simcheck-cc -M counter.c && test ! -e a.out");
	must_run("simcheck-cc -c counter.s && simcheck-cc main.c counter.o");
	must_run("test $(./a.out) = 2 && simcheck-cc -x c - -xnone counter.c -o'odd name' <main.c && test $('./odd name') = 2");
	is_proved("'odd name'");
	must_run("echo '-O2 \"main.c\" counter.c -o my\\ prog' >arguments && simcheck-cc @arguments && test $('./my prog') = 2");
	is_proved("'my prog'");
	must_run("simcheck-cc main.c counter.c -o /dev/null && test -c /dev/null");
	must_run("simcheck-cc -shared counter.c -o libcounter.so && simcheck-cc main.c ./libcounter.so -o prog");
	must_run("test $(./prog) = 2 && test -z \"$(ls cache/simcheck | grep work)\"");
}
END_TEST

START_TEST(optimisation_is_kept_on_demand)
{
	write_file("level.c", "#ifndef __OPTIMIZE__\n#error none\n#endif\nint main(void) { return 0; }\n");
	must_fail("simcheck-cc -O2 level.c -o level", "level.c:2:2: error");
	must_run("SIMCHECK_KEEP_O=1 simcheck-cc -O2 level.c -o level");
	simcheck("level");
	ck_assert_int_eq(exit_status, 0);
}
END_TEST

START_TEST(atomics_run_on_real_threads)
{
	write_file("atomics.c", "#include <stdatomic.h>\n#include <assert.h>\n"
		"static atomic_int i; static atomic_llong l; static unsigned __int128 w; static atomic_flag f;\n"
		"int main(void)\n{\n"
		"\tint expected = 1;\n"
		"\tassert(atomic_fetch_add(&i, 2) == 0 && i == 2);\n"
		"\tassert(!atomic_compare_exchange_strong(&i, &expected, 5) && expected == 2);\n"
		"\tassert(atomic_compare_exchange_weak(&i, &expected, 5) && i == 5);\n"
		"\tassert(atomic_exchange(&l, 7) == 0 && atomic_fetch_or(&l, 8) == 7 && l == 15);\n"
		"\tassert(!atomic_flag_test_and_set(&f) && atomic_flag_test_and_set(&f));\n"
		"\tatomic_thread_fence(memory_order_seq_cst);\n"
		"\tw += 1;\n"
		"\treturn !(w == 1);\n}\n");
	must_run("simcheck-cc atomics.c -o atomics && ./atomics");
	simcheck("atomics");
	ck_assert_int_eq(exit_status, 0);
}
END_TEST

START_TEST(errors_are_one_line)
{
	must_run("cc -c counter.c -o thin.o && ar rcsT thin.a thin.o && cc -shared -fPIC counter.c -o libc1.so && "
		"cc main.c counter.c -o plain && mkdir folder");
	write_file("run.sh", "#!/bin/sh\n");
	write_file("empty.o", "");
	simcheck_fails("plain", 2, "simcheck: plain was not linked by simcheck-cc; build it again with simcheck-cc, such as by "
		"make CC=simcheck-cc");
	simcheck_fails("run.sh", 2, "simcheck: run.sh is a script; name the program that it starts");
	simcheck_fails("folder", 2, "simcheck: folder is a directory; give the C files of one program");
	simcheck_fails("libc1.so", 2, "simcheck: libc1.so is a shared library; name the C files, objects and static libraries "
		"of a program, and libraries with --cflags='-L. -lNAME'");
	simcheck_fails("thin.a", 2, "simcheck: thin.a is a thin archive, which holds no objects; make it without the T of ar");
	simcheck_fails("empty.o", 2, "simcheck: empty.o is no part of a C program; the supported kinds are .c and .i files, and "
		"objects, static libraries and programs that simcheck-cc built");
	must_fail("simcheck-cc -fsanitize=address main.c", "simcheck-cc: -fsanitize=address does not go with simcheck");
	must_fail("SIMCHECK_CC=nowhere simcheck-cc main.c", "simcheck-cc: the compiler 'nowhere' was not found");
	must_fail("simcheck-cc main.c -o prog", "/usr/bin/ld: ");
	must_fail("simcheck-cc nowhere.c", "cc1: fatal error: nowhere.c");
}
END_TEST

/* Writes `bytes` over the file, from `offset` on. */
static void damage(const char *file, off_t offset, const char *bytes, size_t n)
{
	int fd = open(file, O_WRONLY);

	ck_assert_int_eq(pwrite(fd, bytes, n, offset), (ssize_t)n);
	close(fd);
}

START_TEST(objects_that_do_not_fit_are_refused)
{
	must_run("simcheck-cc -c counter.c");
	/* Instrumented, but otherwise than now: as another version may do it. */
	must_run("cc -fsanitize=thread --param=tsan-instrument-func-entry-exit=0 -frecord-gcc-switches -c counter.c -o old.o");
	simcheck_fails("main.c old.o", 2, "simcheck: old.o was built by another version of simcheck-cc; build it again");
	must_fail("simcheck-cc main.c old.o -o prog", "simcheck-cc: old.o was built by another version of simcheck-cc");
	/* The machine that an object is for: bytes 18 and 19, 243 for RISC-V. */
	damage("counter.o", 18, "\363\0", 2);
	simcheck_fails("main.c counter.o", 2, "simcheck: counter.o was built for another machine; build it for this one, with "
		"simcheck-cc");
}
END_TEST

/* Every tenth byte of what is embedded, one after the other, is another: there is a message and an exit status of its own. */
START_TEST(a_damaged_program_is_told)
{
	struct stat file;
	char *place;
	long low;

	must_run("simcheck-cc main.c counter.c -o prog && grep -abo 'simcheck-program 1' prog | cut -d: -f1 >place");
	place = read_file("place");
	low = atol(place);
	free(place);
	ck_assert_int_eq(stat("prog", &file), 0);
	for (long i = 0; i < 40; i++) {
		must_run("cp prog damaged");
		damage("damaged", low + i * 10, "\377", 1);
		simcheck("-q damaged");
		ck_assert_msg(exit_status != 70 && exit_status <= 3, "byte %ld: exit status %d, %s", i * 10, exit_status,
			standard_error);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("simcheck-cc");
	TCase *tcase = tcase_create("simcheck-cc");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, command_line_tear_down);
	tcase_add_test(tcase, a_program_runs_and_is_checked);
	tcase_add_test(tcase, make_builds_objects_and_a_static_library);
	tcase_add_test(tcase, a_bug_is_shown_with_the_lines_of_its_source);
	tcase_add_test(tcase, cmake_takes_it_for_a_compiler);
	tcase_add_test(tcase, what_others_compiled_is_named_when_it_is_called);
	tcase_add_test(tcase, what_is_not_called_does_not_count);
	tcase_add_test(tcase, arguments_come_in_many_ways);
	tcase_add_test(tcase, optimisation_is_kept_on_demand);
	tcase_add_test(tcase, atomics_run_on_real_threads);
	tcase_add_test(tcase, errors_are_one_line);
	tcase_add_test(tcase, objects_that_do_not_fit_are_refused);
	tcase_add_test(tcase, a_damaged_program_is_told);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
