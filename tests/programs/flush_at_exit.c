/*
 * A logger that keeps lines back and writes the rest when the program ends, by a function registered with atexit. A worker
 * that finds the log full ends the program while it holds the lock of the log, which that function needs.
 *
 * SIMCHECK-EXPECT: deadlock self-deadlock
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { CAPACITY = 2 };

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static const char *lines[CAPACITY];
static int n_lines;

static void flush_log(void)
{
	pthread_mutex_lock(&log_lock);
	for (int i = 0; i < n_lines; i++)
		puts(lines[i]);
	n_lines = 0;
	pthread_mutex_unlock(&log_lock);
}

static void say(const char *line)
{
	pthread_mutex_lock(&log_lock);
	if (n_lines == CAPACITY) {
		fputs("the log is full\n", stderr);
		exit(1);
	}
	lines[n_lines++] = line;
	pthread_mutex_unlock(&log_lock);
}

static void *work(void *argument)
{
	say("begin");
	say("end");
	return argument;
}

int main(void)
{
	pthread_t workers[2];

	atexit(flush_log);
	for (int i = 0; i < 2; i++)
		if (pthread_create(&workers[i], NULL, work, NULL) != 0)
			return 1;
	for (int i = 0; i < 2; i++)
		pthread_join(workers[i], NULL);
	return 0;
}
