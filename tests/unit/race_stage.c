#include "race_stage.h"

#include <check.h>
#include <string.h>

#include "memory.h"

struct undo undo;
struct sim_objects objects;
struct race race;
uint32_t lock, other_lock, condition;
_Alignas(64) unsigned char memory[SIZE];
uint64_t flag, flag2;

void race_stage_setup(void)
{
	memset(&race, 0, sizeof race);
	memset(memory, 0, sizeof memory);
	flag = flag2 = 0;
	ck_assert_int_eq(undo_init(&undo, 1 << 24), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	ck_assert_int_eq(race_init(&race, &objects, &undo), 0);
	ck_assert_int_eq(race_watch(&race, (uintptr_t)memory, SIZE), 0);
	race_begin(&race);
	for (int t = 1; t < N_THREADS; t++)
		race.clock[t].at[t] = 1;
	lock = object_at(&objects, 0x1000, SIM_OBJECT_LOCK);
	other_lock = object_at(&objects, 0x1001, SIM_OBJECT_LOCK);
	condition = object_at(&objects, 0x2000, SIM_OBJECT_CONDITION);
}

void race_stage_teardown(void)
{
	race_release(&race);
	object_release(&objects);
	undo_release(&undo);
}

struct sim_event execute(int thread, struct sim_op op)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	ck_assert_uint_gt(semantics_choices(&op, thread, &objects), 0);
	semantics_apply(&event, 0, &objects);
	if (op_is_memory(&op))
		memory_apply(&event, &undo);
	race_on_event(&race, &event);
	return event;
}

struct sim_event on(int thread, enum sim_op_kind kind, uint32_t object)
{
	return execute(thread, (struct sim_op){.kind = (uint8_t)kind, .object = object});
}

struct sim_op atomic(enum sim_op_kind kind, uint64_t *at, enum sim_order order)
{
	return (struct sim_op){.kind = (uint8_t)kind, .size = 8, .order = (uint8_t)order, .fail_order = (uint8_t)order,
	                       .address = (uintptr_t)at, .object = object_at(&objects, (uintptr_t)at, SIM_OBJECT_ATOMIC)};
}

void store(int thread, uint64_t *at, enum sim_order order)
{
	execute(thread, atomic(SIM_OP_ATOMIC_STORE, at, order));
}

void load(int thread, uint64_t *at, enum sim_order order)
{
	execute(thread, atomic(SIM_OP_ATOMIC_LOAD, at, order));
}

void exchange(int thread, uint64_t *at, enum sim_order order)
{
	execute(thread, atomic(SIM_OP_ATOMIC_RMW, at, order));
}

void touch(int thread, int type, size_t offset, size_t size)
{
	race_on_access(&race, thread, (uintptr_t)memory + offset, size, type, 0);
}

void write8(int thread)
{
	touch(thread, RACE_WRITE, 0, 8);
}

void read8(int thread)
{
	touch(thread, RACE_READ, 0, 8);
}

void expect_races(int n)
{
	ck_assert_int_eq(race.n_found, n);
	race_forget(&race);
}
