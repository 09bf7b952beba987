/*
 * Atomic operations of the program, as visible operations. They come in three forms:
 *
 *   __tsan_atomicN_*   what -fsanitize=thread puts in place of the C11 operations and the __atomic and __sync builtins
 *   __atomic_*_16      functions of libatomic that clang calls for 16 bytes where the processor is not known to have these
 *   __atomic_*         those of any size: structs of 3 bytes, objects that are not aligned
 *
 * A compare-exchange that may fail without a reason (a weak one) does not: this is not explored. Calls made while no
 * simulated thread runs act directly.
 */
#include <fenv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "bounds.h"
#include "memory.h"
#include "runtime.h"
#include "uninit.h"
#include "world.h"

/* The compiler's interface has no header; declared here for -Wmissing-prototypes. */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
/* gcc knows these functions, by simpler types, whenever it instruments the file itself for some sanitizer. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

typedef unsigned __int128 atomics_wide;

static struct sim_wide atomics_split(atomics_wide value)
{
	return (struct sim_wide){.low = (uint64_t)value, .high = (uint64_t)(value >> 64)};
}

static atomics_wide atomics_join(struct sim_wide value)
{
	return (atomics_wide)value.high << 64 | value.low;
}

/* Whether what the operation has read was ever written, and that it is now. */
static void atomics_watch(const struct sim_op *op, bool wrote)
{
	if (op->kind != SIM_OP_ATOMIC_STORE)
		uninit_check(op->address, op->size, op->site);
	if (wrote)
		uninit_wrote(op->address, op->size);
}

/* Executes the operation; `caller` is where in the program. Returns the value that was there, 0 for a store. */
static atomics_wide atomics_call(struct sim_op *op, const volatile void *address, int order, const void *caller)
{
	op->address = (uintptr_t)address;
	op->order = (uint8_t)(order & 7); /* compilers put hints in the higher bits */
	op->fail_order &= 7;
	if (!world_running) {
		struct sim_event event = {.op = *op};
		memory_apply(&event, NULL);
		return atomics_join(event.result);
	}
	op->site = (uint32_t)((uintptr_t)caller - world_running->program.base);
	/* The scheduler executes the operation: a bad address has to fault here. Memory that others free before it is executed
	 * they free without order: a race. */
	bool writes = op->kind != SIM_OP_ATOMIC_LOAD;
	if (bounds_may_fail(world_running, (uintptr_t)address, op->size))
		bounds_check((uintptr_t)address, op->size, writes ? RACE_WRITE : RACE_READ, op->site);
	bounds_touch((uintptr_t)address, writes);
	bounds_touch((uintptr_t)address + op->size - 1, writes);
	world_note_place((uintptr_t)address);
	op->object = world_object((const void *)address, SIM_OBJECT_ATOMIC);
	atomics_wide old = atomics_join(world_call(op));
	bool fails = op->kind == SIM_OP_ATOMIC_CAS && old != atomics_join(op->expected);
	if (world_running->options.uninit)
		atomics_watch(op, !fails && writes);
	world_note_order(fails ? op->fail_order : op->order, op->site);
	return old;
}

#define ATOMICS_CALLER __builtin_return_address(0)

/* What the program passes by address: mostly a variable of the caller's own. */
static void atomics_note(const void *address, size_t size, int type)
{
	if (world_running && (type & RACE_WRITE || !world_on_stack(world_running, world_self(), (uintptr_t)address)))
		world_access((uintptr_t)address, size, type, world_site());
}

static struct sim_wide atomics_take(const void *from, size_t size)
{
	struct sim_wide value = {0};
	atomics_note(from, size, RACE_READ);
	memcpy(&value, from, size);
	return value;
}

static void atomics_give(void *to, struct sim_wide value, size_t size)
{
	atomics_note(to, size, RACE_WRITE);
	memcpy(to, &value, size);
}

/* ---- the compiler's ---------------------------------------------------------------------------------------------- */

#define ATOMICS_LOAD(name, type) \
	RUNTIME_API type name(const volatile type *address, int order) \
	{ \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_LOAD, .size = sizeof(type)}; \
		return (type)atomics_call(&op, address, order, ATOMICS_CALLER); \
	}

