/*
 * Runs a command and prints one row of a table about it.
 *
 *   bench-measure head                                 the line above the rows of `report`
 *   bench-measure report PROGRAM DEFINES COMMAND...    COMMAND writes a simcheck report (JSON) to standard output
 *   bench-measure wall LABEL N COMMAND...              the wall time of N executions of COMMAND, start to end
 *
 * Exit status: 0, or 1 with a line on standard error if the command gave no report or could not be run.
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Starts the command with its standard output at `output`. Returns its process, or -1 with errno. */
static pid_t start(char **command, int output)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	dup2(output, STDOUT_FILENO);
	execvp(command[0], command);
	fprintf(stderr, "bench-measure: %s: %s\n", command[0], strerror(errno));
	_exit(127);
}

static double number(const json_t *report, const char *key)
{
	return json_number_value(json_object_get(report, key));
}

static void print_head(void)
{
	printf("%-16s %-18s %-10s %12s %9s %12s %9s %12s %9s %9s\n", "program", "defines", "verdict", "executions", "blocked",
	       "events", "seconds", "executions/s", "ns/event", "peak MB");
}

static void print_row(const char *program, const char *defines, const json_t *report)
{
	const char *verdict = json_string_value(json_object_get(report, "verdict"));
	double executions = number(report, "executions");
	double events = number(report, "events");
	double seconds = number(report, "seconds");

	printf("%-16s %-18s %-10s %12.0f %9.0f %12.0f %9.3f %12.0f %9.1f %9.1f\n", program, defines, verdict ? verdict : "?",
	       executions, number(report, "blocked"), events, seconds, seconds > 0 ? executions / seconds : 0,
	       events > 0 ? seconds * 1e9 / events : 0, number(report, "peak_kb") / 1024);
}

static int measure_report(const char *program, const char *defines, char **command)
{
	int ends[2], status;
	json_error_t error;

	if (pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0) {
		perror("bench-measure");
		return 1;
	}
	pid_t child = start(command, ends[1]);
	close(ends[1]);
	if (child < 0) {
		perror("bench-measure");
		return 1;
	}
	json_t *report = json_loadfd(ends[0], 0, &error);
	close(ends[0]);
	waitpid(child, &status, 0);
	if (!report) {
		fprintf(stderr, "bench-measure: no report on %s %s: %s\n", program, defines, error.text);
		return 1;
	}
	print_row(program, defines, report);
	json_decref(report);
	return 0;
}

static int compare_doubles(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static int measure_wall(const char *label, int n, char **command)
{
	double *seconds = calloc((size_t)n, sizeof *seconds);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int result = 0;

	if (!seconds || nowhere < 0) {
		perror("bench-measure");
		result = 1;
	}
	for (int i = 0; i < n && result == 0; i++) {
		int status;
		double before = seconds_now();
		pid_t child = start(command, nowhere);
		/* 0, 1 and 3 are verdicts; everything else means that nothing was checked. */
		if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 2 ||
		    WEXITSTATUS(status) > 3)
			result = 1;
		seconds[i] = seconds_now() - before;
	}
	if (result == 0) {
		qsort(seconds, (size_t)n, sizeof *seconds, compare_doubles);
		printf("%-36s %4d executions: %8.1f ms least, %8.1f ms median\n", label, n, seconds[0] * 1e3,
		       seconds[n / 2] * 1e3);
	} else {
		fprintf(stderr, "bench-measure: %s failed\n", command[0]);
	}
	if (nowhere >= 0)
		close(nowhere);
	free(seconds);
	return result;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "head") == 0) {
		print_head();
		return 0;
	}
	if (argc >= 5 && strcmp(argv[1], "report") == 0)
		return measure_report(argv[2], argv[3], argv + 4);
	if (argc >= 5 && strcmp(argv[1], "wall") == 0 && atoi(argv[3]) > 0)
		return measure_wall(argv[2], atoi(argv[3]), argv + 4);
	fprintf(stderr, "bench-measure: head | report PROGRAM DEFINES COMMAND... | wall LABEL N COMMAND...\n");
	return 2;
}
