/*
 * Three clients try again until the server is up.
 *
 * Each client asks whether the server is up, and if it is not, rests for a moment and asks again. The server takes its
 * time, writes down its address and sets the event. However the threads take turns, all clients get through in the
 * end, and find the address: what was written before the set is there for whoever finds the event set.
 *
 * The clients poll, but the checker need not try each number of vain attempts: one leaves everything as it was, so it
 * is enough to wait until the event changes. A server that forgot to set it would be reported (livelock).
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_CLIENTS = 3, ADDRESS = 7 };

static struct sim_event_flag up;
static int address; /* valid once `up` is set */

static void serve(void *unused)
{
	(void)unused;
	sim_sleep(SIM_NS_PER_S);
	address = ADDRESS;
	sim_event_set(&up);
}

static void connect_to_server(void *unused)
{
	(void)unused;
	while (!sim_event_is_set(&up))
		sim_sleep(SIM_NS_PER_S / 10);
	assert(address == ADDRESS);
}

int main(void)
{
	struct sim_thread server, clients[N_CLIENTS];

	sim_thread_init(&server, "server", serve, NULL);
	sim_thread_start(&server);
	for (int i = 0; i < N_CLIENTS; i++) {
		sim_thread_init(&clients[i], NULL, connect_to_server, NULL);
		sim_thread_start(&clients[i]);
	}
	for (int i = 0; i < N_CLIENTS; i++)
		sim_thread_join(&clients[i]);
	sim_thread_join(&server);
	return 0;
}
