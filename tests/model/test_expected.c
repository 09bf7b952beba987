/*
 * The conformance programs: expected.tsv reproduced exactly, one row per program and size. The default strategy executes
 * each class once; plain depth-first search, on the rows that are small enough for it, finds as many classes.
 *
 * The checks are made first, several at a time; the tests then look at what came of them.
 */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <simcheck/check.h>

enum { MAX_ROWS = 64, MAX_DEFINES = 4, MAX_WORKERS = 8, DFS_EXECUTIONS = 6000, DFS_CLASSES = 200 };

/* A line of expected.tsv, and what came of it. Lifetime: the process. */
struct row {
	char text[256]; /* the words that the others point into */
	char path[512];
	const char *file, *verdict, *kind, *cause; /* kind and cause: NULL for none */
	const char *defines[MAX_DEFINES + 1];
	uint64_t executions;     /* 0: any number, there is a bug */
	struct sim_check_result dpor, dfs;
	bool is_small;           /* dfs was tried */
};

static struct row rows[MAX_ROWS];
static int n_rows;
static atomic_int next_row;

/* Outside of tests: Check's assertions do not work there. */
static void demand(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "test_expected: %s\n", what);
	exit(EXIT_FAILURE);
}

/* ---- the table -------------------------------------------------------------------------------------------------- */

static void row_split(struct row *row)
{
	char *rest, *word;
	row->file = strtok_r(row->text, "\t", &rest);
	char *defines = strtok_r(NULL, "\t", &rest), *verdict = strtok_r(NULL, "\t", &rest);
	const char *executions = strtok_r(NULL, "\t", &rest);
	demand(executions, "a row of expected.tsv has too few columns");
	row->executions = strtoull(executions, NULL, 10);
	int n = 0;
	for (word = strtok_r(defines, " ", &rest); word && n < MAX_DEFINES; word = strtok_r(NULL, " ", &rest))
		row->defines[n++] = word + strlen("-D");
	row->verdict = strtok_r(verdict, " ", &rest);
	row->kind = strtok_r(NULL, " ", &rest);
	row->cause = row->kind ? strtok_r(NULL, " ", &rest) : NULL;
	snprintf(row->path, sizeof row->path, "%s/%s", SIM_CONFORMANCE, row->file);
}

static void rows_read(void)
{
	FILE *in = fopen(SIM_CONFORMANCE "/expected.tsv", "r");
	demand(in, "there is no expected.tsv");
	while (n_rows < MAX_ROWS && fgets(rows[n_rows].text, sizeof rows->text, in))
		if (rows[n_rows].text[0] != '#')
			row_split(&rows[n_rows++]);
	fclose(in);
}

/* ---- the checks ------------------------------------------------------------------------------------------------- */

static void row_check(struct row *row)
{
	struct sim_check_options options = {.defines = row->defines, .strategy = "dpor"};
	sim_check_file(row->path, &options, &row->dpor);
	row->is_small = row->executions && row->executions <= DFS_CLASSES;
	options.strategy = "dfs";
	options.max_executions = DFS_EXECUTIONS;
	if (row->is_small)
		sim_check_file(row->path, &options, &row->dfs);
}

static void *check_rows(void *unused)
{
	for (int i; (i = atomic_fetch_add(&next_row, 1)) < n_rows;)
		row_check(&rows[i]);
	return unused;
}

static void check_all(void)
{
	pthread_t workers[MAX_WORKERS];
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	n = n < 1 ? 1 : n > MAX_WORKERS ? MAX_WORKERS : n;
	for (long i = 0; i < n; i++)
		demand(!pthread_create(&workers[i], NULL, check_rows, NULL), "no threads");
	for (long i = 0; i < n; i++)
		pthread_join(workers[i], NULL);
}

/* ---- what came of them ------------------------------------------------------------------------------------------ */

/* For messages: "fai.c -DN=2 -DK=2". */
static const char *row_name(const struct row *row)
{
	static char name[256];
	int n = snprintf(name, sizeof name, "%s", row->file);
	for (const char *const *define = row->defines; *define; define++)
		n += snprintf(name + n, sizeof name - (size_t)n, " -D%s", *define);
	return name;
}

START_TEST(test_default_strategy)
{
	const struct row *row = &rows[_i];
	ck_assert_msg(row->dpor.verdict_name != NULL, "%s: %s", row_name(row), row->dpor.error);
	ck_assert_msg(strcmp(row->dpor.verdict_name, row->verdict) == 0, "%s: %s", row_name(row),
	              sim_check_summary(&row->dpor));
	if (row->executions)
		ck_assert_msg(row->dpor.executions == row->executions, "%s: %llu executions, not %llu", row_name(row),
		              (unsigned long long)row->dpor.executions, (unsigned long long)row->executions);
	ck_assert_msg(row->dpor.blocked == 0, "%s: redundant executions", row_name(row));
	if (row->kind)
		ck_assert_msg(sim_check_has(&row->dpor, row->kind, row->cause), "%s: %s", row_name(row),
		              sim_check_summary(&row->dpor));
	else
		ck_assert_msg(row->dpor.n_findings == 0, "%s: %s", row_name(row), sim_check_summary(&row->dpor));
}
END_TEST

/* Incomplete where there are too many schedules; then it must not have found more classes than there are. */
START_TEST(test_depth_first)
{
	const struct row *row = &rows[_i];
	if (!row->is_small)
		return;
	ck_assert_msg(row->dfs.verdict_name != NULL, "%s: %s", row_name(row), row->dfs.error);
	ck_assert_msg(row->dfs.n_findings == 0, "%s: %s", row_name(row), sim_check_summary(&row->dfs));
	if (row->dfs.verdict == SIM_CHECK_PROVED)
		ck_assert_msg(row->dfs.classes == (int64_t)row->executions, "%s: %lld classes, not %llu", row_name(row),
		              (long long)row->dfs.classes, (unsigned long long)row->executions);
	else
		ck_assert_msg(row->dfs.classes <= (int64_t)row->executions, "%s: too many classes", row_name(row));
}
END_TEST

/* The table is all there, and depth-first search was able to say something about a good part of it. */
START_TEST(test_table)
{
	int n_proved = 0;
	for (int i = 0; i < n_rows; i++)
		n_proved += rows[i].is_small && rows[i].dfs.verdict == SIM_CHECK_PROVED;
	ck_assert_int_eq(n_rows, 54);
	ck_assert_int_ge(n_proved, 12);
}
END_TEST

int main(void)
{
	rows_read();
	check_all();
	Suite *suite = suite_create("conformance programs");
	TCase *cases = tcase_create("expected.tsv");
	tcase_add_test(cases, test_table);
	tcase_add_loop_test(cases, test_default_strategy, 0, n_rows);
	tcase_add_loop_test(cases, test_depth_first, 0, n_rows);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	for (int i = 0; i < n_rows; i++) {
		sim_check_result_release(&rows[i].dpor);
		sim_check_result_release(&rows[i].dfs);
	}
	return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
