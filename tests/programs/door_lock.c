/*
 * The two doors of an airlock are opened by two motors: Peterson's algorithm keeps them from moving at once, without an
 * operation that both reads and writes. A motor gives way before it has said that it wants to move: then the other may
 * not know of it.
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static atomic_int wants[2], turn, moving;

static void enter(int self)
{
	int other = 1 - self;

	turn = other;
	wants[self] = 1;
	while (wants[other] && turn == other)
		;
}

static void leave(int self)
{
	wants[self] = 0;
}

static void *open_door(void *door)
{
	int self = (int)(intptr_t)door;

	enter(self);
	assert(++moving == 1);
	moving--;
	leave(self);
	return NULL;
}

int main(void)
{
	pthread_t outer, inner;

	pthread_create(&outer, NULL, open_door, (void *)0);
	pthread_create(&inner, NULL, open_door, (void *)1);
	pthread_join(outer, NULL);
	pthread_join(inner, NULL);
	return 0;
}
