/*
 * What code calls that simcheck-cc compiled, when its program runs by itself: accesses to memory are just made by the code
 * that announces them, atomic operations are made here. All are sequentially consistent, which every order allows. In an
 * archive, so that a program which calls nothing of this gets nothing of it.
 */
#include <stdint.h>
#include <string.h>

/* The compiler's interface has no header; declared here for -Wmissing-prototypes. */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
/* gcc knows some of these functions by simpler types. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

/* ---- plain accesses --------------------------------------------------------------------------------------------- */

#define PT_TSAN_ACCESS(name) \
	void __tsan_##name(void *address) \
	{ \
		(void)address; \
	}

#define PT_TSAN_ACCESSES(size) \
	PT_TSAN_ACCESS(read##size) \
	PT_TSAN_ACCESS(write##size) \
	PT_TSAN_ACCESS(unaligned_read##size) \
	PT_TSAN_ACCESS(unaligned_write##size) \
	PT_TSAN_ACCESS(volatile_read##size) \
	PT_TSAN_ACCESS(volatile_write##size) \
	PT_TSAN_ACCESS(unaligned_volatile_read##size) \
	PT_TSAN_ACCESS(unaligned_volatile_write##size) \
	PT_TSAN_ACCESS(read_write##size) \
	PT_TSAN_ACCESS(unaligned_read_write##size)

PT_TSAN_ACCESSES(1)
PT_TSAN_ACCESSES(2)
PT_TSAN_ACCESSES(4)
PT_TSAN_ACCESSES(8)
PT_TSAN_ACCESSES(16)

void __tsan_read_range(void *address, size_t size)
{
	(void)address;
	(void)size;
}

void __tsan_write_range(void *address, size_t size)
{
	(void)address;
	(void)size;
}

void __tsan_vptr_update(void **address, void *value)
{
	(void)address;
	(void)value;
}

PT_TSAN_ACCESS(vptr_read)
PT_TSAN_ACCESS(func_entry)

void __tsan_init(void) {}
/* An index is about to be used that is outside of its array: here that goes on as it would without simcheck. */
void __ubsan_handle_out_of_bounds(void *place, void *index)
{
	(void)place;
	(void)index;
}
/* And this where simcheck-cc compiled it for --coverage. */
void __sanitizer_cov_trace_pc(void) {}
void __tsan_func_exit(void) {}

/* Some compilers call these for blocks of memory. */
void *__tsan_memcpy(void *to, const void *from, size_t size)
{
	return memcpy(to, from, size);
}

void *__tsan_memmove(void *to, const void *from, size_t size)
{
	return memmove(to, from, size);
}

void *__tsan_memset(void *to, int byte, size_t size)
{
	return memset(to, byte, size);
}

/* ---- atomics ---------------------------------------------------------------------------------------------------- */

#define PT_TSAN_RMW(bits, type, name, builtin) \
	type __tsan_atomic##bits##_##name(volatile type *address, type value, int order) \
	{ \
		(void)order; \
		return builtin(address, value, __ATOMIC_SEQ_CST); \
	}

#define PT_TSAN_CAS(bits, type, name, weak) \
	int __tsan_atomic##bits##_compare_exchange_##name(volatile type *address, type *expected, type value, int order, \
		int fail) \
	{ \
		(void)order; \
		(void)fail; \
		return __atomic_compare_exchange_n(address, expected, value, weak, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	}

#define PT_TSAN_ATOMIC(bits, type) \
	type __tsan_atomic##bits##_load(const volatile type *address, int order) \
	{ \
		(void)order; \
		return __atomic_load_n(address, __ATOMIC_SEQ_CST); \
	} \
	void __tsan_atomic##bits##_store(volatile type *address, type value, int order) \
	{ \
		(void)order; \
		__atomic_store_n(address, value, __ATOMIC_SEQ_CST); \
	} \
	PT_TSAN_RMW(bits, type, exchange, __atomic_exchange_n) \
	PT_TSAN_RMW(bits, type, fetch_add, __atomic_fetch_add) \
	PT_TSAN_RMW(bits, type, fetch_sub, __atomic_fetch_sub) \
	PT_TSAN_RMW(bits, type, fetch_and, __atomic_fetch_and) \
	PT_TSAN_RMW(bits, type, fetch_or, __atomic_fetch_or) \
	PT_TSAN_RMW(bits, type, fetch_xor, __atomic_fetch_xor) \
	PT_TSAN_RMW(bits, type, fetch_nand, __atomic_fetch_nand) \
	PT_TSAN_CAS(bits, type, strong, 0) \
	PT_TSAN_CAS(bits, type, weak, 1) \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *address, type expected, type value, int order, \
		int fail) \
	{ \
		(void)order; \
		(void)fail; \
		__atomic_compare_exchange_n(address, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
		return expected; \
	}

PT_TSAN_ATOMIC(8, uint8_t)
PT_TSAN_ATOMIC(16, uint16_t)
PT_TSAN_ATOMIC(32, uint32_t)
PT_TSAN_ATOMIC(64, uint64_t)

/* Of 16 bytes: not every processor can do that at once, and the library that can may not be there. All such operations
 * of the program come by here, so that a lock is as good. */
typedef unsigned __int128 pt_tsan_wide;

static char pt_tsan_lock;

static void pt_tsan_acquire(void)
{
	while (__atomic_test_and_set(&pt_tsan_lock, __ATOMIC_ACQUIRE)) {}
}

/* Ends what pt_tsan_acquire() began; `value` was found meanwhile. */
static pt_tsan_wide pt_tsan_return(pt_tsan_wide value)
{
	__atomic_clear(&pt_tsan_lock, __ATOMIC_RELEASE);
	return value;
}

pt_tsan_wide __tsan_atomic128_load(const volatile pt_tsan_wide *address, int order)
{
	(void)order;
	pt_tsan_acquire();
	return pt_tsan_return(*address);
}

#define PT_TSAN_WIDE_RMW(name, expression) \
	pt_tsan_wide __tsan_atomic128_##name(volatile pt_tsan_wide *address, pt_tsan_wide value, int order) \
	{ \
		(void)order; \
		pt_tsan_acquire(); \
		pt_tsan_wide old = *address; \
		*address = (expression); \
		return pt_tsan_return(old); \
	}

PT_TSAN_WIDE_RMW(exchange, value)
PT_TSAN_WIDE_RMW(fetch_add, old + value)
PT_TSAN_WIDE_RMW(fetch_sub, old - value)
PT_TSAN_WIDE_RMW(fetch_and, old & value)
PT_TSAN_WIDE_RMW(fetch_or, old | value)
PT_TSAN_WIDE_RMW(fetch_xor, old ^ value)
PT_TSAN_WIDE_RMW(fetch_nand, ~(old & value))

void __tsan_atomic128_store(volatile pt_tsan_wide *address, pt_tsan_wide value, int order)
{
	__tsan_atomic128_exchange(address, value, order);
}

pt_tsan_wide __tsan_atomic128_compare_exchange_val(volatile pt_tsan_wide *address, pt_tsan_wide expected,
	pt_tsan_wide value, int order, int fail)
{
	(void)order;
	(void)fail;
	pt_tsan_acquire();
	pt_tsan_wide old = *address;
	if (old == expected)
		*address = value;
	return pt_tsan_return(old);
}

#define PT_TSAN_WIDE_CAS(name) \
	int __tsan_atomic128_compare_exchange_##name(volatile pt_tsan_wide *address, pt_tsan_wide *expected, \
		pt_tsan_wide value, int order, int fail) \
	{ \
		pt_tsan_wide wanted = *expected; \
		*expected = __tsan_atomic128_compare_exchange_val(address, wanted, value, order, fail); \
		return *expected == wanted; \
	}

PT_TSAN_WIDE_CAS(strong)
PT_TSAN_WIDE_CAS(weak)

void __tsan_atomic_thread_fence(int order)
{
	(void)order;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void __tsan_atomic_signal_fence(int order)
{
	(void)order;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}
