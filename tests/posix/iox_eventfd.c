/* eventfd: sums, semaphore mode, no waiting, waiting for room. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int counter;

static void *add(void *number)
{
	assert(eventfd_write(counter, (uintptr_t)number) == 0);
	return NULL;
}

static void sums(void)
{
	pthread_t threads[2];
	uint64_t value, sum = 0;

	counter = eventfd(3, 0);
	assert(counter >= 0 && read(counter, &value, sizeof value) == sizeof value && value == 3);
	for (uintptr_t i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, add, (void *)(i + 1));
	while (sum < 3) {
		assert(read(counter, &value, sizeof value) == sizeof value && value >= 1 && value <= 3);
		sum += value;
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(sum == 3);
	close(counter);
}

static void semaphore_mode(void)
{
	uint64_t value = 0;
	int one = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);

	assert(eventfd_read(one, &value) == 0 && value == 1);
	assert(eventfd_read(one, &value) == 0 && value == 1);
	assert(eventfd_read(one, &value) == -1 && errno == EAGAIN);
	assert(write(one, &value, 4) == -1 && errno == EINVAL);
	assert(read(one, &value, 4) == -1 && errno == EINVAL);
	value = UINT64_MAX;
	assert(write(one, &value, 8) == -1 && errno == EINVAL);
	assert(eventfd_write(one, UINT64_MAX - 1) == 0);
	assert(eventfd_write(one, 1) == -1 && errno == EAGAIN);
	close(one);
	assert(eventfd(0, -1) == -1 && errno == EINVAL);
}

static void *take(void *unused)
{
	uint64_t value;

	assert(eventfd_read(counter, &value) == 0 && value == UINT64_MAX - 1);
	assert(eventfd_read(counter, &value) == 0 && value == 5);
	return unused;
}

static void waits_for_room(void)
{
	pthread_t thread;

	counter = eventfd(0, 0);
	assert(eventfd_write(counter, UINT64_MAX - 1) == 0);
	pthread_create(&thread, NULL, take, NULL);
	assert(eventfd_write(counter, 5) == 0);
	pthread_join(thread, NULL);
	close(counter);
}

int main(void)
{
	sums();
	semaphore_mode();
	waits_for_room();
	puts("done");
	return 0;
}
