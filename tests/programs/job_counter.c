/*
 * Jobs are announced by an eventfd: who adds a job writes 1, who works reads and does a job. But a read takes all that
 * was written at once: two jobs that are announced before the worker looks are one to it, and it waits for the other
 * in vain.
 *
 * SIMCHECK-EXPECT: deadlock eventfd-starved
 */
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { JOBS = 2 };

static int jobs;
static int n_done;

static void *submit(void *unused)
{
	uint64_t one = 1;

	if (write(jobs, &one, sizeof one) != sizeof one)
		perror("eventfd");
	return unused;
}

static void *work(void *unused)
{
	while (n_done < JOBS) {
		uint64_t n;

		if (read(jobs, &n, sizeof n) != sizeof n)
			break;
		n_done += 1;
	}
	return unused;
}

int main(void)
{
	pthread_t worker, submitters[JOBS];

	jobs = eventfd(0, 0);
	pthread_create(&worker, NULL, work, NULL);
	for (int i = 0; i < JOBS; i++)
		pthread_create(&submitters[i], NULL, submit, NULL);
	for (int i = 0; i < JOBS; i++)
		pthread_join(submitters[i], NULL);
	pthread_join(worker, NULL);
	assert(n_done == JOBS);
	close(jobs);
	return 0;
}
