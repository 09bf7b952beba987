/*
 * One thread writes a number, another reads it, both under the same lock.
 *
 * The repaired twin of race_reader.c. The reader still prints 0 or 1: a lock does not say who comes first. It says
 * that one of them comes first, and that the other then sees all of what was done before.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <stddef.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;
static int number; /* protected by lock */

static void write_number(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	number = 1;
	sim_lock_release(&lock);
}

static void print_number(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	printf("%d\n", number);
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread writer, reader;

	sim_thread_init(&writer, "writer", write_number, NULL);
	sim_thread_init(&reader, "reader", print_number, NULL);
	sim_thread_start(&writer);
	sim_thread_start(&reader);
	sim_thread_join(&writer);
	sim_thread_join(&reader);
	return 0;
}
