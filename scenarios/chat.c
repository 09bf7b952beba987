/*
 * A chat in turns: the sender waits for an event that the receiver sets and clears.
 *
 * After each line the sender waits until the receiver has read it. The receiver takes a line, says so with the event,
 * and clears the event at once, to be ready for the next line. As long as the sender waits already, it is woken. But
 * the receiver may be quick: it takes the line, sets the event and clears it before the sender has begun to wait. The
 * sender then waits for a confirmation that has come and gone, the receiver for a line that is never written.
 *
 * (The lines would go through a socket; here a semaphore counts those that are under way.) chat_fixed.c has the one who
 * waits clear the event.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_LINES = 2 };

static struct sim_semaphore lines; /* written and not yet read */
static struct sim_event_flag was_read;

static void send_lines(void *unused)
{
	(void)unused;
	for (int i = 0; i < N_LINES; i++) {
		sim_semaphore_release(&lines, 1);
		sim_event_wait(&was_read);
	}
}

static void receive_lines(void *unused)
{
	(void)unused;
	for (int i = 0; i < N_LINES; i++) {
		sim_semaphore_acquire(&lines);
		sim_event_set(&was_read);
		sim_event_clear(&was_read);
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
