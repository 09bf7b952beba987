/*
 * The API for test programs itself, against commands that only pretend to be simcheck: shell scripts that each test
 * writes. What the real command does with its options is not tested here.
 */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <simcheck/check.h>

static char folder[] = "/tmp/test_check-XXXXXX";
static char command[sizeof(folder) + 16], arguments[sizeof(folder) + 16], scratch[sizeof(folder) + 16];

static void set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(command, sizeof(command), "%s/command", folder);
	snprintf(arguments, sizeof(arguments), "%s/arguments", folder);
	snprintf(scratch, sizeof(scratch), "%s/scratch", folder);
	ck_assert_int_eq(mkdir(scratch, 0700), 0);
	setenv("TMPDIR", scratch, 1);
	setenv("ARGUMENTS", arguments, 1);
	unsetenv("SIMCHECK");
}

static int n_entries(const char *path)
{
	DIR *entries = opendir(path);
	struct dirent *entry;
	int n = 0;

	ck_assert_ptr_nonnull(entries);
	while ((entry = readdir(entries)) != NULL)
		n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(entries);
	return n;
}

/* Whatever a check came to, it has left nothing behind. */
static void tear_down(void)
{
	ck_assert_int_eq(n_entries(scratch), 0);
	unlink(command);
	unlink(arguments);
	rmdir(scratch);
	rmdir(folder);
}

/* Makes the command a script. In it, $json is the file to write the report to, $replay the schedule to follow. */
static void pretend(const char *script)
{
	FILE *out = fopen(command, "w");

	ck_assert_ptr_nonnull(out);
	fputs("#!/bin/sh\n"
	      "for argument; do\n"
	      "	printf '%s\\n' \"$argument\"\n"
	      "	case $argument in\n"
	      "	--json=*) json=${argument#--json=};;\n"
	      "	--replay=*) replay=${argument#--replay=};;\n"
	      "	esac\n"
	      "done >\"$ARGUMENTS\"\n", out);
	fputs(script, out);
	ck_assert_int_eq(fclose(out), 0);
	ck_assert_int_eq(chmod(command, 0700), 0);
}

static enum sim_check_status check(struct sim_check_result *result)
{
	struct sim_check_options options = { .simcheck = command };

	return sim_check_file("program.c", &options, result);
}

#define HEAD "{\"format\":\"simcheck-report\",\"version\":1,\"files\":[\"program.c\"],\"strategy\":\"dfs\","

static const char script_proved[] =
	"cat >\"$json\" <<'END'\n" HEAD
	"\"verdict\":\"proved\",\"executions\":6,\"blocked\":2,\"classes\":5,\"events\":40,\"findings\":[]}\n"
	"END\nexit 0\n";

static const char script_bug[] =
	"cat >\"$json\" <<'END'\n" HEAD
	"\"verdict\":\"bug\",\"executions\":3,\"classes\":null,\"events\":9,\"limit\":\"the timeout\",\"findings\":["
	"{\"kind\":\"data-race\",\"cause\":null,\"message\":\"a race\",\"file\":\"program.c\",\"line\":7,"
	"\"execution\":1,\"threads\":[],\"trace\":[]},"
	"{\"kind\":\"deadlock\",\"cause\":\"lock-cycle\",\"message\":\"a cycle\",\"file\":null,\"line\":0,"
	"\"execution\":2,\"threads\":[],\"trace\":[]}]}\nEND\nexit 1\n";

START_TEST(test_proved)
{
	struct sim_check_result result;

	pretend(script_proved);
	ck_assert_msg(check(&result) == SIM_CHECK_OK, "%s", sim_check_summary(&result));
	ck_assert_int_eq(result.verdict, SIM_CHECK_PROVED);
	ck_assert_str_eq(result.verdict_name, "proved");
	ck_assert_uint_eq(result.executions, 6);
	ck_assert_uint_eq(result.blocked, 2);
	ck_assert_uint_eq(result.events, 40);
	ck_assert_int_eq(result.classes, 5);
	ck_assert_uint_eq(result.n_findings, 0);
	ck_assert_ptr_null(result.limit);
	ck_assert_ptr_null(result.error);
	ck_assert_int_eq(result.exit_status, 0);
	ck_assert(!sim_check_has(&result, NULL, NULL));
	ck_assert_str_eq(sim_check_summary(&result), "proved after 6 executions");
	sim_check_result_release(&result);
	ck_assert_ptr_null(result.verdict_name);
	sim_check_result_release(&result);
}
END_TEST

