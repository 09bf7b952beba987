/*
 * The interface of -fsanitize=thread, implemented: the compiler inserts a call before each memory access and in place of
 * each atomic operation of the program. Plain accesses go to the race detector and the undo log; atomics become visible
 * operations. Calls made while no simulated thread runs act directly.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "bounds.h"
#include "world.h"

/* The compiler's interface has no header; declared here for -Wmissing-prototypes. */
#define RUNTIME_API __attribute__((visibility("default")))
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
/* gcc knows these functions, by simpler types, whenever it instruments the file itself for some sanitizer. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

#define TSAN_SITE ((uint32_t)((uintptr_t)__builtin_return_address(0) - world_running->program.base))

/* ---- plain accesses --------------------------------------------------------------------------------------------- */

#define TSAN_ACCESS(name, size, type) \
	RUNTIME_API void __tsan_##name(void *address) \
	{ \
		if (world_running) \
			world_access((uintptr_t)address, size, type, TSAN_SITE); \
	}

#define TSAN_ACCESSES(size) \
	TSAN_ACCESS(read##size, size, RACE_READ) \
	TSAN_ACCESS(write##size, size, RACE_WRITE) \
	TSAN_ACCESS(unaligned_read##size, size, RACE_READ) \
	TSAN_ACCESS(unaligned_write##size, size, RACE_WRITE) \
	TSAN_ACCESS(volatile_read##size, size, RACE_READ) \
	TSAN_ACCESS(volatile_write##size, size, RACE_WRITE) \
	TSAN_ACCESS(unaligned_volatile_read##size, size, RACE_READ) \
	TSAN_ACCESS(unaligned_volatile_write##size, size, RACE_WRITE)

TSAN_ACCESSES(1)
TSAN_ACCESSES(2)
TSAN_ACCESSES(4)
TSAN_ACCESSES(8)
TSAN_ACCESSES(16)

RUNTIME_API void __tsan_read_range(void *address, size_t size)
{
	if (world_running && size)
		world_access((uintptr_t)address, size, RACE_READ, TSAN_SITE);
}

RUNTIME_API void __tsan_write_range(void *address, size_t size)
{
	if (world_running && size)
		world_access((uintptr_t)address, size, RACE_WRITE, TSAN_SITE);
}

RUNTIME_API void __tsan_vptr_update(void **address, void *value)
{
	if (world_running && *address != value)
		world_access((uintptr_t)address, sizeof *address, RACE_WRITE, TSAN_SITE);
}

RUNTIME_API void __tsan_vptr_read(void **address)
{
	if (world_running)
		world_access((uintptr_t)address, sizeof *address, RACE_READ, TSAN_SITE);
}

/* Call stacks are found by walking frame pointers, when they are asked for. */
RUNTIME_API void __tsan_init(void) {}
RUNTIME_API void __tsan_func_entry(void *caller)
{
	(void)caller;
}
RUNTIME_API void __tsan_func_exit(void) {}

/* ---- atomics ---------------------------------------------------------------------------------------------------- */

typedef unsigned __int128 tsan_wide;

static struct sim_wide tsan_split(tsan_wide value)
{
	return (struct sim_wide){.low = (uint64_t)value, .high = (uint64_t)(value >> 64)};
}

static tsan_wide tsan_join(struct sim_wide value)
{
	return (tsan_wide)value.high << 64 | value.low;
}

static tsan_wide tsan_call(struct sim_op *op, const volatile void *address, int order)
{
	/* The scheduler executes the operation: a bad address has to fault here. */
	bounds_touch((uintptr_t)address, op->kind != SIM_OP_ATOMIC_LOAD);
	bounds_touch((uintptr_t)address + op->size - 1, op->kind != SIM_OP_ATOMIC_LOAD);
	op->address = (uintptr_t)address;
	op->order = (uint8_t)(order & 7); /* compilers put hints in the higher bits */
	op->object = world_object((const void *)address, SIM_OBJECT_ATOMIC);
	return tsan_join(world_call(op));
}

#define TSAN_RMW(bits, type, name, code, builtin) \
	RUNTIME_API type __tsan_atomic##bits##_##name(volatile type *address, type value, int order) \
	{ \
		if (!world_running) \
			return builtin(address, value, __ATOMIC_SEQ_CST); \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_RMW, .rmw = code, .size = sizeof(type), \
		                    .operand = tsan_split(value), .site = TSAN_SITE}; \
		return (type)tsan_call(&op, address, order); \
	}

#define TSAN_CAS_CALL(type, expected_value, value, fail) \
	struct sim_op op = {.kind = SIM_OP_ATOMIC_CAS, .size = sizeof(type), .expected = tsan_split(expected_value), \
	                    .operand = tsan_split(value), .fail_order = (uint8_t)((fail) & 7), .site = TSAN_SITE}; \
	type old = (type)tsan_call(&op, address, order);

/* `expected` is the caller's own variable: changed on failure, like any memory that the program writes. */
#define TSAN_CAS(bits, type, name) \
	RUNTIME_API int __tsan_atomic##bits##_compare_exchange_##name(volatile type *address, type *expected, type value, \
	                                                              int order, int fail) \
	{ \
		if (!world_running) \
			return __atomic_compare_exchange_n(address, expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
		type wanted = *expected; \
		TSAN_CAS_CALL(type, wanted, value, fail) \
		if (old == wanted) \
			return 1; \
		world_access((uintptr_t)expected, sizeof(type), RACE_WRITE, op.site); \
		*expected = old; \
		return 0; \
	}

#define TSAN_ATOMIC(bits, type) \
	RUNTIME_API type __tsan_atomic##bits##_load(const volatile type *address, int order) \
	{ \
		if (!world_running) \
			return __atomic_load_n(address, __ATOMIC_SEQ_CST); \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_LOAD, .size = sizeof(type), .site = TSAN_SITE}; \
		return (type)tsan_call(&op, address, order); \
	} \
	RUNTIME_API void __tsan_atomic##bits##_store(volatile type *address, type value, int order) \
	{ \
		if (!world_running) { \
			__atomic_store_n(address, value, __ATOMIC_SEQ_CST); \
			return; \
		} \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_STORE, .size = sizeof(type), .operand = tsan_split(value), \
		                    .site = TSAN_SITE}; \
		tsan_call(&op, address, order); \
	} \
	TSAN_RMW(bits, type, exchange, SIM_RMW_EXCHANGE, __atomic_exchange_n) \
	TSAN_RMW(bits, type, fetch_add, SIM_RMW_ADD, __atomic_fetch_add) \
	TSAN_RMW(bits, type, fetch_sub, SIM_RMW_SUB, __atomic_fetch_sub) \
	TSAN_RMW(bits, type, fetch_and, SIM_RMW_AND, __atomic_fetch_and) \
	TSAN_RMW(bits, type, fetch_or, SIM_RMW_OR, __atomic_fetch_or) \
	TSAN_RMW(bits, type, fetch_xor, SIM_RMW_XOR, __atomic_fetch_xor) \
	TSAN_RMW(bits, type, fetch_nand, SIM_RMW_NAND, __atomic_fetch_nand) \
	TSAN_CAS(bits, type, strong) \
	TSAN_CAS(bits, type, weak) \
	RUNTIME_API type __tsan_atomic##bits##_compare_exchange_val(volatile type *address, type expected, type value, \
	                                                            int order, int fail) \
	{ \
		if (!world_running) { \
			__atomic_compare_exchange_n(address, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
			return expected; \
		} \
		TSAN_CAS_CALL(type, expected, value, fail) \
		return old; \
	}

TSAN_ATOMIC(8, uint8_t)
TSAN_ATOMIC(16, uint16_t)
TSAN_ATOMIC(32, uint32_t)
TSAN_ATOMIC(64, uint64_t)

RUNTIME_API void __tsan_atomic_thread_fence(int order)
{
	if (world_running)
		race_on_fence(&world_running->execution.race, world_self(), (enum sim_order)(order & 7));
}

RUNTIME_API void __tsan_atomic_signal_fence(int order)
{
	(void)order;
}
