/*
 * A table in a file, which threads look up records in: they go to the place of the record and read it. The place
 * belongs to the open file, not to the thread: another thread may have gone elsewhere in between.
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

struct record {
	int key;
	char name[12];
};

static const struct record records[] = {{0, "zero"}, {1, "one"}, {2, "two"}};
static int table;

static int look_up(int key, struct record *record)
{
	if (lseek(table, (off_t)(key * (int)sizeof *record), SEEK_SET) < 0)
		return -1;
	return read(table, record, sizeof *record) == sizeof *record ? 0 : -1;
}

static void *client(void *key)
{
	int wanted = *(int *)key;
	struct record record = {0};

	assert(look_up(wanted, &record) == 0);
	assert(record.key == wanted);
	return NULL;
}

int main(void)
{
	static int keys[] = {1, 2};
	pthread_t clients[2];

	table = open("table.bin", O_RDWR | O_CREAT | O_TRUNC, 0644);
	if (table < 0 || write(table, records, sizeof records) != sizeof records)
		return 1;
	for (int i = 0; i < 2; i++)
		pthread_create(&clients[i], NULL, client, &keys[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(clients[i], NULL);
	close(table);
	return 0;
}