START_TEST(test_findings)
{
	struct sim_check_result result;
	const struct sim_check_finding *cycle;

	pretend(script_bug);
	ck_assert_msg(check(&result) == SIM_CHECK_OK, "%s", sim_check_summary(&result));
	ck_assert_int_eq(result.verdict, SIM_CHECK_BUG);
	ck_assert_int_eq(result.classes, -1);
	ck_assert_str_eq(result.limit, "the timeout");
	ck_assert_int_eq(result.exit_status, 1);
	ck_assert_uint_eq(result.n_findings, 2);
	ck_assert_str_eq(result.findings[0].kind, "data-race");
	ck_assert_ptr_null(result.findings[0].cause);
	ck_assert_str_eq(result.findings[0].message, "a race");
	ck_assert_str_eq(result.findings[0].file, "program.c");
	ck_assert_int_eq(result.findings[0].line, 7);
	cycle = sim_check_find(&result, "deadlock", "lock-cycle");
	ck_assert_ptr_eq(cycle, &result.findings[1]);
	ck_assert_ptr_null(cycle->file);
	ck_assert_uint_eq(cycle->execution, 2);
	ck_assert_ptr_nonnull(strstr(cycle->trace, "\"simcheck-trace\""));
	ck_assert_ptr_nonnull(strstr(cycle->trace, "lock-cycle"));
	ck_assert_str_eq(sim_check_summary(&result),
		"bug after 3 executions (the timeout)\ndata-race: a race\ndeadlock lock-cycle: a cycle");
	sim_check_result_release(&result);
}
END_TEST

/* NULL matches everything, a name only itself; a cause is no kind. */
START_TEST(test_has)
{
	struct sim_check_result result;

	pretend(script_bug);
	ck_assert_int_eq(check(&result), SIM_CHECK_OK);
	ck_assert(sim_check_has(&result, NULL, NULL));
	ck_assert(sim_check_has(&result, "deadlock", NULL));
	ck_assert(sim_check_has(&result, NULL, "lock-cycle"));
	ck_assert(sim_check_has(&result, "data-race", NULL));
	ck_assert(!sim_check_has(&result, "data-race", "lock-cycle"));
	ck_assert(!sim_check_has(&result, "deadlock", "lost-wakeup"));
	ck_assert(!sim_check_has(&result, "lock-cycle", NULL));
	ck_assert(!sim_check_has(&result, "dead", NULL));
	sim_check_result_release(&result);
}
END_TEST

/* What the script was called with, one argument per line, the two files to write cut off at the front. */
static void assert_arguments(const char *expected)
{
	char text[4096], *rest = text;
	FILE *in = fopen(arguments, "r");
	size_t n;

	ck_assert_ptr_nonnull(in);
	n = fread(text, 1, sizeof(text) - 1, in);
	fclose(in);
	text[n] = '\0';
	ck_assert_int_eq(strncmp(rest, "--json=", 7), 0);
	rest = strchr(rest, '\n') + 1;
	ck_assert_int_eq(strncmp(rest, "--trace=", 8), 0);
	rest = strchr(rest, '\n') + 1;
	ck_assert_str_eq(rest, expected);
}

START_TEST(test_no_options)
{
	struct sim_check_result result;

	pretend(script_proved);
	setenv("SIMCHECK", command, 1);
	ck_assert_msg(sim_check_file("program.c", NULL, &result) == SIM_CHECK_OK, "%s", sim_check_summary(&result));
	assert_arguments("program.c\n");
	sim_check_result_release(&result);
}
END_TEST

START_TEST(test_all_options)
{
	static const char *const files[] = { "-more.c", NULL }, *const defines[] = { "N=2", "FAST", NULL };
	static const char *const include_dirs[] = { "a b", NULL }, *const program[] = { "-v", NULL };
	static const char *const extra[] = { "--cc=clang", NULL };
	struct sim_check_options options = {
		.simcheck = command,
		.entry = "check_it",
		.files = files,
		.defines = defines,
		.include_dirs = include_dirs,
		.arguments = program,
		.extra = extra,
		.strategy = "dfs",
		.time = "virtual",
		.keep_going = true,
		.max_executions = 1000,
		.max_events = 50,
		.timeout_ms = 1500,
	};
	struct sim_check_result result;

	pretend(script_proved);
	ck_assert_int_eq(sim_check_file("program.c", &options, &result), SIM_CHECK_OK);
	assert_arguments("--entry=check_it\n--strategy=dfs\n--time=virtual\n--keep-going\n--max-executions=1000\n"
			 "--max-events=50\n--timeout=1.500\n-DN=2\n-DFAST\n-Ia b\n--cc=clang\n"
			 "program.c\n./-more.c\n--\n-v\n");
	sim_check_result_release(&result);
}
END_TEST

