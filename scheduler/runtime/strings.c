/* Functions of <string.h> and <strings.h> that work on strings of bytes. Those of wide characters: wide.c. */
#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "heap.h"
#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

RUNTIME_API size_t __wrap_strlen(const char *s)
{
	return runtime_reads_string(s, SIZE_MAX);
}

RUNTIME_API size_t __wrap_strnlen(const char *s, size_t most)
{
	return runtime_reads_string(s, most);
}

/* ---- copies ----------------------------------------------------------------------------------------------------- */

/* What copies have in common: at most `most` bytes of a string, with its end if that is among them, and with one put
 * behind them if `closes`. Returns where the end is, or would be. */
static char *strings_copy(char *to, const char *from, size_t most, bool closes)
{
	char *top = scratch_top();
	struct view view = view_string(from, most, 1);
	size_t length = view_length(view, 1);
	bool closed = length < view.n;
	if (to < from + view.n && from < to + view.n + (closes && !closed))
		runtime_misuse("overlapping-copy", "a string is copied to a place that overlaps it");
	if (closes && !closed) {
		view.at = scratch_push(view.at, view.n++);
		scratch_push("", 1);
	}
	runtime_put(to, view.at, view.n);
	scratch_release(top);
	return to + length;
}

static char *strings_end(const char *s)
{
	return (char *)(uintptr_t)s + runtime_reads_string(s, SIZE_MAX);
}

RUNTIME_API char *__wrap_strcpy(char *to, const char *from)
{
	strings_copy(to, from, SIZE_MAX, false);
	return to;
}

RUNTIME_API char *__wrap_stpcpy(char *to, const char *from)
{
	return strings_copy(to, from, SIZE_MAX, false);
}

RUNTIME_API char *__wrap_stpncpy(char *to, const char *from, size_t n)
{
	char *end = strings_copy(to, from, n, false);
	if (end < to + n)
		runtime_fill(end + 1, 0, n - (size_t)(end + 1 - to));
	return end;
}

RUNTIME_API char *__wrap_strncpy(char *to, const char *from, size_t n)
{
	__wrap_stpncpy(to, from, n);
	return to;
}

RUNTIME_API char *__wrap_strcat(char *to, const char *from)
{
	strings_copy(strings_end(to), from, SIZE_MAX, false);
	return to;
}

RUNTIME_API char *__wrap_strncat(char *to, const char *from, size_t n)
{
	strings_copy(strings_end(to), from, n, true);
	return to;
}

RUNTIME_API size_t __wrap_strlcpy(char *to, const char *from, size_t size)
{
	if (size)
		strings_copy(to, from, size - 1, true);
	return runtime_reads_string(from, SIZE_MAX);
}

RUNTIME_API size_t __wrap_strlcat(char *to, const char *from, size_t size)
{
	size_t length = runtime_reads_string(to, size);
	return length + (length < size ? __wrap_strlcpy(to + length, from, size - length) : runtime_reads_string(from, SIZE_MAX));
}

RUNTIME_API char *__wrap_strndup(const char *s, size_t n)
{
	char *top = scratch_top();
	struct view view = view_string(s, n, 1);
	size_t length = view_length(view, 1);
	char *copy = heap_allocate(length + 1, 16);
	if (copy)
		runtime_put(runtime_put(copy, view.at, length), "", 1);
	scratch_release(top);
	return copy;
}

RUNTIME_API char *__wrap_strdup(const char *s)
{
	return __wrap_strndup(s, SIZE_MAX);
}

/* ---- comparisons ------------------------------------------------------------------------------------------------ */

/* Of equal strings the end is read too, of others the first bytes that differ. */
static size_t strings_common(const char *a, const char *b, size_t n, bool folds)
{
	size_t i = 0;
	while (i < n && a[i] && (a[i] == b[i] || (folds && tolower((unsigned char)a[i]) == tolower((unsigned char)b[i]))))
		i++;
	return i < n ? i + 1 : n;
}

/* A string that is read byte by byte. */
struct strings_reader {
	const char *next;
	struct view piece;
	size_t at; /* in the piece */
};

static int strings_next(struct strings_reader *reader, size_t most, bool folds)
{
	if (reader->at == reader->piece.n) {
		reader->piece = view_piece(reader->next, most);
		reader->next += reader->piece.n;
		reader->at = 0;
	}
	unsigned char byte = ((const unsigned char *)reader->piece.at)[reader->at++];
	return folds ? tolower(byte) : byte;
}

static int strings_compare(const char *a, const char *b, size_t n, bool folds)
{
	size_t size = strings_common(a, b, n, folds);
	if (!runtime_races(a, size) && !runtime_races(b, size)) {
		runtime_reads(a, size);
		runtime_reads(b, size);
		return folds ? strncasecmp(a, b, size) : strncmp(a, b, size);
	}
	char *top = scratch_top();
	struct strings_reader one = {.next = a}, two = {.next = b};
	int x = 1, y = 1;
	for (; n && x == y && x; n--) {
		x = strings_next(&one, n, folds);
		y = strings_next(&two, n, folds);
	}
	scratch_release(top);
	return x - y;
}

