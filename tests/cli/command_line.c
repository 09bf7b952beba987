/* Running simcheck from a test. */
#include "command_line.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

char *standard_output, *standard_error;
int exit_status;
static char folder[] = "/tmp/simcheck-test-XXXXXX";

void command_line_set_up(void)
{
	char cache[64];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	snprintf(cache, sizeof cache, "%s/cache", folder);
	setenv("XDG_CACHE_HOME", cache, 1);
	unsetenv("SIMCHECK_WORKER");
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)status, (void)type, (void)at;
	return remove(path);
}

void command_line_tear_down(void)
{
	free(standard_output);
	free(standard_error);
	ck_assert_int_eq(chdir("/"), 0);
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

char *read_file(const char *name)
{
	FILE *file = fopen(name, "r");
	char *text = NULL;
	size_t size = 0;

	ck_assert_ptr_nonnull(file);
	if (getdelim(&text, &size, 0, file) < 0) {
		free(text);
		text = strdup("");
	}
	fclose(file);
	return text;
}

void simcheck(const char *arguments)
{
	char command[1024];
	int status;

	snprintf(command, sizeof command, "%s %s >output.txt 2>error.txt", SIMCHECK, arguments);
	status = system(command);
	ck_assert(WIFEXITED(status));
	exit_status = WEXITSTATUS(status);
	free(standard_output);
	free(standard_error);
	standard_output = read_file("output.txt");
	standard_error = read_file("error.txt");
}

void simcheck_fails(const char *arguments, int status, const char *line)
{
	size_t length;

	simcheck(arguments);
	length = strcspn(standard_error, "\n");
	ck_assert_msg(length == strlen(line) && strncmp(standard_error, line, length) == 0, "%s: said %s", arguments,
		standard_error);
	ck_assert_msg(exit_status == status, "%s: exit status %d", arguments, exit_status);
	ck_assert_str_eq(standard_output, "");
}
