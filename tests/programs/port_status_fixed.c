/*
 * The driver of a serial port keeps its state in bit-fields: one thread says that data came in, another that the line
 * is free. A member of width 0 puts them into units of their own.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

struct port {
	unsigned has_input : 1;
	unsigned : 0;
	unsigned can_send : 1;
};

static struct port port;

static void *receive(void *unused)
{
	port.has_input = 1;
	return unused;
}

static void *watch_line(void *unused)
{
	port.can_send = 1;
	return unused;
}

int main(void)
{
	pthread_t receiver, watcher;

	pthread_create(&receiver, NULL, receive, NULL);
	pthread_create(&watcher, NULL, watch_line, NULL);
	pthread_join(receiver, NULL);
	pthread_join(watcher, NULL);
	assert(port.has_input && port.can_send);
	return 0;
}
