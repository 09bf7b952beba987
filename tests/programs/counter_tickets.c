/*
 * Customers at a counter draw numbers and are served in that order, one at a time. The machine shows a number and
 * counts on in two steps: two customers can draw the same number, and are served together, and the next number is never
 * called.
 *
 * SIMCHECK-EXPECT: assertion
 * SIMCHECK-EXPECT: livelock
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_uint drawn, serving;
static atomic_int at_counter;

static unsigned draw_number(void)
{
	unsigned number = drawn;

	drawn = number + 1;
	return number;
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
