/* Pipes: order of bytes, end, errors, no waiting, duplicates, writes larger than the pipe. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int ends[2];

static void *write_three(void *unused)
{
	assert(write(ends[1], "one", 3) == 3);
	assert(write(ends[1], "two", 3) == 3);
	close(ends[1]);
	return unused;
}

static void streams_of_bytes(void)
{
	pthread_t thread;
	char all[10] = "";
	size_t n = 0;
	ssize_t got;

	assert(pipe(ends) == 0);
	pthread_create(&thread, NULL, write_three, NULL);
	while ((got = read(ends[0], all + n, 4)) > 0)
		n += (size_t)got;
	assert(got == 0 && n == 6);
	pthread_join(thread, NULL);
	assert(close(ends[0]) == 0 && close(ends[0]) == -1 && errno == EBADF);
	printf("%s\n", all);
}

static void errors(void)
{
	char byte;
	int both[2];

	assert(pipe2(both, O_NONBLOCK) == 0);
	assert(read(both[0], &byte, 1) == -1 && errno == EAGAIN);
	assert(read(both[1], &byte, 1) == -1 && errno == EBADF);
	assert(write(both[0], "x", 1) == -1 && errno == EBADF);
	assert(lseek(both[0], 0, SEEK_SET) == -1 && errno == ESPIPE);
	assert(fcntl(both[0], F_GETFL) == O_NONBLOCK);
	assert(fcntl(both[1], F_GETFL) == (O_NONBLOCK | O_WRONLY));
	int copy = dup(both[1]);
	assert(copy > both[1] && write(copy, "xyz", 3) == 3);
	close(both[1]);
	assert(read(both[0], &byte, 1) == 1 && byte == 'x');
	close(copy);
	assert(read(both[0], &byte, 1) == 1 && read(both[0], &byte, 1) == 1 && byte == 'z');
	assert(read(both[0], &byte, 1) == 0);
	close(both[0]);
	assert(pipe2(both, -1) == -1 && errno == EINVAL);
}

static void nobody_reads(void)
{
	int both[2];

	signal(SIGPIPE, SIG_IGN);
	assert(pipe(both) == 0);
	close(both[0]);
	assert(write(both[1], "x", 1) == -1 && errno == EPIPE);
	assert(write(both[1], "", 0) == 0);
	close(both[1]);
}

static void *write_much(void *unused)
{
	static char much[70000];

	memset(much, 'm', sizeof much);
	assert(write(ends[1], much, sizeof much) == sizeof much);
	close(ends[1]);
	return unused;
}

static void more_than_fits(void)
{
	static char half[70000];
	pthread_t thread;
	size_t n = 0;
	ssize_t got;

	assert(pipe(ends) == 0);
	pthread_create(&thread, NULL, write_much, NULL);
	while ((got = read(ends[0], half, sizeof half)) > 0)
		n += (size_t)got;
	assert(n == sizeof half);
	pthread_join(thread, NULL);
	close(ends[0]);
	printf("%zu\n", n);
}

int main(void)
{
	streams_of_bytes();
	errors();
	nobody_reads();
	more_than_fits();
	return 0;
}
