/* One call of the command simcheck: its arguments, its process. */
#include "invocation.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locate.h"

__attribute__((format(printf, 2, 3)))
static void invocation_add(struct invocation *invocation, const char *format, ...)
{
	char **longer = realloc(invocation->arguments, (invocation->n_arguments + 2) * sizeof(*longer));
	char *argument;
	va_list values;
	int n;

	if (longer == NULL) {
		invocation->failed = true;
		return;
	}
	invocation->arguments = longer;
	va_start(values, format);
	n = vasprintf(&argument, format, values);
	va_end(values);
	if (n < 0) {
		invocation->failed = true;
		return;
	}
	longer[invocation->n_arguments++] = argument;
	longer[invocation->n_arguments] = NULL;
}

static void invocation_add_all(struct invocation *invocation, const char *prefix, const char *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		invocation_add(invocation, "%s%s", prefix, *list);
}

static void invocation_add_options(struct invocation *invocation, const struct sim_check_options *options)
{
	if (options->entry != NULL)
		invocation_add(invocation, "--entry=%s", options->entry);
	if (options->strategy != NULL)
		invocation_add(invocation, "--strategy=%s", options->strategy);
	if (options->time != NULL)
		invocation_add(invocation, "--time=%s", options->time);
	if (options->keep_going)
		invocation_add(invocation, "--keep-going");
	if (options->max_executions != 0)
		invocation_add(invocation, "--max-executions=%" PRIu64, options->max_executions);
	if (options->max_events != 0)
		invocation_add(invocation, "--max-events=%" PRIu64, options->max_events);
	/* Seconds, without printf's decimal point, which depends on the locale. */
	if (options->timeout_ms > 0)
		invocation_add(invocation, "--timeout=%" PRId64 ".%03d", options->timeout_ms / 1000,
			(int)(options->timeout_ms % 1000));
	invocation_add_all(invocation, "-D", options->defines);
	invocation_add_all(invocation, "-I", options->include_dirs);
	invocation_add_all(invocation, "", options->extra);
}

/* A file that starts with a dash must not be taken for an option. */
static void invocation_add_file(struct invocation *invocation, const char *file)
{
	invocation_add(invocation, "%s%s", *file == '-' ? "./" : "", file);
}

void invocation_init(struct invocation *invocation, const char *path, const struct sim_check_options *options,
	const struct invocation_files *files)
{
	*invocation = (struct invocation){ 0 };
	invocation_add(invocation, "%s", locate_command(options->simcheck));
	invocation_add(invocation, "--json=%s", files->report);
	invocation_add(invocation, "--trace=%s", files->trace);
	if (files->replay != NULL)
		invocation_add(invocation, "--replay=%s", files->replay);
	invocation_add_options(invocation, options);
	invocation_add_file(invocation, path);
	for (const char *const *file = options->files; file != NULL && *file != NULL; file++)
		invocation_add_file(invocation, *file);
	if (options->arguments != NULL && *options->arguments != NULL) {
		invocation_add(invocation, "--");
		invocation_add_all(invocation, "", options->arguments);
	}
}

void invocation_release(struct invocation *invocation)
{
	for (size_t i = 0; i < invocation->n_arguments; i++)
		free(invocation->arguments[i]);
	free(invocation->arguments);
	*invocation = (struct invocation){ 0 };
}

static int invocation_spawn(const struct invocation *invocation, const char *messages, pid_t *process)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (error == 0)
		error = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	if (error == 0)
		error = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, messages,
			O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (error == 0)
		error = posix_spawnp(process, invocation->arguments[0], &actions, NULL, invocation->arguments,
			environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

int invocation_run(const struct invocation *invocation, const struct invocation_files *files, bool *started,
	int *status)
{
	pid_t process;
	int error = invocation_spawn(invocation, files->messages, &process);

	*started = error == 0;
	if (error != 0)
		return error;
	while (waitpid(process, status, 0) < 0) {
		if (errno != EINTR)
			return errno;
	}
	return 0;
}
