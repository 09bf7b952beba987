/*
 * Two parts of a program share a printer by a named semaphore, and whoever comes first creates it. The one wants it to begin
 * with 1, free; the other was written to hand the printer over, and begins with 0. If that one is first, nobody ever prints.
 *
 * SIMCHECK-EXPECT: deadlock semaphore-starved
 */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define PRINTER "/example-printer"

static int n_printed; /* protected by the semaphore */

static sem_t *printer_open(unsigned free)
{
	sem_t *printer = sem_open(PRINTER, O_CREAT, 0600, free);

	assert(printer != SEM_FAILED);
	return printer;
}

static void print(sem_t *printer)
{
	sem_wait(printer);
	n_printed++;
	sem_post(printer);
	sem_close(printer);
}

static void *print_letters(void *unused)
{
	print(printer_open(1));
	return unused;
}

static void *print_pictures(void *unused)
{
	print(printer_open(0));
	return unused;
}

int main(void)
{
	pthread_t letters, pictures;

	sem_unlink(PRINTER); /* one that was left over */
	pthread_create(&letters, NULL, print_letters, NULL);
	pthread_create(&pictures, NULL, print_pictures, NULL);
	pthread_join(letters, NULL);
	pthread_join(pictures, NULL);
	sem_unlink(PRINTER);
	assert(n_printed == 2);
	printf("printed %d\n", n_printed);
	return 0;
}
