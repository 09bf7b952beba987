/*
 * Running simcheck-worker. The worker dies with this process, and this process survives whatever becomes of the worker:
 * it reads until the worker's end of the pipe closes, then asks the system how the worker ended.
 */
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "str.h"
#include "verdict.h"

#define WORKER_REPORT_FD 3
#define WORKER_GRACE_S 10 /* that the worker may take to report after its time is over */

/* One run. Lifetime: worker_run(). */
struct worker {
	pid_t pid;
	int input;            /* the configuration goes there */
	int messages;         /* its messages come from there; -1 once closed */
	int signals;          /* signalfd of SIGINT and SIGTERM */
	sigset_t old_signals; /* what was blocked before */
	double deadline_s;    /* on the monotonic clock; infinite: none */
	double patience_s;    /* what a worker may take to report when it was told to stop */
	char *buffer;         /* of an incomplete line */
	size_t n_buffer, capacity;
	int n_interrupts;
	bool overdue;         /* killed at the deadline */
	bool shows_progress;
	struct worker_result *result;
};

static double worker_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void worker_fail(struct worker_result *result, int status, char *message)
{
	free(result->message);
	result->message = message;
	result->status = status;
}

/* In the child, between fork and exec. The pipes have numbers above WORKER_REPORT_FD or are moved out of the way. */
static void worker_exec(const struct worker *worker, const char *path, int input, int output)
{
	int moved_input = fcntl(input, F_DUPFD, WORKER_REPORT_FD + 1);
	int moved_output = fcntl(output, F_DUPFD, WORKER_REPORT_FD + 1);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &worker->old_signals, NULL);
	if (moved_input < 0 || moved_output < 0 || dup2(moved_input, STDIN_FILENO) < 0 ||
		dup2(STDERR_FILENO, STDOUT_FILENO) < 0 || dup2(moved_output, WORKER_REPORT_FD) < 0)
		_exit(127);
	close(moved_input);
	close(moved_output);
	execl(path, path, (char *)NULL);
	_exit(127);
}

