/*
 * A journal in memory that grows when there is no room for another line. Room is made and used in one critical section.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct {
	pthread_mutex_t lock;
	size_t length, capacity;
	char *text;
} journal = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* With the lock held. */
static void journal_make_room(size_t n)
{
	while (journal.length + n > journal.capacity) {
		journal.capacity += 6;
		journal.text = realloc(journal.text, journal.capacity);
	}
}

static void journal_write(const char *line)
{
	size_t n = strlen(line);

	pthread_mutex_lock(&journal.lock);
	journal_make_room(n);
	memcpy(journal.text + journal.length, line, n);
	journal.length += n;
	pthread_mutex_unlock(&journal.lock);
}

static void *greet(void *unused)
{
	journal_write("hello\n");
	return unused;
}

static void *part(void *unused)
{
	journal_write("bye!!\n");
	return unused;
}

int main(void)
{
	pthread_t one, two;

	journal.capacity = 8;
	journal.text = malloc(journal.capacity);
	pthread_create(&one, NULL, greet, NULL);
	pthread_create(&two, NULL, part, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	assert(journal.length == 12);
	free(journal.text);
	return 0;
}
