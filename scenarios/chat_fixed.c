/*
 * The one who waits for the event clears it, before it asks for the next.
 *
 * The repaired twin of chat.c. The receiver only ever sets the event. The sender clears it before it writes a line, when
 * no confirmation can be under way, so that what it finds set afterwards is the confirmation of that line. Nothing gets
 * lost, whoever is quicker, and the lines are read in turn: `n_read` needs no lock.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_LINES = 2 };

static struct sim_semaphore lines; /* written and not yet read */
static struct sim_event_flag was_read;
static int n_read;

static void send_lines(void *unused)
{
	(void)unused;
	for (int i = 0; i < N_LINES; i++) {
		sim_event_clear(&was_read);
		sim_semaphore_release(&lines, 1);
		sim_event_wait(&was_read);
		assert(n_read == i + 1);
	}
}

static void receive_lines(void *unused)
{
	(void)unused;
	for (int i = 0; i < N_LINES; i++) {
		sim_semaphore_acquire(&lines);
		n_read++;
		sim_event_set(&was_read);
	}
}

int main(void)
{
	struct sim_thread sender, receiver;

	sim_thread_init(&sender, "sender", send_lines, NULL);
	sim_thread_init(&receiver, "receiver", receive_lines, NULL);
	sim_thread_start(&sender);
	sim_thread_start(&receiver);
	sim_thread_join(&sender);
	sim_thread_join(&receiver);
	return 0;
}
