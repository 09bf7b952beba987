/*
 * A log that opens itself when the first line is written, by pthread_once(). The line about that is appended by a function
 * that does not ask whether the log is open.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static pthread_once_t log_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t log_lock;
static char lines[4][40];
static int n_lines;

static void log_append(const char *text)
{
	pthread_mutex_lock(&log_lock);
	snprintf(lines[n_lines++], sizeof lines[0], "%s", text);
	pthread_mutex_unlock(&log_lock);
}

static void log_open(void)
{
	pthread_mutex_init(&log_lock, NULL);
	log_append("log opened");
}

static void log_write(const char *text)
{
	pthread_once(&log_once, log_open);
	log_append(text);
}

static void *work(void *name)
{
	log_write(name);
	return NULL;
}

int main(void)
{
	static char names[2][10] = {"first", "second"};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, names[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(n_lines == 3);
	printf("%s, and %d more lines\n", lines[0], n_lines - 1);
	return 0;
}
