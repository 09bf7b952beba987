/* Functions of <wchar.h> that work on memory and strings of wide characters. */
#include <stdint.h>
#include <wchar.h>

#include "heap.h"
#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

enum { WIDE = sizeof(wchar_t) };

static struct view wide_string(const wchar_t *s, size_t most)
{
	return view_string(s, most, WIDE);
}

static size_t wide_length(const wchar_t *s, size_t most)
{
	char *top = scratch_top();
	size_t n = view_length(wide_string(s, most), WIDE);
	scratch_release(top);
	return n;
}

RUNTIME_API size_t __wrap_wcslen(const wchar_t *s)
{
	return wide_length(s, SIZE_MAX);
}

RUNTIME_API size_t __wrap_wcsnlen(const wchar_t *s, size_t most)
{
	return wide_length(s, most);
}

/* ---- copies ----------------------------------------------------------------------------------------------------- */

/* At most `most` characters of a string, with its end if that is among them, and one put behind them if `closes`. Returns
 * where the end is, or would be. */
static wchar_t *wide_copy(wchar_t *to, const wchar_t *from, size_t most, bool closes)
{
	char *top = scratch_top();
	struct view view = wide_string(from, most);
	size_t length = view_length(view, WIDE);
	runtime_put(to, view.at, view.n * WIDE);
	if (closes && length == view.n)
		runtime_put(to + length, L"", WIDE);
	scratch_release(top);
	return to + length;
}

RUNTIME_API wchar_t *__wrap_wcscpy(wchar_t *to, const wchar_t *from)
{
	wide_copy(to, from, SIZE_MAX, false);
	return to;
}

RUNTIME_API wchar_t *__wrap_wcpcpy(wchar_t *to, const wchar_t *from)
{
	return wide_copy(to, from, SIZE_MAX, false);
}

RUNTIME_API wchar_t *__wrap_wcpncpy(wchar_t *to, const wchar_t *from, size_t n)
{
	wchar_t *end = wide_copy(to, from, n, false);
	if (end < to + n)
		runtime_fill(end + 1, 0, (n - (size_t)(end + 1 - to)) * WIDE);
	return end;
}

RUNTIME_API wchar_t *__wrap_wcsncpy(wchar_t *to, const wchar_t *from, size_t n)
{
	__wrap_wcpncpy(to, from, n);
	return to;
}

RUNTIME_API wchar_t *__wrap_wcscat(wchar_t *to, const wchar_t *from)
{
	wide_copy(to + wide_length(to, SIZE_MAX), from, SIZE_MAX, false);
	return to;
}

RUNTIME_API wchar_t *__wrap_wcsncat(wchar_t *to, const wchar_t *from, size_t n)
{
	wide_copy(to + wide_length(to, SIZE_MAX), from, n, true);
	return to;
}

RUNTIME_API wchar_t *__wrap_wcsdup(const wchar_t *s)
{
	char *top = scratch_top();
	struct view view = wide_string(s, SIZE_MAX);
	wchar_t *copy = heap_allocate(view.n * WIDE, 16);
	if (copy)
		runtime_put(copy, view.at, view.n * WIDE);
	scratch_release(top);
	return copy;
}

RUNTIME_API wchar_t *__wrap_wmemcpy(wchar_t *to, const wchar_t *from, size_t n)
{
	return runtime_copy(to, from, n * WIDE);
}

RUNTIME_API wchar_t *__wrap_wmemmove(wchar_t *to, const wchar_t *from, size_t n)
{
	return runtime_copy(to, from, n * WIDE);
}

RUNTIME_API wchar_t *__wrap_wmempcpy(wchar_t *to, const wchar_t *from, size_t n)
{
	runtime_copy(to, from, n * WIDE);
	return to + n;
}

RUNTIME_API wchar_t *__wrap_wmemset(wchar_t *to, wchar_t character, size_t n)
{
	for (size_t i = 0; i < n; i++)
		runtime_put(to + i, &character, WIDE);
	return to;
}

/* ---- comparisons ------------------------------------------------------------------------------------------------ */

/* Of strings as much is read as is needed to tell, of memory everything. */
static int wide_compare(const wchar_t *a, const wchar_t *b, size_t n, bool strings)
{
	int result = 0;
	bool more = true;
	for (size_t i = 0; i < n && more; i++) {
		runtime_reads(a + i, WIDE);
		wchar_t character = a[i];
		runtime_reads(b + i, WIDE);
		if (!result)
			result = (character > b[i]) - (character < b[i]);
		more = !strings || (character && !result);
	}
	return result;
}

