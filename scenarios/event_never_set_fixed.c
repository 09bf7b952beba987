/*
 * The event says that the answer is there; a variable says what it is.
 *
 * The repaired twin of event_never_set.c. The server sets the event in every case, after it has written down whether it
 * got its address. No lock is needed for that variable: it is written before the event is set, and read after a wait
 * that found the event set.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag answer;
static bool is_up; /* valid once `answer` is set */

static bool take_address(void)
{
	return sim_choose(2) == 0;
}

static void serve(void *unused)
{
	(void)unused;
	is_up = take_address();
	sim_event_set(&answer);
}

static void connect_to_server(void *connected)
{
	sim_event_wait(&answer);
	*(bool *)connected = is_up;
}

int main(void)
{
	struct sim_thread server, clients[2];
	bool connected[2];

	sim_thread_init(&server, "server", serve, NULL);
	sim_thread_init(&clients[0], "client 1", connect_to_server, &connected[0]);
	sim_thread_init(&clients[1], "client 2", connect_to_server, &connected[1]);
	sim_thread_start(&server);
	for (int i = 0; i < 2; i++)
		sim_thread_start(&clients[i]);
	for (int i = 0; i < 2; i++)
		sim_thread_join(&clients[i]);
	sim_thread_join(&server);
	assert(connected[0] == connected[1]);
	return 0;
}
