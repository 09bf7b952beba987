/*
 * Buffers of a fixed pool, on a list without locks: taking one and giving it back are one compare-exchange each. The
 * head has a number besides, which grows with each change: a head that only looks the same is no longer taken for it.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum { BUFFERS = 3, NONE = BUFFERS };

struct head {
	uint32_t first, changes;
};

static _Atomic struct head head;
static _Atomic uint32_t next[BUFFERS];
static atomic_int users[BUFFERS];

static uint32_t buffer_take(void)
{
	struct head old = head, new;

	do {
		if (old.first == NONE)
			return NONE;
		new = (struct head){next[old.first], old.changes + 1};
	} while (!atomic_compare_exchange_strong(&head, &old, new));
	assert(++users[old.first] == 1);
	return old.first;
}

static void buffer_give_back(uint32_t buffer)
{
	struct head old = head, new = {buffer, 0};

	users[buffer]--;
	do {
		next[buffer] = old.first;
		new.changes = old.changes + 1;
	} while (!atomic_compare_exchange_strong(&head, &old, new));
}

static void *use_one(void *unused)
{
	buffer_take();
	return unused;
}

/* Gives the first back, and keeps the second. */
static void *use_two(void *unused)
{
	uint32_t first = buffer_take(), second = buffer_take();

	if (first != NONE)
		buffer_give_back(first);
	(void)second;
	buffer_take();
	return unused;
}

int main(void)
{
	pthread_t one, two;

	for (uint32_t i = 0; i < BUFFERS; i++)
		next[i] = i + 1;
	pthread_create(&one, NULL, use_one, NULL);
	pthread_create(&two, NULL, use_two, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	/* Whoever is at the head of the list is used by nobody. */
	assert(atomic_load(&head).first == NONE || users[atomic_load(&head).first] == 0);
	return 0;
}
