/* The program on real threads, many times. */
#include "stress.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session.h"

#define STRESS_PROGRESS_S 0.2

/* One way in which runs ended. */
struct stress_way {
	char *text; /* "ended by SIGABRT: prog.c:7: ..." */
	uint64_t n;
	bool failure;
};

/* All runs. Lifetime: stress_run(). */
struct stress {
	const struct options *options;
	const char *program;
	char **argv;
	int log;          /* a file in memory that takes what a run writes to standard error */
	sigset_t signals; /* blocked: ends of children, and interruptions */
	struct stress_way *ways; /* in the order of their first run */
	size_t n_ways;
	uint64_t n_runs, n_failures;
	bool interrupted;
	const char *error; /* a run could not be started */
};

static double stress_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int stress_start(struct stress *stress, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	const char *input = stress->options->config.input;
	sigset_t none;
	int error;

	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	/* A group of its own, so that what hangs can be ended with all that it started. */
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, *input ? input : "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, stress->log, STDERR_FILENO);
	error = posix_spawn(pid, stress->program, &actions, &attributes, stress->argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error;
}

/* Waits until `pid` ends, or its time is over, or somebody interrupts. Returns whether it ended, with *status. */
static bool stress_wait(struct stress *stress, pid_t pid, int *status)
{
	double limit_s = stress->options->run_timeout_s;
	double deadline_s = limit_s > 0 ? stress_now() + limit_s : INFINITY;

	while (waitpid(pid, status, WNOHANG) == 0) {
		double left_s = deadline_s - stress_now();
		double turn_s = left_s < 1 ? left_s : 1;
		struct timespec turn = {.tv_sec = (time_t)turn_s, .tv_nsec = (long)((turn_s - floor(turn_s)) * 1e9)};
		int signal;

		if (left_s <= 0)
			return false;
		signal = sigtimedwait(&stress->signals, NULL, &turn);
		if (signal == SIGINT || signal == SIGTERM) {
			stress->interrupted = true;
			return false;
		}
	}
	return true;
}

/* The first line that the run wrote to standard error, as a new string; "" when it wrote nothing. */
static char *stress_first_line(struct stress *stress)
{
	char text[512];
	ssize_t n = pread(stress->log, text, sizeof text - 1, 0);

	text[n > 0 ? n : 0] = 0;
	text[strcspn(text, "\n")] = 0;
	return str_copy(text);
}

/* Counts one run that ended as `text` says, which is taken over. */
static void stress_count(struct stress *stress, char *text, bool failure)
{
	size_t i = 0;

	while (i < stress->n_ways && strcmp(stress->ways[i].text, text) != 0)
		i++;
	if (i == stress->n_ways) {
		stress->ways = str_checked(realloc(stress->ways, (stress->n_ways + 1) * sizeof *stress->ways));
		stress->ways[stress->n_ways++] = (struct stress_way){.text = str_copy(text), .failure = failure};
	}
	stress->ways[i].n++;
	stress->n_failures += failure;
	free(text);
}

static void stress_classify(struct stress *stress, int status)
{
	char *line = stress_first_line(stress);

	if (WIFSIGNALED(status))
		stress_count(stress, str_printf("ended by SIG%s%s%s", sigabbrev_np(WTERMSIG(status)), *line ? ": " : "", line),
			true);
	else if (WEXITSTATUS(status))
		stress_count(stress, str_printf("exit status %d (not a failure)", WEXITSTATUS(status)), false);
	else
		stress_count(stress, str_copy("ended well"), false);
	free(line);
}

static void stress_one(struct stress *stress)
{
	pid_t pid;
	int status = 0, error;

	if (ftruncate(stress->log, 0) < 0 || lseek(stress->log, 0, SEEK_SET) < 0)
		error = errno;
	else
		error = stress_start(stress, &pid);
	if (error) {
		stress->error = strerror(error);
		return;
	}
	if (stress_wait(stress, pid, &status)) {
		stress->n_runs++;
		stress_classify(stress, status);
		return;
	}
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!stress->interrupted) {
		stress->n_runs++;
		stress_count(stress, str_printf("hung: not ended after %g s", stress->options->run_timeout_s), true);
	}
}

static void stress_all(struct stress *stress)
{
	bool shows = isatty(STDERR_FILENO) && !stress->options->quiet;
	double shown_s = stress_now();

	while (stress->n_runs < stress->options->n_runs && !stress->interrupted && !stress->error) {
		stress_one(stress);
		if (shows && stress_now() - shown_s > STRESS_PROGRESS_S) {
			shown_s = stress_now();
			fprintf(stderr, "\r\033[K%llu runs, %llu failed", (unsigned long long)stress->n_runs,
				(unsigned long long)stress->n_failures);
			fflush(stderr);
		}
	}
	if (shows)
		fputs("\r\033[K", stderr);
}

static int stress_tell(const struct stress *stress)
{
	if (stress->error) {
		fprintf(stderr, "simcheck: cannot run the program: %s\n", stress->error);
		return 2;
	}
	printf("%s: %llu of %llu runs on real threads failed%s\n", stress->n_failures ? "bug" : "nothing proved",
		(unsigned long long)stress->n_failures, (unsigned long long)stress->n_runs,
		stress->interrupted ? " (interrupted)" : "");
	for (size_t i = 0; i < stress->n_ways; i++)
		printf("  %6llu  %s\n", (unsigned long long)stress->ways[i].n, stress->ways[i].text);
	return stress->n_failures ? 1 : 3;
}

static int stress_program(const struct options *options, const char *program)
{
	struct stress stress = {.options = options, .program = program};
	struct str_list argv = {0};
	sigset_t old_signals;
	int status;

	str_list_take(&argv, session_program_name(options));
	str_list_add_all(&argv, &options->arguments);
	stress.argv = argv.items;
	stress.log = memfd_create("simcheck", MFD_CLOEXEC);
	sigemptyset(&stress.signals);
	sigaddset(&stress.signals, SIGCHLD);
	sigaddset(&stress.signals, SIGINT);
	sigaddset(&stress.signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &stress.signals, &old_signals);
	stress_all(&stress);
	sigprocmask(SIG_SETMASK, &old_signals, NULL);
	status = stress_tell(&stress);
	for (size_t i = 0; i < stress.n_ways; i++)
		free(stress.ways[i].text);
	free(stress.ways);
	close(stress.log);
	str_list_release(&argv);
	return status;
}

int stress_run(const struct options *options)
{
	struct session session;
	int status;

	if (session_build(&session, options) < 0)
		status = session_show(&session);
	else
		status = stress_program(options, session.program.path);
	session_release(&session);
	return status;
}
