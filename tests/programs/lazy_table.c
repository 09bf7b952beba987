/*
 * A table that is made when it is first asked for: who finds the pointer set need not take the lock. The pointer is an
 * ordinary one: it may be read while another thread sets it, and says nothing of the table's contents.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: data-race
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct table {
	int entries[2];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct table *table;

static struct table *table_make(void)
{
	struct table *made = malloc(sizeof *made);

	made->entries[0] = 10;
	made->entries[1] = 20;
	return made;
}

static struct table *table_get(void)
{
	struct table *found = table;

	if (found)
		return found;
	pthread_mutex_lock(&lock);
	if (!table)
		table = table_make();
	found = table;
	pthread_mutex_unlock(&lock);
	return found;
}

static void *look_up(void *unused)
{
	assert(table_get()->entries[1] == 20);
	return unused;
}

int main(void)
{
	pthread_t first, second;

	pthread_create(&first, NULL, look_up, NULL);
	pthread_create(&second, NULL, look_up, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	free(table);
	return 0;
}
