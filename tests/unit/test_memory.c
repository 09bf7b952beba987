/*
 * What atomic operations read and write, and which bytes they are said to use.
 */
#include <check.h>
#include <string.h>

#include "memory.h"

static struct undo undo;
static struct sim_objects objects;
static _Alignas(16) unsigned char memory[32];

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 20), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	memset(memory, 0, sizeof memory);
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static struct sim_event execute(struct sim_op op)
{
	struct sim_event event = {.op = op};
	ck_assert_uint_eq(semantics_choices(&op, 0, &objects), 1);
	semantics_apply(&event, 0, &objects);
	memory_apply(&event, &undo);
	return event;
}

static struct sim_op atomic(enum sim_op_kind kind, unsigned size, uint64_t operand)
{
	return (struct sim_op){.kind = (uint8_t)kind, .size = (uint8_t)size, .address = (uintptr_t)memory + 8 * (size < 16),
	                       .operand.low = operand};
}

static void expect_range(const struct sim_event *event, enum sim_mode mode)
{
	ck_assert_uint_eq(event->uses[0].key, event->op.address);
	ck_assert_uint_eq(event->uses[0].size, op_width(&event->op));
	ck_assert_int_eq(event->uses[0].mode, mode);
	ck_assert_int_eq(event->uses[1].mode, SIM_MODE_NONE);
	ck_assert(!event->special);
}

/* All sizes: only their own bytes are read and written, values wrap around at their width. */
START_TEST(atomics_of_all_sizes)
{
	for (unsigned size = 1; size <= 8; size *= 2) {
		memset(memory, 0xFF, sizeof memory);
		uint64_t all = UINT64_MAX >> (64 - 8 * size);
		struct sim_event event = execute(atomic(SIM_OP_ATOMIC_LOAD, size, 0));
		ck_assert(event.result.low == all && event.result.high == 0);
		expect_range(&event, SIM_MODE_READ);
		event = execute(atomic(SIM_OP_ATOMIC_STORE, size, UINT64_C(0x1122334455667788)));
		expect_range(&event, SIM_MODE_WRITE);
		struct sim_wide stored = memory_read((uintptr_t)memory + 8, size);
		ck_assert_uint_eq(stored.low, UINT64_C(0x1122334455667788) & all);
		ck_assert_uint_eq(memory[8 + size], 0xFF);
		ck_assert_uint_eq(memory[7], 0xFF);
		struct sim_op add = atomic(SIM_OP_ATOMIC_RMW, size, all);
		add.rmw = SIM_RMW_ADD;
		event = execute(add);
		ck_assert_uint_eq(event.result.low, stored.low);
		expect_range(&event, SIM_MODE_WRITE);
		ck_assert_uint_eq(memory_read((uintptr_t)memory + 8, size).low, (stored.low - 1) & all);
		ck_assert_uint_eq(memory[8 + size], 0xFF);
	}
}
END_TEST

/* 128 bits: the carry crosses the halves. */
START_TEST(wide_atomics)
{
	struct sim_op op = atomic(SIM_OP_ATOMIC_STORE, 16, UINT64_MAX);
	op.operand.high = 5;
	execute(op);
	op = atomic(SIM_OP_ATOMIC_RMW, 16, 1);
	op.rmw = SIM_RMW_ADD;
	struct sim_event event = execute(op);
	ck_assert(event.result.low == UINT64_MAX && event.result.high == 5);
	event = execute(atomic(SIM_OP_ATOMIC_LOAD, 16, 0));
	ck_assert(event.result.low == 0 && event.result.high == 6);
	op = atomic(SIM_OP_ATOMIC_CAS, 16, 1);
	op.expected.high = 7;
	event = execute(op);
	ck_assert_int_eq(event.uses[0].mode, SIM_MODE_READ);
	op.expected.high = 6;
	event = execute(op);
	ck_assert_int_eq(event.uses[0].mode, SIM_MODE_WRITE);
	ck_assert(memory_read((uintptr_t)memory, 16).low == 1 && memory_read((uintptr_t)memory, 16).high == 0);
}
END_TEST

START_TEST(read_modify_writes)
{
	static const struct {
		enum sim_rmw rmw;
		uint32_t result; /* of 0xF0F01234 and 0x0FF00001 */
	} rows[] = {
		{SIM_RMW_EXCHANGE, 0x0FF00001}, {SIM_RMW_ADD, 0x00E01235}, {SIM_RMW_SUB, 0xE1001233},
		{SIM_RMW_AND, 0x00F00000},      {SIM_RMW_OR, 0xFFF01235},  {SIM_RMW_XOR, 0xFF001235},
		{SIM_RMW_NAND, 0xFF0FFFFF},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		execute(atomic(SIM_OP_ATOMIC_STORE, 4, 0xF0F01234));
		struct sim_op op = atomic(SIM_OP_ATOMIC_RMW, 4, 0x0FF00001);
		op.rmw = (uint8_t)rows[i].rmw;
		ck_assert_uint_eq(execute(op).result.low, 0xF0F01234);
		ck_assert_uint_eq(memory_read((uintptr_t)memory + 8, 4).low, rows[i].result);
	}
}
END_TEST

/* A failed compare-exchange is a read; only its own width is compared, whatever else the operands hold. */
START_TEST(compare_exchange)
{
	execute(atomic(SIM_OP_ATOMIC_STORE, 2, 7));
	struct sim_op op = atomic(SIM_OP_ATOMIC_CAS, 2, 9);
	op.expected.low = 8;
	struct sim_event event = execute(op);
	ck_assert_uint_eq(event.result.low, 7);
	expect_range(&event, SIM_MODE_READ);
	op.expected.low = 0xABCD0007;
	event = execute(op);
	ck_assert_uint_eq(event.result.low, 7);
	expect_range(&event, SIM_MODE_WRITE);
	ck_assert_uint_eq(memory_read((uintptr_t)memory + 8, 2).low, 9);
}
END_TEST

/* Plain accesses that are scheduling points: performed by the program, as wide as they are. */
START_TEST(plain_accesses)
{
	struct sim_op op = {.kind = SIM_OP_READ, .address = (uintptr_t)memory, .argument = 24};
	struct sim_event event = execute(op);
	expect_range(&event, SIM_MODE_READ);
	op.kind = SIM_OP_WRITE;
	event = execute(op);
	expect_range(&event, SIM_MODE_WRITE);
	ck_assert_uint_eq(event.uses[0].size, 24);
	for (size_t i = 0; i < sizeof memory; i++)
		ck_assert_uint_eq(memory[i], 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("memory");
	TCase *tests = tcase_create("memory");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, atomics_of_all_sizes);
	tcase_add_test(tests, wide_atomics);
	tcase_add_test(tests, read_modify_writes);
	tcase_add_test(tests, compare_exchange);
	tcase_add_test(tests, plain_accesses);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