RUNTIME_API int __wrap_wcscmp(const wchar_t *a, const wchar_t *b)
{
	return wide_compare(a, b, SIZE_MAX, true);
}

RUNTIME_API int __wrap_wcsncmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	return wide_compare(a, b, n, true);
}

RUNTIME_API int __wrap_wmemcmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	return wide_compare(a, b, n, false);
}

/* Both strings are read, up to `n` characters. */
#define WIDE_COMPARE(name, parameter, most, call) \
	RUNTIME_API int __wrap_##name(const wchar_t *a, const wchar_t *b parameter) \
	{ \
		char *top = scratch_top(); \
		struct view one = wide_string(a, most), two = wide_string(b, most); \
		const wchar_t *x = one.at, *y = two.at; \
		int result = call; \
		scratch_release(top); \
		return result; \
	}

#define WIDE_MOST , size_t n
WIDE_COMPARE(wcscoll, , SIZE_MAX, wcscoll(x, y))
WIDE_COMPARE(wcscasecmp, , SIZE_MAX, wcscasecmp(x, y))
WIDE_COMPARE(wcsncasecmp, WIDE_MOST, n, wcsncasecmp(x, y, n))

/* ---- searches --------------------------------------------------------------------------------------------------- */

/* `reach` says how far `s` is read, at most `most` characters; `call` what is found in `text`. */
#define WIDE_FIND(name, parameters, most, reach, call) \
	RUNTIME_API wchar_t *__wrap_##name parameters \
	{ \
		char *top = scratch_top(); \
		struct view view = view_take(s, most, reach); \
		const wchar_t *text = view.at; \
		wchar_t *found = view_origin(view, s, call); \
		scratch_release(top); \
		return found; \
	}

WIDE_FIND(wcschr, (const wchar_t *s, wchar_t c), SIZE_MAX, reach_string_until(WIDE, (uint32_t)c), wcschr(text, c))
WIDE_FIND(wcschrnul, (const wchar_t *s, wchar_t c), SIZE_MAX, reach_string_until(WIDE, (uint32_t)c), wcschrnul(text, c))
WIDE_FIND(wcsrchr, (const wchar_t *s, wchar_t c), SIZE_MAX, reach_string(WIDE), wcsrchr(text, c))
WIDE_FIND(wmemchr, (const wchar_t *s, wchar_t c, size_t n), n, reach_until(WIDE, (uint32_t)c), wmemchr(text, c, view.n))

/* With a second string, which is read whole first: `set`. */
#define WIDE_FIND_SET(type, name, reach, call, result) \
	RUNTIME_API type __wrap_##name(const wchar_t *s, const wchar_t *second) \
	{ \
		char *top = scratch_top(); \
		struct view set = wide_string(second, SIZE_MAX); \
		const wchar_t *all = set.at; \
		set.n--; \
		struct view view = view_take(s, SIZE_MAX, reach); \
		const wchar_t *text = view.at; \
		type found = call; \
		scratch_release(top); \
		return result; \
	}

WIDE_FIND_SET(size_t, wcsspn, reach_while_any(WIDE, set), wcsspn(text, all), found)
WIDE_FIND_SET(size_t, wcscspn, reach_until_any(WIDE, set), wcscspn(text, all), found)
WIDE_FIND_SET(wchar_t *, wcspbrk, reach_until_any(WIDE, set), wcspbrk(text, all), view_origin(view, s, found))

RUNTIME_API wchar_t *__wrap_wcsstr(const wchar_t *s, const wchar_t *wanted)
{
	char *top = scratch_top();
	struct view set = wide_string(wanted, SIZE_MAX);
	if (!--set.n)
		return (wchar_t *)(uintptr_t)s;
	struct view view = view_take(s, SIZE_MAX, reach_string_until_all(WIDE, set));
	const wchar_t *end = (const wchar_t *)view.at + view.n;
	bool found = view.n >= set.n && wmemcmp(end - set.n, set.at, set.n) == 0;
	wchar_t *result = found ? view_origin(view, s, end - set.n) : NULL;
	scratch_release(top);
	return result;
}
