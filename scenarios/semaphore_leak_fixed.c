/*
 * Every way out of the section gives the permit back.
 *
 * The repaired twin of semaphore_leak.c. What the client learned is kept in a variable, and there is one way out, with
 * the release on it. Whatever fails, the semaphore has its initial value again when all have gone.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_CLIENTS = 3, N_CONNECTIONS = 2 };

static struct sim_semaphore connections = { .initial = N_CONNECTIONS };

static bool ask(void)
{
	return sim_choose(2) == 0;
}

static void be_a_client(void *answered)
{
	sim_semaphore_acquire(&connections);
	*(bool *)answered = ask();
	sim_semaphore_release(&connections, 1);
}

int main(void)
{
	struct sim_thread clients[N_CLIENTS];
	bool answered[N_CLIENTS];

	for (int i = 0; i < N_CLIENTS; i++) {
		sim_thread_init(&clients[i], NULL, be_a_client, &answered[i]);
		sim_thread_start(&clients[i]);
	}
	for (int i = 0; i < N_CLIENTS; i++)
		sim_thread_join(&clients[i]);
	for (int i = 0; i < N_CONNECTIONS; i++)
		assert(sim_semaphore_try_acquire(&connections));
	return 0;
}
