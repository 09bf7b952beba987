#include "observe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char observe_folder[] = "/tmp/simcheck-test-XXXXXX";

static void observe_demand(bool works, const char *what)
{
	if (works)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(2);
}

void observe_begin(void)
{
	char path[64];

	observe_demand(mkdtemp(observe_folder) && chdir(observe_folder) == 0, "cannot make a folder");
	observe_demand(mkdir("tmp", 0700) == 0, "cannot make a folder");
	snprintf(path, sizeof path, "%s/cache", observe_folder);
	setenv("XDG_CACHE_HOME", path, 1);
	snprintf(path, sizeof path, "%s/tmp", observe_folder);
	setenv("TMPDIR", path, 1);
	/* Orphans of what is run become children of this process. */
	observe_demand(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "cannot watch processes");
}

static int observe_remove(const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)status, (void)type, (void)at;
	return remove(path);
}

void observe_end(void)
{
	observe_demand(chdir("/") == 0, "cannot leave the folder");
	nftw(observe_folder, observe_remove, 8, FTW_DEPTH | FTW_PHYS);
}

void observe_write(const char *name, const char *bytes, size_t n)
{
	FILE *file = fopen(name, "w");

	observe_demand(file && fwrite(bytes, 1, n, file) == n && fclose(file) == 0, name);
}

char *observe_read(const char *name, size_t *n)
{
	FILE *file = fopen(name, "r");
	char *bytes = NULL;
	size_t size = 0;
	FILE *copy = open_memstream(&bytes, &size);
	char piece[4096];

	observe_demand(file && copy, name);
	for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
		fwrite(piece, 1, got, copy);
	fclose(file);
	fclose(copy);
	if (n)
		*n = size;
	return bytes;
}

static void observe_redirect(const char *name, int flags, int descriptor)
{
	int file = open(name, flags, 0600);

	observe_demand(file >= 0 && dup2(file, descriptor) == descriptor, name);
}

static pid_t observe_start(const char *const *arguments, const char *input)
{
	pid_t child = fork();

	observe_demand(child >= 0, "cannot start a process");
	if (child > 0)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	observe_redirect(input ? input : "/dev/null", O_RDONLY, STDIN_FILENO);
	observe_redirect("messages", O_WRONLY | O_CREAT | O_TRUNC, 3);
	observe_redirect("output", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
	observe_redirect("error", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
	execv(arguments[0], (char *const *)arguments);
	_exit(127);
}

static double observe_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Waits for a child, any if `child` is -1. Returns 0 when the time has come before. */
static pid_t observe_wait(pid_t child, int *status, double until)
{
	for (;;) {
		pid_t ended = waitpid(child, status, WNOHANG);

		if (ended != 0 || observe_now() > until)
			return ended;
		nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	}
}

/* Ends the children that there are. */
static void observe_kill_children(void)
{
	char path[64];
	long child;
	FILE *children;

	snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
	children = fopen(path, "r");
	observe_demand(children != NULL, path);
	while (fscanf(children, "%ld", &child) == 1)
		kill((pid_t)child, SIGKILL);
	fclose(children);
}

/* Waits for what is left, and ends it where that takes too long: then the result is true. */
static bool observe_reap(void)
{
	bool left = false;
	pid_t ended;
	int status;

	while ((ended = observe_wait(-1, &status, observe_now() + 0.5)) >= 0)
		if (ended == 0) {
			left = true;
			observe_kill_children();
		}
	return left;
}

static bool observe_is_empty(const char *folder)
{
	DIR *entries = opendir(folder);
	size_t n = 0;

	observe_demand(entries != NULL, folder);
	while (readdir(entries))
		n++;
	closedir(entries);
	return n == 2; /* itself and the folder above */
}

struct observed observe(const char *const *arguments, const char *input, double limit_s)
{
	struct observed observed = {0};
	int status = 0;
	pid_t child = observe_start(arguments, input);

	observed.hung = observe_wait(child, &status, observe_now() + limit_s) == 0;
	if (observed.hung) {
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
	}
	observed.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	observed.left_process = observe_reap();
	observed.left_file = !observe_is_empty("tmp");
	observed.output = observe_read("output", &observed.n_output);
	observed.error = observe_read("error", &observed.n_error);
	observed.messages = observe_read("messages", NULL);
	return observed;
}

void observed_release(struct observed *observed)
{
	free(observed->output);
	free(observed->error);
	free(observed->messages);
	*observed = (struct observed){0};
}