/* Starts the process. Returns 0 or -1 with errno. */
static int worker_start(struct worker *worker, const char *path)
{
	int input[2], output[2];

	if (pipe2(input, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(output, O_CLOEXEC) < 0) {
		close(input[0]);
		close(input[1]);
		return -1;
	}
	worker->pid = fork();
	if (worker->pid == 0)
		worker_exec(worker, path, input[0], output[1]);
	close(input[0]);
	close(output[1]);
	worker->input = input[1];
	worker->messages = output[0];
	return worker->pid < 0 ? -1 : 0;
}

/* A worker that does not read it ends without a report, and that is told. */
static void worker_send_config(struct worker *worker, const struct sim_config *config)
{
	json_t *json = config_to_json(config);

	if (json)
		json_dumpfd(json, worker->input, JSON_COMPACT);
	json_decref(json);
	close(worker->input);
}

static void worker_show_progress(const struct worker *worker, json_t *message)
{
	json_int_t executions = 0, findings = 0;

	if (!worker->shows_progress ||
		json_unpack(message, "{s:I, s:I}", "executions", &executions, "findings", &findings) < 0)
		return;
	fprintf(stderr, "\r\033[K%" JSON_INTEGER_FORMAT " executions, %" JSON_INTEGER_FORMAT " finding%s%s", executions,
		findings, findings == 1 ? "" : "s", worker->n_interrupts ? ", stopping" : "");
	fflush(stderr);
}

/* What the program under test has printed. */
static void worker_show_output(struct worker *worker, json_t *message)
{
	const char *text = json_string_value(json_object_get(message, "text"));

	if (!text || !*text)
		return;
	fputs(text, stdout);
	fflush(stdout);
	worker->result->ends_in_line = text[strlen(text) - 1] != '\n';
}

static void worker_take_report(struct worker *worker, json_t *message)
{
	struct worker_result *result = worker->result;
	char error[256] = "";

	if (report_from_json(&result->report, json_object_get(message, "report"), error, sizeof error) < 0) {
		worker_fail(result, 70, str_printf("the worker's report cannot be read: %s", error));
		return;
	}
	result->has_report = true;
	result->status = (int)verdict_exit_status(&result->report);
}

static void worker_take_error(struct worker *worker, json_t *message)
{
	const char *text = "the worker gave no reason";
	int status = 70;

	json_unpack(message, "{s:i, s:s}", "exit", &status, "message", &text);
	worker_fail(worker->result, status, str_copy(text));
}

static void worker_take_line(struct worker *worker, const char *line, size_t size)
{
	json_error_t error;
	json_t *message = json_loadb(line, size, 0, &error);
	const char *type = json_string_value(json_object_get(message, "type"));

	if (!type)
		worker_fail(worker->result, 70, str_printf("the worker wrote a message that cannot be read: %s", error.text));
	else if (strcmp(type, "progress") == 0)
		worker_show_progress(worker, message);
	else if (strcmp(type, "output") == 0)
		worker_show_output(worker, message);
	else if (strcmp(type, "report") == 0)
		worker_take_report(worker, message);
	else if (strcmp(type, "error") == 0)
		worker_take_error(worker, message);
	json_decref(message);
}

/* Reads what there is and takes the complete lines of it. Closes the pipe at its end. */
static void worker_read(struct worker *worker)
{
	char *start, *end;
	ssize_t got;

	if (worker->capacity - worker->n_buffer < 65536) {
		worker->capacity = 2 * worker->capacity + 65536;
		worker->buffer = str_checked(realloc(worker->buffer, worker->capacity));
	}
	got = read(worker->messages, worker->buffer + worker->n_buffer, worker->capacity - worker->n_buffer);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got <= 0) {
		close(worker->messages);
		worker->messages = -1;
		return;
	}
	start = worker->buffer;
	/* What was there before has no end of line. */
	end = memchr(start + worker->n_buffer, '\n', (size_t)got);
	worker->n_buffer += (size_t)got;
	for (; end; end = memchr(start, '\n', (size_t)(worker->buffer + worker->n_buffer - start))) {
		worker_take_line(worker, start, (size_t)(end - start));
		start = end + 1;
	}
	worker->n_buffer -= (size_t)(start - worker->buffer);
	memmove(worker->buffer, start, worker->n_buffer);
}

/* Passes the first SIGINT or SIGTERM on, and gives the worker the time to end its step and report; the second kills. */
static void worker_take_signal(struct worker *worker)
{
	struct signalfd_siginfo info;

	if (read(worker->signals, &info, sizeof info) != sizeof info)
		return;
	worker->n_interrupts++;
	worker->deadline_s = fmin(worker->deadline_s, worker_now() + worker->patience_s);
	kill(worker->pid, worker->n_interrupts == 1 ? (int)info.ssi_signo : SIGKILL);
}

/* Milliseconds to wait for the next message at most; -1: as long as it takes. */
static int worker_patience_ms(const struct worker *worker)
{
	double left_s = worker->deadline_s - worker_now();

	if (!isfinite(left_s))
		return -1;
	return left_s <= 0 ? 0 : left_s < 3600 ? (int)(left_s * 1000) + 1 : 3600 * 1000;
}

static void worker_listen(struct worker *worker)
{
	while (worker->messages >= 0) {
		struct pollfd sources[] = {
			{.fd = worker->messages, .events = POLLIN},
			{.fd = worker->signals, .events = POLLIN},
		};

		if (poll(sources, 2, worker_patience_ms(worker)) < 0 && errno != EINTR)
			break;
		if (sources[1].revents)
			worker_take_signal(worker);
		if (sources[0].revents)
			worker_read(worker);
		if (!worker->overdue && worker_now() > worker->deadline_s) {
			worker->overdue = true;
			worker->deadline_s = INFINITY;
			kill(worker->pid, SIGKILL);
		}
	}
	if (worker->shows_progress)
		fputs("\r\033[K", stderr);
}

