/* Running the compiler. */
#include "tool.h"

#include <errno.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int tool_fail(const char *format, ...)
{
	va_list values;

	fputs("simcheck-cc: ", stderr);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	return 1;
}

int tool_run(const struct str_list *argv)
{
	int status, error;
	pid_t pid;

	error = posix_spawn(&pid, argv->items[0], NULL, NULL, argv->items, environ);
	if (error)
		return tool_fail("cannot run %s: %s", argv->items[0], strerror(error));
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return tool_fail("cannot wait for %s: %s", argv->items[0], strerror(errno));
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return tool_fail("%s was ended by a signal (%s)", argv->items[0], strsignal(WTERMSIG(status)));
}