#define ATOMICS_STORE(name, type) \
	RUNTIME_API void name(volatile type *address, type value, int order) \
	{ \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_STORE, .size = sizeof(type), .operand = atomics_split(value)}; \
		atomics_call(&op, address, order, ATOMICS_CALLER); \
	}

#define ATOMICS_RMW(name, type, code) \
	RUNTIME_API type name(volatile type *address, type value, int order) \
	{ \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_RMW, .rmw = code, .size = sizeof(type), \
		                    .operand = atomics_split(value)}; \
		return (type)atomics_call(&op, address, order, ATOMICS_CALLER); \
	}

#define ATOMICS_CAS_CALL(type, expected_value) \
	struct sim_op op = {.kind = SIM_OP_ATOMIC_CAS, .size = sizeof(type), .expected = atomics_split(expected_value), \
	                    .operand = atomics_split(value), .fail_order = (uint8_t)(fail & 7)}; \
	type old = (type)atomics_call(&op, address, order, ATOMICS_CALLER);

#define ATOMICS_CAS(name, result, type) \
	RUNTIME_API result name(volatile type *address, type *expected, type value, int order, int fail) \
	{ \
		type wanted = (type)atomics_join(atomics_take(expected, sizeof(type))); \
		ATOMICS_CAS_CALL(type, wanted) \
		if (old != wanted) \
			atomics_give(expected, atomics_split(old), sizeof(type)); \
		return old == wanted; \
	}

#define ATOMICS_CAS_VALUE(name, type) \
	RUNTIME_API type name(volatile type *address, type expected, type value, int order, int fail) \
	{ \
		ATOMICS_CAS_CALL(type, expected) \
		return old; \
	}

