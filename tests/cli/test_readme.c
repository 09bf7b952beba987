/* The README shows programs and what simcheck says of them: it is held to that, byte for byte. */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_line.h"

static char *readme;

static void set_up(void)
{
	command_line_set_up();
	readme = read_file(SIM_CHECKOUT "/README.md");
}

static void tear_down(void)
{
	free(readme);
	command_line_tear_down();
}

/* A copy of the first block of the README that begins with a line ```LANGUAGE and contains `text`. */
static char *block_with(const char *language, const char *text)
{
	for (char *from = strstr(readme, "\n```"); from; from = strstr(from, "\n```")) {
		char *named = from + strlen("\n```"), *inside = strchr(named, '\n') + 1, *end = strstr(inside, "\n```\n"), *copy;
		size_t length = (size_t)(inside - 1 - named);

		ck_assert_ptr_nonnull(end);
		copy = strndup(inside, (size_t)(end + 1 - inside));
		if (length == strlen(language) && strncmp(named, language, length) == 0 && strstr(copy, text))
			return copy;
		free(copy);
		from = end + strlen("\n```");
	}
	ck_abort_msg("README.md has no block \"%s\" with \"%s\"", language, text);
	return NULL;
}

/* The output, up to the command for a replay, which depends on where the program is. */
static void cut_replay(char *text)
{
	char *replay = strstr(text, "To see it again:");

	ck_assert_ptr_nonnull(replay);
	*replay = 0;
}

START_TEST(the_deadlock_is_told_as_shown)
{
	char *shown = block_with("", "lock-cycle");

	simcheck(SIM_CHECKOUT "/scenarios/deadlock_abba.c");
	ck_assert_int_eq(exit_status, 1);
	cut_replay(shown);
	cut_replay(standard_output);
	ck_assert_str_eq(standard_output, shown);
	free(shown);
}
END_TEST

START_TEST(the_repaired_deadlock_is_proved_as_shown)
{
	char *shown = block_with("", "proved");

	simcheck(SIM_CHECKOUT "/scenarios/deadlock_abba_fixed.c");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_str_eq(standard_output, shown);
	free(shown);
}
END_TEST

START_TEST(the_lost_notification_is_told_as_shown)
{
	char *program = block_with("c", "static bool done;"), *shown = block_with("", "Finding 2 of 2");

	write_file("ready.c", program);
	simcheck("ready.c");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "Finding 1 of 2: data-race\n"));
	ck_assert_msg(strstr(standard_output, shown), "%s", standard_output);
	free(program);
	free(shown);
}
END_TEST

/* Runs a command of the shell, which must go well. */
static void must_run(const char *command)
{
	ck_assert_msg(system(command) == 0, "%s failed", command);
}

START_TEST(the_program_built_by_make_is_told_as_shown)
{
	char *bug = block_with("", "queue.c:29, which wakes T1"), *repaired = block_with("", "nothing of the program was compiled");
	char *covered = block_with("", "41 of 41 lines");

	must_run("cp -r " SIM_CHECKOUT "/tests/programs/job_queue . && make -s -C job_queue CC=" SIMCHECK "-cc");
	ck_assert_int_eq(chdir("job_queue"), 0);
	simcheck("./pool");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_msg(strncmp(standard_output, bug, strlen(bug)) == 0, "%s", standard_output);
	ck_assert_ptr_nonnull(strstr(readme, "    sed -i '29s/signal/broadcast/' queue.c\n"));
	must_run("sed -i '29s/signal/broadcast/' queue.c && make -s CC=" SIMCHECK "-cc");
	simcheck("--coverage ./pool");
	ck_assert_str_eq(standard_output, repaired);
	simcheck("--coverage main.c queue.c");
	ck_assert_str_eq(standard_output, covered);
	free(bug);
	free(repaired);
	free(covered);
}
END_TEST

/* Fails unless each link of `folder`/README.md to a file leads to one. */
static void links_lead_somewhere(const char *folder)
{
	char path[512], *text;

	snprintf(path, sizeof path, "%s/README.md", folder);
	text = read_file(path);
	for (char *link = strstr(text, "]("); link; link = strstr(link, "](")) {
		size_t length = strcspn(link, ")#");

		snprintf(path, sizeof path, "%s/%.*s", folder, (int)(length - strlen("](")), link + strlen("]("));
		link += length;
		ck_assert_msg(access(path, F_OK) == 0, "there is no %s", path);
	}
	free(text);
}

START_TEST(all_links_lead_somewhere)
{
	links_lead_somewhere(SIM_CHECKOUT);
	links_lead_somewhere(SIM_CHECKOUT "/scenarios");
}
END_TEST

/* In the table of the README and in the tour; a repaired one needs no words of its own. */
START_TEST(all_scenarios_are_shown)
{
	char *tour = read_file(SIM_CHECKOUT "/scenarios/README.md"), link[256];
	glob_t scenarios;

	ck_assert_int_eq(glob(SIM_CHECKOUT "/scenarios/*.c", 0, NULL, &scenarios), 0);
	for (size_t i = 0; i < scenarios.gl_pathc; i++) {
		const char *name = strrchr(scenarios.gl_pathv[i], '/') + 1;

		snprintf(link, sizeof link, "(scenarios/%s)", name);
		ck_assert_msg(strstr(readme, link) != NULL, "README.md does not show %s", name);
		snprintf(link, sizeof link, "(%s)", name);
		ck_assert_msg(strstr(tour, link) || strstr(name, "_fixed.c"), "scenarios/README.md does not show %s", name);
	}
	globfree(&scenarios);
	free(tour);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("readme");
	TCase *tcase = tcase_create("readme");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, the_deadlock_is_told_as_shown);
	tcase_add_test(tcase, the_repaired_deadlock_is_proved_as_shown);
	tcase_add_test(tcase, the_lost_notification_is_told_as_shown);
	tcase_add_test(tcase, the_program_built_by_make_is_told_as_shown);
	tcase_add_test(tcase, all_links_lead_somewhere);
	tcase_add_test(tcase, all_scenarios_are_shown);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
