/* Files, pipes and input at their limits, each function a program of its own: doc/limits.md. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void run_two(void *(*body)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, body, NULL);
	pthread_create(&threads[1], NULL, body, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

void input_is_empty(void)
{
	char byte;

	assert(getchar() == EOF && read(0, &byte, 1) == 0);
}

/* It is there in each execution until it is removed, and not on disk. */
static void *make_and_remove(void *unused)
{
	int file = open("limits.made", O_CREAT | O_EXCL | O_WRONLY, 0600);

	if (file < 0)
		return unused;
	close(file);
	unlink("limits.made");
	return unused;
}

void files_are_in_memory(void)
{
	assert(access("limits.left", F_OK) == -1 && errno == ENOENT);
	fclose(fopen("limits.left", "w"));
	assert(access("limits.left", F_OK) == 0);
	run_two(make_and_remove);
}

void device(void)
{
	open("/dev/tty", O_RDONLY);
}

void file_of_more_than_64_mib(void)
{
	int file = open("limits.large", O_CREAT | O_WRONLY, 0600);

	assert(lseek(file, (64 << 20) - 1, SEEK_SET) > 0 && write(file, "x", 1) == 1);
	assert(write(file, "x", 1) == -1 && errno == EFBIG);
}

/* 16 pages of Linux would be full. */
void pipe_counts_bytes(void)
{
	static char bytes[3000];

	assert(pipe2(ends, O_NONBLOCK) == 0);
	for (int i = 0; i < 21; i++)
		assert(write(ends[1], bytes, sizeof bytes) == sizeof bytes);
	assert(write(ends[1], bytes, sizeof bytes) == -1 && errno == EAGAIN);
}

static void *print(void *unused)
{
	printf("A");
	printf("B");
	return unused;
}

void order_of_output(void)
{
	run_two(print);
}

static void *print_locked(void *unused)
{
	flockfile(stdout);
	printf("A");
	funlockfile(stdout);
	return unused;
}

void order_of_locked_output(void)
{
	run_two(print_locked);
}

void all_streams_flushed(void)
{
	fclose(fopen("limits.made", "w"));
	fflush(NULL);
}

static void *try_again(void *unused)
{
	char byte;

	while (read(ends[0], &byte, 1) != 1)
		;
	return unused;
}

void reads_without_waiting(void)
{
	pthread_t thread;

	assert(pipe2(ends, O_NONBLOCK) == 0);
	pthread_create(&thread, NULL, try_again, NULL);
	write(ends[1], "x", 1);
	pthread_join(thread, NULL);
}

void nobody_reads(void)
{
	assert(pipe(ends) == 0);
	close(ends[0]);
	write(ends[1], "x", 1);
}

void signals(void)
{
	signal(SIGINT, SIG_IGN);
}

void locked_region(void)
{
	struct flock region = {.l_type = F_WRLCK};

	fcntl(1, F_SETLK, &region);
}
