/*
 * A table that several threads write rows of into one stream, cell by cell. Each fprintf() is safe by itself; a row is
 * not: cells of another row may come between its cells.
 *
 * SIMCHECK-EXPECT: assertion
 */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static FILE *table;

static void write_row(char name)
{
	for (int column = 1; column <= 2; column++)
		fprintf(table, "%c%d ", name, column);
	fputc('\n', table);
}

static void *fill(void *name)
{
	write_row(*(char *)name);
	return NULL;
}

int main(void)
{
	static char names[] = "ab";
	pthread_t threads[2];
	char row[40];

	table = tmpfile();
	if (!table)
		return 1;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, fill, &names[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	rewind(table);
	for (int i = 0; i < 2; i++) {
		assert(fgets(row, sizeof row, table));
		assert(strcmp(row, "a1 a2 \n") == 0 || strcmp(row, "b1 b2 \n") == 0);
	}
	fclose(table);
	return 0;
}
