/*
 * A print spooler with room for one job, in C11: clients wait for room, and the printer for a job, on the same condition.
 * Whoever changes something wakes one who waits. That may be another client instead of the printer, which goes back to
 * waiting: then nobody is left to wake anybody.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <assert.h>
#include <stddef.h>
#include <threads.h>

enum { N_CLIENTS = 2, N_JOBS = 2 };

static struct spooler {
	mtx_t lock;
	cnd_t changed;
	int job; /* 0: none */
	int n_printed;
} spooler;

static void spooler_submit(int job)
{
	mtx_lock(&spooler.lock);
	while (spooler.job)
		cnd_wait(&spooler.changed, &spooler.lock);
	spooler.job = job;
	cnd_signal(&spooler.changed);
	mtx_unlock(&spooler.lock);
}

static int submit_all(void *job)
{
	for (int i = 0; i < N_JOBS; i++)
		spooler_submit(*(int *)job);
	return 0;
}

static int print_all(void *unused)
{
	(void)unused;
	mtx_lock(&spooler.lock);
	while (spooler.n_printed < N_CLIENTS * N_JOBS) {
		while (!spooler.job)
			cnd_wait(&spooler.changed, &spooler.lock);
		spooler.job = 0;
		spooler.n_printed++;
		cnd_signal(&spooler.changed);
	}
	mtx_unlock(&spooler.lock);
	return 0;
}

int main(void)
{
	static int jobs[N_CLIENTS] = {7, 8};
	thrd_t printer, clients[N_CLIENTS];

	mtx_init(&spooler.lock, mtx_plain);
	cnd_init(&spooler.changed);
	thrd_create(&printer, print_all, NULL);
	for (int i = 0; i < N_CLIENTS; i++)
		thrd_create(&clients[i], submit_all, &jobs[i]);
	for (int i = 0; i < N_CLIENTS; i++)
		thrd_join(clients[i], NULL);
	thrd_join(printer, NULL);
	assert(spooler.n_printed == N_CLIENTS * N_JOBS && !spooler.job);
	cnd_destroy(&spooler.changed);
	mtx_destroy(&spooler.lock);
	return 0;
}
