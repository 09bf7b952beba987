/*
 * Customers at a counter draw numbers and are served in that order, one at a time. Drawing a number and counting on are
 * one step.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_uint drawn, serving;
static atomic_int at_counter;

static unsigned draw_number(void)
{
	return drawn++;
}

static void *visit(void *unused)
{
	unsigned number = draw_number();

	while (serving != number)
		;
	assert(++at_counter == 1);
	at_counter--;
	serving++;
	return unused;
}

int main(void)
{
	pthread_t first, second;

	pthread_create(&first, NULL, visit, NULL);
	pthread_create(&second, NULL, visit, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	assert(serving == 2);
	return 0;
}