/* The schedule arrives byte for byte. */
START_TEST(test_replay)
{
	struct sim_check_options options = { .simcheck = command, .replay = "{\"a schedule\": [1, 2]}" };
	struct sim_check_result result;

	pretend("[ \"$(cat \"$replay\")\" = '{\"a schedule\": [1, 2]}' ] || { echo 'not the schedule' >&2; exit 2; }\n"
		"cat >\"$json\" <<'END'\n" HEAD
		"\"verdict\":\"incomplete\",\"executions\":1,\"findings\":[]}\nEND\nexit 3\n");
	ck_assert_msg(sim_check_file("program.c", &options, &result) == SIM_CHECK_OK, "%s",
		sim_check_summary(&result));
	ck_assert_int_eq(result.verdict, SIM_CHECK_INCOMPLETE);
	ck_assert_int_eq(result.exit_status, 3);
	sim_check_result_release(&result);
}
END_TEST

static const struct {
	const char *script;
	enum sim_check_status status;
	int exit_status;
	const char *error;
} failures[] = {
	{ "echo 'simcheck: program.c: no such file' >&2; exit 2\n", SIM_CHECK_REFUSED, 2,
	  "simcheck: program.c: no such file" },
	{ "exit 2\n", SIM_CHECK_REFUSED, 2, "it did not say why" },
	{ "echo 'one\ntwo' >&2; exit 70\n", SIM_CHECK_INTERNAL, 70, "simcheck failed with status 70: one\ntwo" },
	{ "echo oops >&2; kill -9 $$\n", SIM_CHECK_INTERNAL, -1, "simcheck was ended by signal 9: oops" },
	{ "echo '{\"format\":' >\"$json\"; exit 0\n", SIM_CHECK_INTERNAL, 0, "the report cannot be read: " },
	{ "echo '{\"format\":\"other\"}' >\"$json\"; exit 0\n", SIM_CHECK_INTERNAL, 0, "the report cannot be read: " },
	{ "exit 0\n", SIM_CHECK_INTERNAL, 0, "the report cannot be read: " },
	{ "cat >\"$json\" <<'END'\n" HEAD "\"verdict\":\"ok\",\"executions\":1,\"findings\":[]}\nEND\n",
	  SIM_CHECK_INTERNAL, 0, "the report has an unknown verdict, \"ok\"" },
};

START_TEST(test_failure)
{
	struct sim_check_result result;

	pretend(failures[_i].script);
	ck_assert_int_eq(check(&result), failures[_i].status);
	ck_assert_int_eq(result.exit_status, failures[_i].exit_status);
	ck_assert_msg(strncmp(result.error, failures[_i].error, strlen(failures[_i].error)) == 0, "%s", result.error);
	ck_assert_str_eq(sim_check_summary(&result), result.error);
	ck_assert_uint_eq(result.n_findings, 0);
	sim_check_result_release(&result);
}
END_TEST

START_TEST(test_no_command)
{
	struct sim_check_result result;

	ck_assert_int_eq(check(&result), SIM_CHECK_NO_COMMAND);
	ck_assert_ptr_nonnull(strstr(result.error, command));
	ck_assert_int_eq(result.exit_status, -1);
	sim_check_result_release(&result);
}
END_TEST

START_TEST(test_no_temporary_folder)
{
	struct sim_check_result result;

	pretend(script_proved);
	setenv("TMPDIR", command, 1);
	ck_assert_int_eq(check(&result), SIM_CHECK_SYSTEM);
	ck_assert_ptr_nonnull(result.error);
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("checks from test programs");
	TCase *api = tcase_create("API");
	SRunner *runner;
	int n_failed;

	tcase_add_checked_fixture(api, set_up, tear_down);
	tcase_add_test(api, test_proved);
	tcase_add_test(api, test_findings);
	tcase_add_test(api, test_has);
	tcase_add_test(api, test_no_options);
	tcase_add_test(api, test_all_options);
	tcase_add_test(api, test_replay);
	tcase_add_loop_test(api, test_failure, 0, (int)(sizeof(failures) / sizeof(*failures)));
	tcase_add_test(api, test_no_command);
	tcase_add_test(api, test_no_temporary_folder);
	suite_add_tcase(suite, api);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
