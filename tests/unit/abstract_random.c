#include "abstract_random.h"

#include <string.h>

enum { RANDOM_LOCKS = 2, RANDOM_CELLS = 2 };

uint32_t abstract_random_below(struct abstract_random *random, uint32_t n)
{
	uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((z ^ z >> 31) % n);
}

/* Lifetime: one program. */
struct maker {
	struct abstract_random *random;
	struct abstract_program *program;
	int families;
	int thread;    /* to which lines are added */
	int n_threads;
};

static uint32_t maker_below(struct maker *m, uint32_t n)
{
	return abstract_random_below(m->random, n);
}

static bool maker_chance(struct maker *m, uint32_t percent)
{
	return maker_below(m, 100) < percent;
}

static int maker_lock(struct maker *m)
{
	return (int)maker_below(m, RANDOM_LOCKS);
}

static int maker_cell(struct maker *m)
{
	return (int)maker_below(m, RANDOM_CELLS);
}

/* Adds the line; sometimes timed, if it may be. */
static void maker_add(struct maker *m, struct abstract_line line, bool may_be_timed)
{
	if (may_be_timed && m->families & ABSTRACT_TIMED && maker_chance(m, 40))
		line = abstract_timed(line);
	abstract_add(m->program, m->thread, line);
}

static struct abstract_line maker_atomic(struct maker *m)
{
	int cell = maker_cell(m);
	switch (maker_below(m, 4)) {
	case 0:
		return abstract_load(cell, 1);
	case 1:
		return abstract_store(cell, 1 + maker_below(m, 2));
	case 2:
		return abstract_fetch_add(cell, maker_below(m, 2), 1);
	default:
		return abstract_cas(cell, maker_below(m, 2), 1 + maker_below(m, 2), 1);
	}
}

static void maker_add_atomic(struct maker *m)
{
	struct abstract_line line = maker_atomic(m);
	maker_add(m, maker_chance(m, 25) ? abstract_when(line, 1, maker_below(m, 2)) : line, false);
}

static void maker_add_locks(struct maker *m)
{
	int lock = maker_lock(m);
	switch (maker_below(m, 6)) {
	case 0:
	case 1: /* a critical section */
		maker_add(m, abstract_lock(lock, 2), true);
		if (m->families & ABSTRACT_ATOMICS && maker_chance(m, 50))
			maker_add_atomic(m);
		maker_add(m, abstract_when(abstract_unlock(lock), 2, SIM_RESULT_OK), false);
		break;
	case 2:
		maker_add(m, abstract_try_lock(lock, 2), false);
		maker_add(m, abstract_when(abstract_unlock(lock), 2, SIM_RESULT_OK), false);
		break;
	case 3:
		maker_add(m, abstract_is_locked(lock, 1), false);
		break;
	case 4:
		maker_add(m, abstract_lock(lock, 2), true);
		break;
	default:
		maker_add(m, abstract_unlock(lock), false);
	}
}

static void maker_add_condition(struct maker *m)
{
	int lock = maker_lock(m);
	uint32_t n = maker_below(m, 4);
	uint64_t count = n == 3 ? SIM_NOTIFY_ALL : n == 0 ? 1 : n;
	switch (maker_below(m, 6)) {
	case 0:
	case 1:
	case 2: /* sometimes without the lock: refused, unless it was taken before */
		if (maker_chance(m, 90))
			maker_add(m, abstract_lock(lock, 0), false);
		maker_add(m, abstract_wait(0, lock, 3), true);
		maker_add(m, abstract_unlock(lock), false);
		break;
	case 3:
		maker_add(m, abstract_lock(lock, 0), false);
		maker_add(m, abstract_notify_holding(0, count, lock, 1), false);
		maker_add(m, abstract_unlock(lock), false);
		break;
	case 4:
		maker_add(m, abstract_notify_holding(0, count, lock, 1), false);
		break;
	default:
		maker_add(m, abstract_notify(0, count, 1), false);
	}
}

/* Questions are asked by main only, whose starts come first: it knows every thread. */
static void maker_add_thread_op(struct maker *m)
{
	int other = 1 + (int)maker_below(m, (uint32_t)m->n_threads - 1);
	uint32_t what = maker_below(m, 8);
	if (m->thread != 0 || what == 0)
		maker_add(m, abstract_sleep(), false);
	else if (what < 4)
		maker_add(m, abstract_is_alive(other, 1), false);
	else
		maker_add(m, abstract_join(other, 2), true);
}

static void maker_add_plain(struct maker *m)
{
	int cell = RANDOM_CELLS + maker_cell(m);
	if (maker_chance(m, 50))
		maker_add(m, abstract_read(cell, 1), false);
	else
		maker_add(m, abstract_write(cell, maker_below(m, 2), 1), false);
}

/* One item of a random family. */
static void maker_add_item(struct maker *m)
{
	int family;
	do
		family = 1 << maker_below(m, 7);
	while (!(family & m->families) || family == ABSTRACT_TIMED);
	switch (family) {
	case ABSTRACT_ATOMICS:
		maker_add_atomic(m);
		break;
	case ABSTRACT_LOCKS:
		maker_add_locks(m);
		break;
	case ABSTRACT_CONDITIONS:
		maker_add_condition(m);
		break;
	case ABSTRACT_THREAD_OPS:
		maker_add_thread_op(m);
		break;
	case ABSTRACT_CHOICES:
		maker_add(m, abstract_choose(2, 1), false);
		break;
	default:
		maker_add_plain(m);
	}
}

static void maker_start(struct maker *m, int thread)
{
	maker_add(m, maker_chance(m, 70) ? abstract_start(thread) : abstract_start_loose(thread), false);
}

void abstract_random_program(struct abstract_random *random, struct abstract_program *program, int n_threads,
                             int n_items, int families)
{
	struct maker m = {.random = random, .program = program, .families = families, .n_threads = n_threads};
	memset(program, 0, sizeof *program);
	for (int t = 1; t < n_threads; t++)
		maker_start(&m, t);
	for (m.thread = 1; m.thread < n_threads; m.thread++)
		for (uint32_t i = maker_below(&m, (uint32_t)n_items) + 1; i > 0; i--)
			maker_add_item(&m);
	m.thread = 0;
	if (maker_chance(&m, 50))
		maker_add_item(&m);
	if (families & ABSTRACT_THREAD_OPS && maker_chance(&m, 30))
		maker_add(&m, abstract_exit(maker_chance(&m, 60)), false);
}
