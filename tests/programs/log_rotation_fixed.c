/*
 * A log that is rotated when it has grown too long: app.log becomes app.log.1, and a new one is begun. Looking at the
 * size, rotating and writing are one act under a lock.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

enum { LOG_LIMIT = 20 };

static const char log_path[] = "app.log", old_path[] = "app.log.1";
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

static void log_line(const char *line)
{
	struct stat status;

	pthread_mutex_lock(&log_lock);
	if (stat(log_path, &status) == 0 && status.st_size > LOG_LIMIT)
		rename(log_path, old_path);

	FILE *log = fopen(log_path, "a");

	assert(log);
	fprintf(log, "%s\n", line);
	fclose(log);
	pthread_mutex_unlock(&log_lock);
}

static int lines_in(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[80];
	int n = 0;

	while (file && fgets(line, sizeof line, file))
		n++;
	if (file)
		fclose(file);
	return n;
}

static void *serve(void *name)
{
	log_line(name);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	remove(log_path);
	remove(old_path);
	log_line("the server was started");
	pthread_create(&threads[0], NULL, serve, "GET /index.html");
	pthread_create(&threads[1], NULL, serve, "GET /favicon.ico");
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(lines_in(old_path) + lines_in(log_path) == 3);
	return 0;
}
