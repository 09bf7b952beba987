/*
 * A permit that is not given back is gone for everybody.
 *
 * Two connections may be open at a time; a semaphore counts them. Each of three clients acquires it, asks its question
 * and releases it. When the question fails, though, the client returns early and forgets the release. One failure goes
 * unnoticed: two clients share what is left. After two failures the value is 0 for good, and the third client waits
 * for ever, however idle the connections are.
 *
 * `sim_choose` stands for what the program cannot foresee: here, whether a question is answered. The checker tries both.
 * semaphore_leak_fixed.c releases on every way out.
 *
 * SIMCHECK-EXPECT: deadlock semaphore-starved
 */
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_CLIENTS = 3, N_CONNECTIONS = 2 };

static struct sim_semaphore connections = { .initial = N_CONNECTIONS };

static bool ask(void)
{
	return sim_choose(2) == 0;
}

static void be_a_client(void *unused)
{
	(void)unused;
	sim_semaphore_acquire(&connections);
	if (!ask())
		return; /* still holding a connection */
	sim_semaphore_release(&connections, 1);
}

int main(void)
{
	struct sim_thread clients[N_CLIENTS];

	for (int i = 0; i < N_CLIENTS; i++) {
		sim_thread_init(&clients[i], NULL, be_a_client, NULL);
		sim_thread_start(&clients[i]);
	}
	for (int i = 0; i < N_CLIENTS; i++)
		sim_thread_join(&clients[i]);
	return 0;
}
