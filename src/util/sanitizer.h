/*
 * What sanitizers and valgrind must be told about stacks that are switched, copied and reused. In an ordinary build all
 * of it is free (valgrind's announcements are a few instructions when a stack is mapped).
 *
 * Coroutines need the address sanitizer's detect_stack_use_after_return off: with it, local variables are not on the
 * stack. coroutine.c makes that the default of every program that contains it.
 */
#ifndef SIM_SANITIZER_H
#define SIM_SANITIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZER_ADDRESS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZER_ADDRESS 1
#endif
#endif

#ifdef SANITIZER_ADDRESS
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

#if defined(__has_include)
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#define SANITIZER_VALGRIND 1
#endif
#endif

/* For functions that may touch red zones. */
#define SANITIZER_IGNORE __attribute__((no_sanitize("address", "undefined")))

/*
 * Announces that the running context is about to be left for one on the stack [low, high). `fiber` receives what
 * sanitizer_finish_switch() needs once the running context is resumed; NULL says that it never will be.
 */
static inline void sanitizer_start_switch(void **fiber, const char *low, const char *high)
{
#ifdef SANITIZER_ADDRESS
	__sanitizer_start_switch_fiber(fiber, low, (size_t)(high - low));
#else
	(void)fiber, (void)low, (void)high;
#endif
}

/* Announces that a context now runs again; a new context passes NULL. */
static inline void sanitizer_finish_switch(void *fiber)
{
#ifdef SANITIZER_ADDRESS
	__sanitizer_finish_switch_fiber(fiber, NULL, NULL);
#else
	(void)fiber;
#endif
}

/* Makes [low, high) ordinary memory again: what ran there was abandoned, or another moment was copied back to it. */
static inline void sanitizer_unpoison(const void *low, const void *high)
{
#ifdef SANITIZER_ADDRESS
	if (low < high)
		__asan_unpoison_memory_region(low, (size_t)((const char *)high - (const char *)low));
#else
	(void)low, (void)high;
#endif
}

/* memcpy() and memcmp() == 0 for live stack slices, whose red zones may be read and written here. */
#ifdef SANITIZER_ADDRESS
SANITIZER_IGNORE
static inline void sanitizer_copy(void *to, const void *from, size_t n)
{
	typedef uint64_t __attribute__((may_alias, aligned(1))) word;
	size_t i = 0;

	/* Volatile, because the compiler would otherwise recognise the loop and call the checked memcpy() after all. */
	for (; i + sizeof(word) <= n; i += sizeof(word))
		*(volatile word *)((char *)to + i) = *(const volatile word *)((const char *)from + i);
	for (; i < n; i++)
		((volatile char *)to)[i] = ((const volatile char *)from)[i];
}

SANITIZER_IGNORE
static inline bool sanitizer_equal(const void *a, const void *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((const volatile char *)a)[i] != ((const volatile char *)b)[i])
			return false;
	return true;
}
#else
static inline void sanitizer_copy(void *to, const void *from, size_t n)
{
	memcpy(to, from, n);
}

static inline bool sanitizer_equal(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n) == 0;
}
#endif

/* Tells valgrind that [low, high) is a stack. Returns an id for sanitizer_stack_forget(). */
static inline unsigned sanitizer_stack_announce(const char *low, const char *high)
{
#ifdef SANITIZER_VALGRIND
	return VALGRIND_STACK_REGISTER(low, high - 1);
#else
	(void)low, (void)high;
	return 0;
#endif
}

static inline void sanitizer_stack_forget(unsigned id)
{
#ifdef SANITIZER_VALGRIND
	VALGRIND_STACK_DEREGISTER(id);
#else
	(void)id;
#endif
}

#endif