/* A worker that fails after its report says that the report cannot be trusted. */
static void worker_distrust(struct worker *worker, int status)
{
	if (worker->result->message || worker->n_interrupts)
		return;
	if (WIFSIGNALED(status))
		worker_fail(worker->result, 70, str_printf("the worker was ended by a signal (%s) after its report",
			strsignal(WTERMSIG(status))));
	else if (WEXITSTATUS(status) != 0)
		worker_fail(worker->result, 70, str_printf("the worker ended with exit status %d after its report",
			WEXITSTATUS(status)));
}

/* Tells why there is no report. */
static void worker_explain(struct worker *worker, const char *path, int status)
{
	struct worker_result *result = worker->result;

	if (worker->n_interrupts)
		worker_fail(result, 3, str_printf("interrupted; there is nothing to report"));
	else if (worker->overdue)
		worker_fail(result, 3, str_printf("there is nothing to report: the program was busy in one step when --timeout ended "
			"the search, and could not be stopped there"));
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		worker_fail(result, 3, str_printf("there is nothing to report: the worker was killed, probably because this machine "
			"has no memory left; lower --memory, or make the program smaller"));
	else if (WIFSIGNALED(status))
		worker_fail(result, 70, str_printf("the worker was ended by a signal (%s)", strsignal(WTERMSIG(status))));
	else if (WEXITSTATUS(status) == 127)
		worker_fail(result, 70, str_printf("the worker %s cannot be started; is simcheck installed completely?", path));
	else
		worker_fail(result, 70, str_printf("the worker ended with exit status %d and without a report",
			WEXITSTATUS(status)));
}

/* The worker has ended, or is about to. */
static void worker_finish(struct worker *worker, const char *path)
{
	struct worker_result *result = worker->result;
	struct rusage usage = {0};
	int status = 0;

	while (wait4(worker->pid, &status, 0, &usage) < 0 && errno == EINTR)
		continue;
	if (result->has_report) {
		if (result->report.peak_kb < usage.ru_maxrss)
			result->report.peak_kb = usage.ru_maxrss;
		worker_distrust(worker, status);
	} else if (!result->message) {
		worker_explain(worker, path, status);
	}
}

static void worker_block_signals(struct worker *worker)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, &worker->old_signals);
	worker->signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	signal(SIGPIPE, SIG_IGN);
}

static void worker_unblock_signals(struct worker *worker)
{
	struct signalfd_siginfo info;

	/* Repetitions of a signal that was obeyed: a terminal and a supervisor may both send one. */
	if (worker->n_interrupts) {
		while (read(worker->signals, &info, sizeof info) == sizeof info)
			continue;
	}
	close(worker->signals);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &worker->old_signals, NULL);
}

void worker_run(const char *path, const struct sim_config *config, struct worker_result *result)
{
	struct worker worker = {.result = result, .shows_progress = config->progress, .deadline_s = INFINITY,
		.patience_s = config->step_timeout_s + WORKER_GRACE_S};

	*result = (struct worker_result){0};
	if (config->timeout_s > 0)
		worker.deadline_s = worker_now() + config->timeout_s + worker.patience_s;
	worker_block_signals(&worker);
	if (worker_start(&worker, path) < 0) {
		worker_fail(result, 70, str_printf("cannot start a process: %s", strerror(errno)));
	} else {
		worker_send_config(&worker, config);
		worker_listen(&worker);
		worker_finish(&worker, path);
	}
	worker_unblock_signals(&worker);
	free(worker.buffer);
}

void worker_result_release(struct worker_result *result)
{
	if (result->has_report)
		report_release(&result->report);
	free(result->message);
	*result = (struct worker_result){0};
}
