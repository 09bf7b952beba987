/*
 * One thread writes a number, another reads it, and nothing says which comes first.
 *
 * The reader prints 0 or 1, as chance will have it. That alone may be intended; but in C it is worse. Two threads
 * that access the same variable, one of them writing, with neither a lock nor an atomic nor a join in between, are a
 * data race, and a program with a data race means nothing: the compiler may keep the number in a register, write it
 * in two halves, or not at all.
 *
 * simcheck reports the race in every order, also in those that print what was hoped for, because it looks for the
 * missing synchronisation, not for a wrong result. race_reader_fixed.c has a lock.
 *
 * SIMCHECK-EXPECT: data-race
 */
#include <stddef.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

static int number;

static void write_number(void *unused)
{
	(void)unused;
	number = 1;
}

static void print_number(void *unused)
{
	(void)unused;
	printf("%d\n", number);
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
