/* Compiling programs with the system's compiler: what is built, when it is built again, and what is said when it cannot
 * be. */
#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "objects.h"
#include "program.h"

static char folder[] = "/tmp/simcheck-test-XXXXXX";
static struct program_request request;
static struct program program;
static char *error;

/* Each test runs in a folder of its own, with a cache of its own. */
static void set_up(void)
{
	char *cache;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	cache = str_printf("%s/cache", folder);
	setenv("XDG_CACHE_HOME", cache, 1);
	free(cache);
	request = (struct program_request){.cc = "cc", .entry = "main", .include_dir = SOURCE_DIR "/include"};
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)status, (void)type, (void)at;
	return remove(path);
}

static void tear_down(void)
{
	program_release(&program);
	str_list_release(&request.files);
	str_list_release(&request.flags);
	free(error);
	ck_assert_int_eq(chdir("/"), 0);
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static void source(const char *name, const char *text)
{
	write_file(name, text);
	str_list_add(&request.files, name);
}

static void build(void)
{
	program_release(&program);
	free(error);
	ck_assert_msg(program_build(&program, &request, &error) == 0, "%s", error);
}

/* Whether the shared object refers to the symbol `name`, which no library has. */
static bool refers_to(const char *name)
{
	struct str_list missing = {0};
	bool found = false;

	ck_assert_int_eq(objects_missing(program.path, &missing), 0);
	for (size_t i = 0; i < missing.n; i++)
		found = found || strcmp(missing.items[i], name) == 0;
	str_list_release(&missing);
	return found;
}

static void build_fails(void)
{
	free(error);
	ck_assert_int_eq(program_build(&program, &request, &error), -1);
}

static void fails_with(const char *message)
{
	build_fails();
	ck_assert_str_eq(error, message);
	ck_assert_ptr_null(program.path);
}

static void fails_with_start(const char *message)
{
	build_fails();
	ck_assert_msg(strncmp(error, message, strlen(message)) == 0, "%s", error);
}

START_TEST(accesses_and_calls_go_to_the_worker)
{
	source("a.c", "#include <stdlib.h>\n#include <math.h>\nint x; _Thread_local int y;\n"
		"int main(void) { x = 1; y = 2; free(malloc(8)); return (int)sqrt(x); }\n");
	build();
	ck_assert(refers_to("__tsan_write4"));
	ck_assert(refers_to("__wrap_malloc"));
	ck_assert(refers_to("__wrap___tls_get_addr"));
	ck_assert(!refers_to("malloc"));
	/* Frames are found by walking the stack. */
	ck_assert(!refers_to("__tsan_func_entry"));
}
END_TEST

START_TEST(clang_is_understood)
{
	if (access("/usr/bin/clang", X_OK) != 0)
		return;
	request.cc = "clang";
	source("a.c", "int x;\nint main(void) { x = 1; return 0; }\n");
	build();
	ck_assert(refers_to("__tsan_write4"));
	ck_assert(!refers_to("__tsan_func_entry"));
}
END_TEST

START_TEST(functions_of_the_program_are_not_wrapped)
{
	source("a.c", "int random(void);\nint main(void) { return random(); }\n");
	source("b.c", "int random(void) { return 4; }\n");
	build();
	ck_assert(!refers_to("__wrap_random"));
}
END_TEST

START_TEST(unchanged_programs_come_from_the_cache)
{
	source("a.c", "#include \"a.h\"\nint main(void) { return N; }\n");
	write_file("a.h", "#define N 1\n");
	build();
	ck_assert(!program.cached);
	build();
	ck_assert(program.cached);
	write_file("a.h", "#define N 2\n");
	build();
	ck_assert(!program.cached);
	str_list_add(&request.flags, "-DM");
	build();
	ck_assert(!program.cached);
	build();
	ck_assert(program.cached);
}
END_TEST

START_TEST(warnings_come_from_the_cache_too)
{
	source("a.c", "int main(void) { int unused; return 0; }\n");
	str_list_add(&request.flags, "-Wall");
	build();
	ck_assert_ptr_nonnull(strstr(program.messages, "unused"));
	build();
	ck_assert(program.cached);
	ck_assert_ptr_nonnull(strstr(program.messages, "unused"));
}
END_TEST

START_TEST(a_result_that_was_swept_away_is_built_again)
{
	source("a.c", "int main(void) { return 0; }\n");
	build();
	ck_assert_int_eq(unlink(program.path), 0);
	build();
	ck_assert(!program.cached);
}
END_TEST

START_TEST(content_does_not_depend_on_the_folder)
{
	char first[9];

	ck_assert_int_eq(mkdir("sub", 0700), 0);
	source("a.c", "int main(void) { return 0; }\n");
	build();
	memcpy(first, program.content, sizeof first);
	str_list_release(&request.files);
	source("sub/a.c", "int main(void) { return 0; }\n");
	build();
	ck_assert_str_eq(program.content, first);
	source("b.c", "int x;\n");
	build();
	ck_assert_str_ne(program.content, first);
}
END_TEST

START_TEST(several_processes_may_build_at_once)
{
	enum { N = 4 };
	int status;

	source("a.c", "int main(void) { return 0; }\n");
	for (int i = 0; i < N; i++) {
		if (fork() == 0)
			_exit(program_build(&program, &request, &error) == 0 && objects_has_function(program.path, "main") ? 0 : 1);
	}
	for (int i = 0; i < N; i++) {
		ck_assert_int_gt(wait(&status), 0);
		ck_assert_int_eq(status, 0);
	}
	build();
	ck_assert(program.cached);
}
END_TEST

START_TEST(native_programs_run)
{
	int status;

	/* Its library may be anything that the linker takes: here an object of the test's. */
	write_file("l.c", "int answer(void) { return 42; }\n");
	ck_assert_int_eq(system("cc -c l.c -o l.o && ar rc l.a l.o"), 0);
	request.library = "l.a";
	request.entry = "test";
	source("a.c", "int answer(void);\nint test(void) { return answer(); }\n");
	ck_assert_msg(program_build_native(&program, &request, &error) == 0, "%s", error);
	status = system(program.path);
	ck_assert_int_eq(WEXITSTATUS(status), 42);
}
END_TEST

START_TEST(bad_files_are_named)
{
	str_list_add(&request.files, "none.c");
	fails_with("none.c: no such file");
	str_list_release(&request.files);
	str_list_add(&request.files, ".");
	fails_with(". is a directory; give the C files of one program");
	str_list_release(&request.files);
	source("a.txt", "");
	fails_with("a.txt is no part of a C program; the supported kinds are .c and .i files, and objects, static libraries "
		"and programs that simcheck-cc built");
	str_list_release(&request.files);
	source("a.o", "");
	fails_with("a.o is no part of a C program; the supported kinds are .c and .i files, and objects, static libraries and "
		"programs that simcheck-cc built");
}
END_TEST

START_TEST(compile_errors_come_with_the_compiler_s_words)
{
	source("a.c", "int main(void) { return 0; }\n");
	source("b.c", "int f(void) { return nothing; }\n");
	fails_with_start("b.c does not compile\nb.c: ");
	ck_assert_ptr_nonnull(strstr(error, "nothing"));
}
END_TEST

START_TEST(link_errors_name_the_symbol)
{
	source("a.c", "int nowhere(int);\nint main(void) { return nowhere(1); }\n");
	fails_with("the program does not link: nothing defines 'nowhere'");
	source("b.c", "int main(void) { return 0; }\n");
	fails_with_start("the program does not link\n");
}
END_TEST

START_TEST(an_entry_is_needed)
{
	source("a.c", "static void hidden(void) {}\nvoid seen(void) { hidden(); }\n");
	fails_with("a.c has no function main; name another one to run with --entry=NAME");
	request.entry = "hidden";
	fails_with("--entry=hidden: the program has no function of that name that is not static");
	request.entry = "seen";
	build();
}
END_TEST

START_TEST(a_missing_compiler_is_named)
{
	source("a.c", "int main(void) { return 0; }\n");
	request.cc = "no-such-compiler";
	fails_with("the compiler 'no-such-compiler' was not found; name one with --cc");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("program");
	TCase *tcase = tcase_create("program");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, accesses_and_calls_go_to_the_worker);
	tcase_add_test(tcase, clang_is_understood);
	tcase_add_test(tcase, functions_of_the_program_are_not_wrapped);
	tcase_add_test(tcase, unchanged_programs_come_from_the_cache);
	tcase_add_test(tcase, warnings_come_from_the_cache_too);
	tcase_add_test(tcase, a_result_that_was_swept_away_is_built_again);
	tcase_add_test(tcase, content_does_not_depend_on_the_folder);
	tcase_add_test(tcase, several_processes_may_build_at_once);
	tcase_add_test(tcase, native_programs_run);
	tcase_add_test(tcase, bad_files_are_named);
	tcase_add_test(tcase, compile_errors_come_with_the_compiler_s_words);
	tcase_add_test(tcase, link_errors_name_the_symbol);
	tcase_add_test(tcase, an_entry_is_needed);
	tcase_add_test(tcase, a_missing_compiler_is_named);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
