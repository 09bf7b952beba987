/*
 * Who waits for an event depends on somebody who sets it, whatever happens to him.
 *
 * Two clients wait until the server is up. The server sets the event when it has got its address, and gives up when the
 * address is taken: then it returns without a word, and the clients wait for ever for a server that is not there.
 *
 * `sim_choose` stands for what the program cannot foresee: whether the address is free. event_never_set_fixed.c sets
 * the event in either case, and says beside it which of the two it is.
 *
 * SIMCHECK-EXPECT: deadlock event-never-set
 */
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag up;

static bool take_address(void)
{
	return sim_choose(2) == 0;
}

static void serve(void *unused)
{
	(void)unused;
	if (!take_address())
		return; /* and who tells the clients? */
	sim_event_set(&up);
}

static void connect_to_server(void *unused)
{
	(void)unused;
	sim_event_wait(&up);
}

int main(void)
{
	struct sim_thread server, clients[2];

	sim_thread_init(&server, "server", serve, NULL);
	sim_thread_init(&clients[0], "client 1", connect_to_server, NULL);
	sim_thread_init(&clients[1], "client 2", connect_to_server, NULL);
	sim_thread_start(&server);
	for (int i = 0; i < 2; i++)
		sim_thread_start(&clients[i]);
	for (int i = 0; i < 2; i++)
		sim_thread_join(&clients[i]);
	sim_thread_join(&server);
	return 0;
}
