/* A thread that waits for a pipe is cancelled; one that waits to write, too; what both moved before that has arrived. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2], full[2];
static char block[65536];

static void *reads(void *argument)
{
	char byte;

	for (;;)
		assert(read(ends[0], &byte, 1) == 1);
	return argument;
}

static void *writes(void *argument)
{
	for (;;)
		assert(write(full[1], block, sizeof block) == sizeof block);
	return argument;
}

static void cancel(pthread_t thread)
{
	void *result;

	assert(pthread_cancel(thread) == 0);
	assert(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
}

int main(void)
{
	pthread_t reader, writer;

	assert(pipe(ends) == 0 && pipe(full) == 0);
	assert(write(full[1], block, sizeof block) == sizeof block);
	assert(pthread_create(&reader, NULL, reads, NULL) == 0);
	assert(pthread_create(&writer, NULL, writes, NULL) == 0);
	assert(write(ends[1], "x", 1) == 1);
	cancel(writer);
	cancel(reader);
	puts("both cancelled");
	return 0;
}
