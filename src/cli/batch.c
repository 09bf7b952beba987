/*
 * Many programs. Each is checked by a child process, which sends its line through a pipe and ends with its exit status:
 * nothing that goes wrong with one program touches another.
 */
#include "batch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

/* One program. Lifetime: batch_run(). */
struct batch_item {
	const char *file;
	pid_t pid;
	int pipe; /* its line comes from there */
};

/* What a session came to, in one line. A new string. */
static char *batch_line(const struct session *session)
{
	char *found, *expected, *line;

	if (session->error)
		return str_printf("%.*s", (int)strcspn(session->error, "\n"), session->error);
	found = expectations_found_text(&session->result.report);
	expected = expectations_text(&session->expectations);
	if (session->status == 0)
		line = str_printf("%s, %llu executions", found, (unsigned long long)session->result.report.executions);
	else
		line = str_printf("%s, %llu executions; expected %s", found,
			(unsigned long long)session->result.report.executions, expected);
	free(found);
	free(expected);
	return line;
}

/* In the child: checks `file`, writes the line to `output`. Returns the exit status. */
static int batch_check(const char *file, int argc, char **argv, int output)
{
	struct str_list files = {0};
	struct options options;
	struct session session;
	char *error = NULL, *line;
	int status = 2;

	str_list_add(&files, file);
	if (options_parse_for(&options, argc, argv, &files, &error) < 0) {
		line = error;
	} else {
		session_run(&session, &options, false);
		status = session.status;
		line = batch_line(&session);
		session_release(&session);
		options_release(&options);
	}
	if (write(output, line, strlen(line)) < 0)
		status = 70;
	free(line);
	str_list_release(&files);
	return status;
}

static void batch_start(struct batch_item *item, int argc, char **argv)
{
	pid_t parent = getpid();
	int ends[2];

	item->pid = -1;
	item->pipe = -1;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	fflush(stdout);
	item->pid = fork();
	if (item->pid == 0) {
		/* When the parent is gone nobody wants the answer. */
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(70);
		_exit(batch_check(item->file, argc, argv, ends[1]));
	}
	close(ends[1]);
	item->pipe = ends[0];
}

/* Waits for the end of a program. Returns its exit status, with its line in `line`. */
static int batch_wait(struct batch_item *item, char *line, size_t size)
{
	size_t n = 0;
	ssize_t got = 0;
	int status = 0;

	while (item->pipe >= 0 && n + 1 < size) {
		got = read(item->pipe, line + n, size - n - 1);
		if (got == 0 || (got < 0 && errno != EINTR))
			break;
		n += got > 0 ? (size_t)got : 0;
	}
	line[n] = 0;
	if (item->pipe >= 0)
		close(item->pipe);
	if (item->pid < 0) {
		snprintf(line, size, "cannot start a process");
		return 70;
	}
	while (waitpid(item->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}

static int batch_width(const struct str_list *files)
{
	size_t width = 0;

	for (size_t i = 0; i < files->n; i++) {
		size_t length = strlen(files->items[i]);

		if (length > width)
			width = length;
	}
	return width < 60 ? (int)width : 60;
}

/* Prints the line of a program and counts it. Returns the worse of `status` and its own: 70, 2, 1, 0. */
static int batch_show(struct batch_item *item, int width, int worst, size_t counts[3])
{
	static const char *const words[] = {"met", "NOT MET", "error"};
	char line[4096];
	int status = batch_wait(item, line, sizeof line);
	int group = status == 0 ? 0 : status == 1 ? 1 : 2;

	counts[group]++;
	printf("%-7s  %-*s  %s\n", words[group], width, item->file, line);
	fflush(stdout);
	return status > worst ? status : worst;
}

int batch_run(const struct options *options, int argc, char **argv)
{
	size_t n = options->files.n, started = 0, counts[3] = {0};
	struct batch_item *items = str_checked(calloc(n, sizeof *items));
	long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
	int worst = 0;

	for (size_t ended = 0; ended < n; ended++) {
		while (started < n && started < ended + (size_t)(n_processors > 0 ? n_processors : 1)) {
			items[started].file = options->files.items[started];
			batch_start(&items[started], argc, argv);
			started++;
		}
		worst = batch_show(&items[ended], batch_width(&options->files), worst, counts);
	}
	printf("%zu programs: %zu met, %zu not met, %zu could not be checked\n", n, counts[0], counts[1], counts[2]);
	free(items);
	return worst;
}