#define ATOMICS(bits, type) \
	ATOMICS_LOAD(__tsan_atomic##bits##_load, type) \
	ATOMICS_STORE(__tsan_atomic##bits##_store, type) \
	ATOMICS_RMW(__tsan_atomic##bits##_exchange, type, SIM_RMW_EXCHANGE) \
	ATOMICS_RMW(__tsan_atomic##bits##_fetch_add, type, SIM_RMW_ADD) \
	ATOMICS_RMW(__tsan_atomic##bits##_fetch_sub, type, SIM_RMW_SUB) \
	ATOMICS_RMW(__tsan_atomic##bits##_fetch_and, type, SIM_RMW_AND) \
	ATOMICS_RMW(__tsan_atomic##bits##_fetch_or, type, SIM_RMW_OR) \
	ATOMICS_RMW(__tsan_atomic##bits##_fetch_xor, type, SIM_RMW_XOR) \
	ATOMICS_RMW(__tsan_atomic##bits##_fetch_nand, type, SIM_RMW_NAND) \
	ATOMICS_CAS(__tsan_atomic##bits##_compare_exchange_strong, int, type) \
	ATOMICS_CAS(__tsan_atomic##bits##_compare_exchange_weak, int, type) \
	ATOMICS_CAS_VALUE(__tsan_atomic##bits##_compare_exchange_val, type)

ATOMICS(8, uint8_t)
ATOMICS(16, uint16_t)
ATOMICS(32, uint32_t)
ATOMICS(64, uint64_t)
ATOMICS(128, atomics_wide)

RUNTIME_API void __tsan_atomic_thread_fence(int order)
{
	if (!world_running)
		return;
	race_on_fence(&world_running->execution.race, world_self(), (enum sim_order)(order & 7));
	world_note_order(order & 7, (uint32_t)((uintptr_t)ATOMICS_CALLER - world_running->program.base));
}

RUNTIME_API void __tsan_atomic_signal_fence(int order)
{
	(void)order;
}

/* ---- libatomic's, of 16 bytes ------------------------------------------------------------------------------------ */

ATOMICS_LOAD(__wrap___atomic_load_16, atomics_wide)
ATOMICS_STORE(__wrap___atomic_store_16, atomics_wide)
ATOMICS_RMW(__wrap___atomic_exchange_16, atomics_wide, SIM_RMW_EXCHANGE)
ATOMICS_CAS(__wrap___atomic_compare_exchange_16, bool, atomics_wide)

/* Both forms: what was there, and what is there afterwards. */
#define ATOMICS_FETCH(operation, code, value_after) \
	ATOMICS_RMW(__wrap___atomic_fetch_##operation##_16, atomics_wide, code) \
	RUNTIME_API atomics_wide __wrap___atomic_##operation##_fetch_16(volatile atomics_wide *address, atomics_wide value, \
	                                                               int order) \
	{ \
		struct sim_op op = {.kind = SIM_OP_ATOMIC_RMW, .rmw = code, .size = sizeof value, \
		                    .operand = atomics_split(value)}; \
		atomics_wide old = atomics_call(&op, address, order, ATOMICS_CALLER); \
		return value_after; \
	}

ATOMICS_FETCH(add, SIM_RMW_ADD, old + value)
ATOMICS_FETCH(sub, SIM_RMW_SUB, old - value)
ATOMICS_FETCH(and, SIM_RMW_AND, old & value)
ATOMICS_FETCH(or, SIM_RMW_OR, old | value)
ATOMICS_FETCH(xor, SIM_RMW_XOR, old ^ value)
ATOMICS_FETCH(nand, SIM_RMW_NAND, ~(old & value))

/* ---- libatomic's, of any size ------------------------------------------------------------------------------------ */

static void atomics_check_size(const char *function, size_t size)
{
	if (size > sizeof(atomics_wide))
		world_refuse(function, "atomic objects of more than 16 bytes are not modelled; protect it with a mutex");
}

RUNTIME_API void __wrap___atomic_load(size_t size, const volatile void *address, void *result, int order)
{
	atomics_check_size("__atomic_load", size);
	struct sim_op op = {.kind = SIM_OP_ATOMIC_LOAD, .size = (uint8_t)size};
	atomics_give(result, atomics_split(atomics_call(&op, address, order, ATOMICS_CALLER)), size);
}

RUNTIME_API void __wrap___atomic_store(size_t size, volatile void *address, const void *value, int order)
{
	atomics_check_size("__atomic_store", size);
	struct sim_op op = {.kind = SIM_OP_ATOMIC_STORE, .size = (uint8_t)size, .operand = atomics_take(value, size)};
	atomics_call(&op, address, order, ATOMICS_CALLER);
}

RUNTIME_API void __wrap___atomic_exchange(size_t size, volatile void *address, const void *value, void *result, int order)
{
	atomics_check_size("__atomic_exchange", size);
	struct sim_op op = {.kind = SIM_OP_ATOMIC_RMW, .rmw = SIM_RMW_EXCHANGE, .size = (uint8_t)size,
	                    .operand = atomics_take(value, size)};
	atomics_give(result, atomics_split(atomics_call(&op, address, order, ATOMICS_CALLER)), size);
}

RUNTIME_API bool __wrap___atomic_compare_exchange(size_t size, volatile void *address, void *expected, const void *value,
                                                  int order, int fail)
{
	atomics_check_size("__atomic_compare_exchange", size);
	struct sim_op op = {.kind = SIM_OP_ATOMIC_CAS, .size = (uint8_t)size, .expected = atomics_take(expected, size),
	                    .operand = atomics_take(value, size), .fail_order = (uint8_t)(fail & 7)};
	atomics_wide old = atomics_call(&op, address, order, ATOMICS_CALLER);
	if (old == atomics_join(op.expected))
		return true;
	atomics_give(expected, atomics_split(old), size);
	return false;
}

/* What processors of these kinds have: one instruction for 1, 2, 4 and 8 aligned bytes. */
RUNTIME_API bool __wrap___atomic_is_lock_free(size_t size, const volatile void *address)
{
	return size && size <= sizeof(uint64_t) && !(size & (size - 1)) && !((uintptr_t)address & (size - 1));
}

/* Called by gcc's code for compound assignments to atomic floating-point variables, with the exceptions of the attempt
 * that succeeded. */
RUNTIME_API void __wrap___atomic_feraiseexcept(int exceptions)
{
	feraiseexcept(exceptions);
}
