/*
 * The builtins of verification benchmarks (SV-COMP).
 *
 *   assume        a thread that assumes what is not so stops there. It is not blocked: nothing follows from how such an
 *                 execution ends. What other threads do wrong is wrong all the same.
 *   nondet        a choice among the values of the type that lie in the range given by --nondet
 *   atomic_begin, atomic_end, and functions of the program whose names begin with __VERIFIER_atomic_: blocks (block.h)
 *   error, reach_error, assert: what must not happen
 */
#include "verifier.h"

#include <stdlib.h>
#include <string.h>

#include "block.h"
#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- assumptions and errors ------------------------------------------------------------------------------------- */

RUNTIME_API void __wrap___VERIFIER_assume(int holds)
{
	if (!holds)
		world_prune();
}

static _Noreturn void verifier_fail(const char *text)
{
	world_fail((struct incident){.kind = INCIDENT_ASSERTION, .text = text, .site = world_site()});
}

RUNTIME_API _Noreturn void __wrap___VERIFIER_error(void)
{
	verifier_fail("__VERIFIER_error() is never called");
}

RUNTIME_API _Noreturn void __wrap_reach_error(void)
{
	verifier_fail("reach_error() is never called");
}

RUNTIME_API void __wrap___VERIFIER_assert(int holds)
{
	if (!holds)
		verifier_fail("__VERIFIER_assert()");
}

/* ---- blocks ----------------------------------------------------------------------------------------------------- */

enum { VERIFIER_MAX_ATOMIC = 100 };

/* Lifetime: process. */
static struct {
	uintptr_t low, high;
} verifier_atomic[VERIFIER_MAX_ATOMIC];

size_t verifier_n_atomic;

bool verifier_add_atomic(uintptr_t low, uintptr_t high)
{
	if (verifier_n_atomic == VERIFIER_MAX_ATOMIC)
		return false;
	verifier_atomic[verifier_n_atomic].low = low;
	verifier_atomic[verifier_n_atomic++].high = high;
	return true;
}

static bool verifier_is_atomic(uintptr_t pc)
{
	for (size_t i = 0; i < verifier_n_atomic; i++)
		if (pc - verifier_atomic[i].low < verifier_atomic[i].high - verifier_atomic[i].low)
			return true;
	return false;
}

void verifier_on_entry(uintptr_t pc)
{
	if (verifier_is_atomic(pc))
		block_begin((uint32_t)(pc - world_running->program.base));
}

void verifier_on_exit(uintptr_t pc)
{
	if (verifier_is_atomic(pc))
		block_end();
}

RUNTIME_API void __wrap___VERIFIER_atomic_begin(void)
{
	block_begin(world_site());
}

RUNTIME_API void __wrap___VERIFIER_atomic_end(void)
{
	if (!block_end())
		world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = "end-without-begin", .site = world_site(),
		                             .text = "__VERIFIER_atomic_end() was called where no atomic block had begun"});
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

static int64_t verifier_low, verifier_high;

/* Lifetime: process; not undone. */
static const char *verifier_bounded_name;
static uint32_t verifier_bounded_site;

void verifier_set_range(int64_t low, int64_t high)
{
	verifier_low = low;
	verifier_high = high;
}

const char *verifier_bounded(uint32_t *site)
{
	*site = verifier_bounded_site;
	return verifier_bounded_name;
}

/* One of the values from `low` to `high`. */
static int64_t verifier_choose(int64_t low, int64_t high)
{
	struct sim_op op = {.kind = SIM_OP_CHOOSE, .argument = (uint64_t)(high - low) + 1, .operand.low = (uint64_t)low};
	return op.argument == 1 ? low : low + (int64_t)world_call(&op).low;
}

/* A value of a type that reaches from `least` to `most`, of which `is_all`: the range may have no more. */
static int64_t verifier_value(const char *name, int64_t least, int64_t most, bool is_all)
{
	int64_t low = verifier_low > least ? verifier_low : least, high = verifier_high < most ? verifier_high : most;
	if (low > high)
		world_refuse(name, "none of the values given by --nondet is one of its type");
	if (!verifier_bounded_name && !(is_all && low == least && high == most)) {
		verifier_bounded_name = name;
		verifier_bounded_site = world_site();
	}
	return verifier_choose(low, high);
}

#define VERIFIER_NONDET(name, type, least, most, is_all) \
	RUNTIME_API type __wrap___VERIFIER_nondet_##name(void) \
	{ \
		return (type)verifier_value("__VERIFIER_nondet_" #name, least, most, is_all); \
	}

RUNTIME_API _Bool __wrap___VERIFIER_nondet_bool(void)
{
	return verifier_choose(0, 1) != 0;
}

/* Which addresses there are to choose from is not known. */
#define VERIFIER_REFUSED(name) \
	RUNTIME_API _Noreturn void __wrap___VERIFIER_nondet_##name(void) \
	{ \
		world_refuse("__VERIFIER_nondet_" #name, "only numbers and truth values can be chosen"); \
	}

VERIFIER_REFUSED(charp)
VERIFIER_REFUSED(pchar)
VERIFIER_REFUSED(pointer)
VERIFIER_REFUSED(pthread_t)

VERIFIER_NONDET(char, char, INT8_MIN, INT8_MAX, true)
VERIFIER_NONDET(schar, signed char, INT8_MIN, INT8_MAX, true)
VERIFIER_NONDET(uchar, unsigned char, 0, UINT8_MAX, true)
VERIFIER_NONDET(short, short, INT16_MIN, INT16_MAX, true)
VERIFIER_NONDET(ushort, unsigned short, 0, UINT16_MAX, true)
VERIFIER_NONDET(int, int, INT32_MIN, INT32_MAX, true)
VERIFIER_NONDET(uint, unsigned, 0, UINT32_MAX, true)
VERIFIER_NONDET(unsigned, unsigned, 0, UINT32_MAX, true)
VERIFIER_NONDET(long, long, INT64_MIN, INT64_MAX, true)
VERIFIER_NONDET(ulong, unsigned long, 0, INT64_MAX, false)
VERIFIER_NONDET(longlong, long long, INT64_MIN, INT64_MAX, true)
VERIFIER_NONDET(ulonglong, unsigned long long, 0, INT64_MAX, false)
VERIFIER_NONDET(int128, __int128, INT64_MIN, INT64_MAX, false)
VERIFIER_NONDET(uint128, unsigned __int128, 0, INT64_MAX, false)
VERIFIER_NONDET(size_t, size_t, 0, INT64_MAX, false)
VERIFIER_NONDET(loff_t, int64_t, INT64_MIN, INT64_MAX, true)
VERIFIER_NONDET(sector_t, uint64_t, 0, INT64_MAX, false)
VERIFIER_NONDET(u8, uint8_t, 0, UINT8_MAX, true)
VERIFIER_NONDET(u16, uint16_t, 0, UINT16_MAX, true)
VERIFIER_NONDET(u32, uint32_t, 0, UINT32_MAX, true)
VERIFIER_NONDET(float, float, INT64_MIN, INT64_MAX, false)
VERIFIER_NONDET(double, double, INT64_MIN, INT64_MAX, false)
