/*
 * In the style of the concurrency benchmarks of verification competitions: shared variables are plain, each access of them
 * stands in an atomic block, and waiting is a loop around such blocks, or an assumption.
 */
#include <pthread.h>
#include <stddef.h>

extern void __VERIFIER_atomic_begin(void);
extern void __VERIFIER_atomic_end(void);
extern void __VERIFIER_assume(int holds);
extern void abort(void);
extern void __assert_fail(const char *, const char *, unsigned, const char *);

/* Programs often have their own. */
void reach_error(void)
{
	__assert_fail("0", "benchmarks.c", 0, "reach_error");
}

static int flags[2], turn, inside, counter;

static int get(const int *variable)
{
	int value;

	__VERIFIER_atomic_begin();
	value = *variable;
	__VERIFIER_atomic_end();
	return value;
}

static void set(int *variable, int value)
{
	__VERIFIER_atomic_begin();
	*variable = value;
	__VERIFIER_atomic_end();
}


static void both(void *(*body)(void *))
{
	static int numbers[2] = {0, 1};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, body, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

/* What nobody else may be in at the same time. */
static void section(int self)
{
	set(&inside, self + 1);
	if (get(&inside) != self + 1)
		reach_error();
}

static void *peterson_thread(void *number)
{
	int self = *(int *)number, wanted, whose;

	set(&flags[self], 1);
	set(&turn, 1 - self);
	do {
		wanted = get(&flags[1 - self]);
		whose = get(&turn);
	} while (wanted && whose == 1 - self);
	section(self);
	set(&flags[self], 0);
	return NULL;
}

void peterson(void)
{
	both(peterson_thread);
}

static void *hasty_thread(void *number)
{
	int self = *(int *)number;

	while (get(&flags[1 - self]))
		;
	set(&flags[self], 1);
	section(self);
	set(&flags[self], 0);
	return NULL;
}

/* Both may find the other's flag down. */
void hasty(void)
{
	both(hasty_thread);
}

static void *dekker_thread(void *number)
{
	int self = *(int *)number;

	set(&flags[self], 1);
	while (get(&flags[1 - self])) {
		if (get(&turn) == self)
			continue;
		set(&flags[self], 0);
		while (get(&turn) != self)
			;
		set(&flags[self], 1);
	}
	section(self);
	set(&turn, 1 - self);
	set(&flags[self], 0);
	return NULL;
}

void dekker(void)
{
	both(dekker_thread);
}

/* Waits in a block of its own, by an assumption. */
static void *szymanski_thread(void *number)
{
	int self = *(int *)number, other = 1 - self;

	set(&flags[self], 1);
	__VERIFIER_assume(get(&flags[other]) < 3);
	set(&flags[self], 3);
	if (get(&flags[other]) == 1) {
		set(&flags[self], 2);
		__VERIFIER_assume(get(&flags[other]) == 4);
	}
	set(&flags[self], 4);
	if (self)
		__VERIFIER_assume(get(&flags[other]) < 2);
	section(self);
	if (!self) {
		int seen = get(&flags[other]);

		__VERIFIER_assume(seen < 2 || seen > 3);
	}
	set(&flags[self], 0);
	return NULL;
}

void szymanski(void)
{
	both(szymanski_thread);
}

static int drawn, serving;

static void *ticket_thread(void *number)
{
	int own;

	__VERIFIER_atomic_begin();
	own = drawn++;
	__VERIFIER_atomic_end();
	while (get(&serving) != own)
		;
	counter++;
	__VERIFIER_atomic_begin();
	serving++;
	__VERIFIER_atomic_end();
	return number;
}

/* 6 classes: who draws first, and when the other draws: before the first has looked at what is served, before it has counted
 * on, or later. What the lock protects needs no block. */
void ticket_lock(void)
{
	both(ticket_thread);
	if (counter != 2)
		reach_error();
}
