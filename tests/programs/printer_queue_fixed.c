/*
 * Two parts of a program share a printer by a named semaphore. It is created once, before either of them begins; they only
 * open it.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define PRINTER "/example-printer"

static int n_printed; /* protected by the semaphore */

static sem_t *printer_open(void)
{
	sem_t *printer = sem_open(PRINTER, 0);

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
	print(printer_open());
	return unused;
}

static void *print_pictures(void *unused)
{
	print(printer_open());
	return unused;
}

int main(void)
{
	pthread_t letters, pictures;
	sem_t *printer;

	sem_unlink(PRINTER); /* one that was left over */
	printer = sem_open(PRINTER, O_CREAT | O_EXCL, 0600, 1);
	assert(printer != SEM_FAILED);
	pthread_create(&letters, NULL, print_letters, NULL);
	pthread_create(&pictures, NULL, print_pictures, NULL);
	pthread_join(letters, NULL);
	pthread_join(pictures, NULL);
	sem_close(printer);
	sem_unlink(PRINTER);
	assert(n_printed == 2);
	printf("printed %d\n", n_printed);
	return 0;
}
