/* Atomic variables that are no integers: floating-point numbers, pointers, truth values, structs. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

struct pair {
	long up, down;
};

struct colour {
	unsigned char red, green, blue;
};

static _Atomic float single;
static _Atomic double sum;
static _Atomic long double extended;
static _Atomic bool truth;
static int cells[4];
static _Atomic(int *) cell = cells;
static _Atomic struct pair pair;
static _Atomic struct colour colour;

static void count_both_ways(void)
{
	struct pair old = atomic_load(&pair), new;

	do {
		new.up = old.up + 1;
		new.down = old.down - 1;
	} while (!atomic_compare_exchange_weak(&pair, &old, new));
}

static void *change(void *unused)
{
	(void)unused;
	sum += 1.5;
	cell++;
	count_both_ways();
	return NULL;
}

static void alone(void)
{
	struct colour paint = {1, 2, 3}, old;

	single = 2;
	single /= 8;
	assert(single == 0.25f);
	extended = 3;
	extended -= 0.5L;
	assert(extended == 2.5L);
	truth = 2;
	assert(truth == 1 && atomic_exchange(&truth, false) && !truth);
	atomic_store(&colour, paint);
	paint.green = 9;
	old = atomic_exchange(&colour, paint);
	assert(old.red == 1 && old.green == 2 && old.blue == 3);
	old = colour;
	assert(old.red == 1 && old.green == 9 && old.blue == 3);
}

int main(void)
{
	pthread_t thread;
	struct pair end;

	alone();
	assert(pthread_create(&thread, NULL, change, NULL) == 0);
	change(NULL);
	pthread_join(thread, NULL);
	end = pair;
	assert(sum == 3 && cell == cells + 2 && end.up == 2 && end.down == -2);
	printf("%g, cell %d, %ld up, %ld down\n", (double)sum, (int)(cell - cells), end.up, end.down);
	return 0;
}
