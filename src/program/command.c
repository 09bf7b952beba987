/* Running the compiler and the linker. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* This process's environment in the C locale. The strings stay the environment's. */
static char **command_environment(void)
{
	static char locale[] = "LC_ALL=C";
	size_t n = 0, kept = 0;
	char **environment;

	while (environ[n])
		n++;
	environment = str_checked(calloc(n + 2, sizeof *environment));
	for (size_t i = 0; i < n; i++) {
		if (strncmp(environ[i], "LC_ALL=", 7) != 0 && strncmp(environ[i], "LANGUAGE=", 9) != 0)
			environment[kept++] = environ[i];
	}
	environment[kept] = locale;
	return environment;
}

static pid_t command_start(struct command *command, char **environment)
{
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, command->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
	command->error = posix_spawn(&pid, command->argv.items[0], &actions, NULL, command->argv.items, environment);
	posix_spawn_file_actions_destroy(&actions);
	return command->error ? -1 : pid;
}

static void command_wait(struct command *command, pid_t pid)
{
	command->status = -1;
	if (pid < 0)
		return;
	while (waitpid(pid, &command->status, 0) < 0) {
		if (errno == EINTR)
			continue;
		command->error = errno;
		command->status = -1;
		return;
	}
}

int command_run_all(struct command *commands, size_t n, size_t n_parallel)
{
	char **environment = command_environment();
	pid_t *pids = str_checked(calloc(n, sizeof *pids));
	size_t started = 0;
	int failed = -1;

	for (size_t ended = 0; ended < n; ended++) {
		while (started < n && started < ended + n_parallel) {
			pids[started] = command_start(&commands[started], environment);
			started++;
		}
		command_wait(&commands[ended], pids[ended]);
		if (commands[ended].status != 0 && failed < 0)
			failed = (int)ended;
	}
	free(pids);
	free(environment);
	return failed;
}

void command_release(struct command *command)
{
	str_list_release(&command->argv);
	free(command->log);
	*command = (struct command){0};
}
