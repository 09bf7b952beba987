/* Where a program's standard input comes from, and where its files go. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_line.h"

/* Two threads share the lines of the input; prints their sum. */
static const char sum[] =
	"#include <assert.h>\n#include <pthread.h>\n#include <stdio.h>\n"
	"static int sum, expected = EXPECTED;\nstatic pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
	"static void *add(void *unused)\n{\n"
	"	for (int n; scanf(\"%d\", &n) == 1;) {\n"
	"		pthread_mutex_lock(&lock);\n		sum += n;\n		pthread_mutex_unlock(&lock);\n	}\n"
	"	return unused;\n}\n"
	"int main(void)\n{\n	pthread_t threads[2];\n"
	"	for (int i = 0; i < 2; i++)\n		pthread_create(&threads[i], NULL, add, NULL);\n"
	"	for (int i = 0; i < 2; i++)\n		pthread_join(threads[i], NULL);\n"
	"	assert(sum == expected);\n	printf(\"sum %d\\n\", sum);\n	return 0;\n}\n";

static void set_up(void)
{
	command_line_set_up();
	write_file("sum.c", sum);
	write_file("numbers.txt", "1\n20\n300\n");
}

START_TEST(input_of_a_check_is_a_file_or_nothing)
{
	simcheck("--stdin=numbers.txt -DEXPECTED=321 sum.c");
	ck_assert_msg(exit_status == 0 && strncmp(standard_output, "proved", 6) == 0, "%s%s", standard_output, standard_error);
	simcheck("-DEXPECTED=0 sum.c <numbers.txt");
	ck_assert_msg(exit_status == 0, "%s%s", standard_output, standard_error);
	simcheck("-q --stdin=numbers.txt -DEXPECTED=0 sum.c");
	ck_assert_int_eq(exit_status, 1);
	simcheck_fails("--stdin=none.txt -DEXPECTED=0 sum.c", 2, "simcheck: --stdin=none.txt: No such file or directory");
}
END_TEST

START_TEST(input_of_a_simulation_is_what_is_there)
{
	simcheck("-q --simulate -DEXPECTED=321 sum.c <numbers.txt");
	ck_assert_msg(exit_status == 0 && strncmp(standard_output, "sum 321\n", 8) == 0, "%s%s", standard_output, standard_error);
	simcheck("-q --simulate --stdin=numbers.txt -DEXPECTED=321 sum.c </dev/null");
	ck_assert_msg(exit_status == 0 && strncmp(standard_output, "sum 321\n", 8) == 0, "%s%s", standard_output, standard_error);
}
END_TEST

START_TEST(input_on_real_threads)
{
	simcheck("--backend=pthread --runs=2 --stdin=numbers.txt -DEXPECTED=321 sum.c");
	ck_assert_msg(exit_status == 3 && strstr(standard_output, "0 of 2 runs"), "%s%s", standard_output, standard_error);
	simcheck("--backend=pthread --runs=1 -DEXPECTED=321 sum.c");
	ck_assert_int_eq(exit_status, 1);
	simcheck_fails("--backend=pthread --stdin=none.txt sum.c", 2, "simcheck: --stdin=none.txt: No such file or directory");
}
END_TEST

/* Appends to a file, removes another, makes a third one: in memory. Any order of the two threads gives the same
 * files. */
static const char writer[] =
	"#include <assert.h>\n#include <pthread.h>\n#include <stdio.h>\n#include <sys/stat.h>\n"
	"static void *append(void *text)\n{\n"
	"	FILE *file = fopen(\"kept.txt\", \"a\");\n	fputs(text, file);\n	fclose(file);\n	return NULL;\n}\n"
	"int main(void)\n{\n	pthread_t threads[2];\n	struct stat status;\n"
	"	pthread_create(&threads[0], NULL, append, \"one\\n\");\n	pthread_create(&threads[1], NULL, append, \"two\\n\");\n"
	"	pthread_join(threads[0], NULL);\n	pthread_join(threads[1], NULL);\n"
	"	assert(stat(\"kept.txt\", &status) == 0 && status.st_size == 5 + 8);\n"
	"	assert(remove(\"removed.txt\") == 0 && !fopen(\"removed.txt\", \"r\"));\n"
	"	fclose(fopen(\"made.txt\", \"w\"));\n	return 0;\n}\n";

START_TEST(files_stay_as_they_are)
{
	char *kept;

	write_file("writer.c", writer);
	write_file("kept.txt", "kept\n");
	write_file("removed.txt", "");
	/* The files are opened in either order, since that might make one, and appended to in either order: 2 * 2
	 * classes, each of which goes back to files that are as they were. */
	simcheck("--strategy=dfs --verify-restore writer.c");
	ck_assert_msg(exit_status == 0 && strstr(standard_output, "of 4 classes"), "%s%s", standard_output, standard_error);
	ck_assert_ptr_null(strstr(standard_output, "note:"));
	simcheck("--verify-restore writer.c");
	ck_assert_msg(exit_status == 0 && strstr(standard_output, "4 executions"), "%s%s", standard_output, standard_error);
	kept = read_file("kept.txt");
	ck_assert_str_eq(kept, "kept\n");
	ck_assert(access("removed.txt", F_OK) == 0 && access("made.txt", F_OK) != 0);
	free(kept);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("input and files");
	TCase *tcase = tcase_create("input and files");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, command_line_tear_down);
	tcase_add_test(tcase, input_of_a_check_is_a_file_or_nothing);
	tcase_add_test(tcase, input_of_a_simulation_is_what_is_there);
	tcase_add_test(tcase, input_on_real_threads);
	tcase_add_test(tcase, files_stay_as_they_are);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
