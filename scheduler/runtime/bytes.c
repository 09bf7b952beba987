/* Memory functions of <string.h>, <strings.h> and <stdlib.h>. */
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- copies ----------------------------------------------------------------------------------------------------- */

/* Compilers copy structs with memcpy(), also to themselves. */
static void bytes_check_overlap(const char *to, const char *from, size_t n)
{
	if (to != from && to < from + n && from < to + n)
		runtime_misuse("overlapping-copy", "memory is copied to a place that overlaps it, with a function that must not");
}

RUNTIME_API void *__wrap_memcpy(void *to, const void *from, size_t n)
{
	bytes_check_overlap(to, from, n);
	return runtime_copy(to, from, n);
}

RUNTIME_API void *__wrap_mempcpy(void *to, const void *from, size_t n)
{
	return (char *)__wrap_memcpy(to, from, n) + n;
}

RUNTIME_API void *__wrap_memmove(void *to, const void *from, size_t n)
{
	return runtime_copy(to, from, n);
}

RUNTIME_API void __wrap_bcopy(const void *from, void *to, size_t n)
{
	runtime_copy(to, from, n);
}

RUNTIME_API void *__wrap_memccpy(void *to, const void *from, int byte, size_t n)
{
	char *top = scratch_top();
	struct view view = view_take(from, n, reach_until(1, (unsigned char)byte));
	bool found = view.n && ((const unsigned char *)view.at)[view.n - 1] == (unsigned char)byte;
	bytes_check_overlap(to, from, view.n);
	char *end = runtime_put(to, view.at, view.n);
	scratch_release(top);
	return found ? end : NULL;
}

RUNTIME_API void __wrap_swab(const void *restrict from, void *restrict to, ssize_t n)
{
	if (n < 2)
		return;
	char *top = scratch_top();
	struct view view = view_take(from, (size_t)n & ~(size_t)1, reach_all(1));
	char *swapped = scratch_push(view.at, view.n);
	for (size_t i = 0; i < view.n; i += 2) {
		char first = swapped[i];
		swapped[i] = swapped[i + 1];
		swapped[i + 1] = first;
	}
	runtime_put(to, swapped, view.n);
	scratch_release(top);
}

/* ---- fills ------------------------------------------------------------------------------------------------------ */

RUNTIME_API void *__wrap_memset(void *to, int byte, size_t n)
{
	runtime_fill(to, byte, n);
	return to;
}

RUNTIME_API void __wrap_bzero(void *to, size_t n)
{
	runtime_fill(to, 0, n);
}

RUNTIME_API void __wrap_explicit_bzero(void *to, size_t n)
{
	runtime_fill(to, 0, n);
}

RUNTIME_API void *__wrap_memfrob(void *at, size_t n)
{
	char *top = scratch_top();
	struct view view = view_take(at, n, reach_all(1));
	runtime_put(at, memfrob(scratch_push(view.at, n), n), n);
	scratch_release(top);
	return at;
}

/* ---- comparisons ------------------------------------------------------------------------------------------------ */

/* All `n` bytes count as read, whatever they are. */
RUNTIME_API int __wrap_memcmp(const void *a, const void *b, size_t n)
{
	char piece[RUNTIME_PIECE];
	int result = 0;
	if (!runtime_races(a, n) && !runtime_races(b, n)) {
		runtime_reads(a, n);
		runtime_reads(b, n);
		return memcmp(a, b, n);
	}
	for (size_t done = 0, size; done < n; done += size) {
		size = n - done < sizeof piece ? n - done : sizeof piece;
		runtime_reads((const char *)a + done, size);
		memcpy(piece, (const char *)a + done, size);
		runtime_reads((const char *)b + done, size);
		int difference = memcmp(piece, (const char *)b + done, size);
		result = result ? result : difference;
	}
	return result;
}

RUNTIME_API int __wrap_bcmp(const void *a, const void *b, size_t n)
{
	return __wrap_memcmp(a, b, n);
}

/* ---- searches --------------------------------------------------------------------------------------------------- */

/* Looks for one byte from the beginning: nothing behind it is read. */
static void *bytes_find(const void *s, int byte, size_t n)
{
	char *top = scratch_top();
	struct view view = view_take(s, n, reach_until(1, (unsigned char)byte));
	void *found = view_origin(view, s, memchr(view.at, byte, view.n));
	scratch_release(top);
	return found;
}

RUNTIME_API void *__wrap_memchr(const void *s, int byte, size_t n)
{
	return bytes_find(s, byte, n);
}

RUNTIME_API void *__wrap_rawmemchr(const void *s, int byte)
{
	return bytes_find(s, byte, SIZE_MAX);
}

/* Looks from the end: nothing before it is read. */
RUNTIME_API void *__wrap_memrchr(const void *s, int byte, size_t n)
{
	const char *found = memrchr(s, byte, n);
	size_t before = found ? (size_t)(found - (const char *)s) : 0;
	if (!runtime_races((const char *)s + before, n - before)) {
		runtime_reads((const char *)s + before, n - before);
		return (void *)(uintptr_t)found;
	}
	while (n--) {
		const unsigned char *at = (const unsigned char *)s + n;
		runtime_reads(at, 1);
		if (*at == (unsigned char)byte)
			return (void *)(uintptr_t)at;
	}
	return NULL;
}

RUNTIME_API void *__wrap_memmem(const void *s, size_t n, const void *wanted, size_t m)
{
	char *top = scratch_top();
	if (m > n)
		return NULL;
	struct view needle = view_take(wanted, m, reach_all(1));
	struct view view = view_take(s, m ? n : 0, reach_until_all(1, needle));
	void *found = view_origin(view, s, memmem(view.at, view.n, needle.at, m));
	scratch_release(top);
	return found;
}