RUNTIME_API int __wrap_strcmp(const char *a, const char *b)
{
	return strings_compare(a, b, SIZE_MAX, false);
}

RUNTIME_API int __wrap_strncmp(const char *a, const char *b, size_t n)
{
	return strings_compare(a, b, n, false);
}

RUNTIME_API int __wrap_strcasecmp(const char *a, const char *b)
{
	return strings_compare(a, b, SIZE_MAX, true);
}

RUNTIME_API int __wrap_strncasecmp(const char *a, const char *b, size_t n)
{
	return strings_compare(a, b, n, true);
}

/* Both strings are read whole. */
#define STRINGS_COMPARE_WHOLE(name) \
	RUNTIME_API int __wrap_##name(const char *a, const char *b) \
	{ \
		char *top = scratch_top(); \
		struct view one = view_string(a, SIZE_MAX, 1), two = view_string(b, SIZE_MAX, 1); \
		int result = name(one.at, two.at); \
		scratch_release(top); \
		return result; \
	}

STRINGS_COMPARE_WHOLE(strcoll)
STRINGS_COMPARE_WHOLE(strverscmp)

RUNTIME_API size_t __wrap_strxfrm(char *to, const char *from, size_t n)
{
	char *top = scratch_top();
	struct view view = view_string(from, SIZE_MAX, 1);
	size_t length = strxfrm(NULL, view.at, 0);
	char *result = scratch_reserve(length + 1);
	strxfrm(result, view.at, length + 1);
	if (n)
		runtime_put(to, result, length < n ? length + 1 : n);
	scratch_release(top);
	return length;
}

/* ---- searches --------------------------------------------------------------------------------------------------- */

/* `reach` says how far `s` is read, `call` what is found in `text`. */
#define STRINGS_FIND(name, parameters, reach, call) \
	RUNTIME_API char *__wrap_##name parameters \
	{ \
		char *top = scratch_top(); \
		struct view view = view_take(s, SIZE_MAX, reach); \
		const char *text = view.at; \
		char *found = view_origin(view, s, call); \
		scratch_release(top); \
		return found; \
	}

STRINGS_FIND(strchr, (const char *s, int c), reach_string_until(1, (unsigned char)c), strchr(text, c))
STRINGS_FIND(index, (const char *s, int c), reach_string_until(1, (unsigned char)c), strchr(text, c))
STRINGS_FIND(strchrnul, (const char *s, int c), reach_string_until(1, (unsigned char)c), strchrnul(text, c))
STRINGS_FIND(strrchr, (const char *s, int c), reach_string(1), strrchr(text, c))
STRINGS_FIND(rindex, (const char *s, int c), reach_string(1), strrchr(text, c))
STRINGS_FIND(basename, (const char *s), reach_string(1), basename(text))

/* With a second string, which is read whole first: `set`. */
#define STRINGS_FIND_SET(type, name, reach, call, result) \
	RUNTIME_API type __wrap_##name(const char *s, const char *second) \
	{ \
		char *top = scratch_top(); \
		struct view set = view_string(second, SIZE_MAX, 1); \
		const char *all = set.at; \
		set.n--; \
		struct view view = view_take(s, SIZE_MAX, reach); \
		const char *text = view.at; \
		type found = call; \
		scratch_release(top); \
		return result; \
	}

STRINGS_FIND_SET(size_t, strspn, reach_while_any(1, set), strspn(text, all), found)
STRINGS_FIND_SET(size_t, strcspn, reach_until_any(1, set), strcspn(text, all), found)
STRINGS_FIND_SET(char *, strpbrk, reach_until_any(1, set), strpbrk(text, all), view_origin(view, s, found))

/* A string is everywhere in it if it is empty: then nothing is read. What follows the last piece that was read is not for
 * the C library to look at, which asks for strings. */
#define STRINGS_FIND_STRING(name, reach, matches) \
	RUNTIME_API char *__wrap_##name(const char *s, const char *wanted) \
	{ \
		char *top = scratch_top(); \
		struct view set = view_string(wanted, SIZE_MAX, 1); \
		if (!--set.n) \
			return (char *)(uintptr_t)s; \
		struct view view = view_take(s, SIZE_MAX, reach(set)); \
		const char *end = (const char *)view.at + view.n; \
		char *found = view.n >= set.n && matches(end - set.n, set.at, set.n) == 0 ? \
			view_origin(view, s, end - set.n) : NULL; \
		scratch_release(top); \
		return found; \
	}

#define STRINGS_ALL(set) reach_string_until_all(1, set)
STRINGS_FIND_STRING(strstr, STRINGS_ALL, memcmp)
STRINGS_FIND_STRING(strcasestr, reach_string_until_all_folded, strncasecmp)
