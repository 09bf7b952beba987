/*
 * Functions of <string.h> and string formatting that read or write memory which threads may share: their ranges count as
 * accesses of the program, and what they write is taken back like its own writes.
 *
 * Other threads may run whenever a range that races is noted. So each function takes what it has read before it notes
 * the next access.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "heap.h"
#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

void runtime_reads(const void *address, size_t n)
{
	if (world_running && n)
		world_access((uintptr_t)address, n, RACE_READ, world_site());
}

void runtime_writes(void *address, size_t n)
{
	if (world_running && n)
		world_access((uintptr_t)address, n, RACE_WRITE, world_site());
}

/* Bytes that are copied or compared at a time where others may run in between. */
enum { STRINGS_PIECE = 1024 };

size_t runtime_reads_string(const char *s, size_t most)
{
	size_t n = strnlen(s, most), noted;
	do {
		noted = n;
		runtime_reads(s, noted < most ? noted + 1 : most);
		n = strnlen(s, most);
	} while (n > noted);
	return n;
}

/* The target races: a piece is taken, noted as written, and put there. */
static void strings_store_pieces(char *to, const char *from, size_t n)
{
	char piece[STRINGS_PIECE];
	for (size_t done = 0, size; done < n; done += size) {
		size = n - done < STRINGS_PIECE ? n - done : STRINGS_PIECE;
		size_t at = to > from ? n - done - size : done; /* so that pieces to come are not overwritten */
		if (done)
			runtime_reads(from + at, size);
		memcpy(piece, from + at, size);
		runtime_writes(to + at, size);
		memcpy(to + at, piece, size);
	}
}

void *runtime_store(void *to, const void *from, size_t n)
{
	if (world_running && race_is_promoted(&world_running->execution.race, (uintptr_t)to, n)) {
		strings_store_pieces(to, from, n);
		return to;
	}
	runtime_writes(to, n);
	return memmove(to, from, n);
}

void *runtime_copy(void *to, const void *from, size_t n)
{
	runtime_reads(from, n);
	return runtime_store(to, from, n);
}

RUNTIME_API void *__wrap_memcpy(void *to, const void *from, size_t n)
{
	return runtime_copy(to, from, n);
}

RUNTIME_API void *__wrap_memmove(void *to, const void *from, size_t n)
{
	return runtime_copy(to, from, n);
}

RUNTIME_API void *__wrap_memset(void *to, int byte, size_t n)
{
	runtime_writes(to, n);
	return memset(to, byte, n);
}

RUNTIME_API int __wrap_memcmp(const void *a, const void *b, size_t n)
{
	char piece[STRINGS_PIECE];
	int result = 0;
	for (size_t done = 0, size; done < n && !result; done += size) {
		size = n - done < STRINGS_PIECE ? n - done : STRINGS_PIECE;
		runtime_reads((const char *)a + done, size);
		memcpy(piece, (const char *)a + done, size);
		runtime_reads((const char *)b + done, size);
		result = memcmp(piece, (const char *)b + done, size);
	}
	return result;
}

RUNTIME_API size_t __wrap_strlen(const char *s)
{
	return runtime_reads_string(s, SIZE_MAX);
}

RUNTIME_API char *__wrap_strcpy(char *to, const char *from)
{
	return runtime_store(to, from, runtime_reads_string(from, SIZE_MAX) + 1);
}

RUNTIME_API char *__wrap_strncpy(char *to, const char *from, size_t n)
{
	size_t length = runtime_reads_string(from, n);
	runtime_store(to, from, length);
	__wrap_memset(to + length, 0, n - length);
	return to;
}

RUNTIME_API char *__wrap_strcat(char *to, const char *from)
{
	__wrap_strcpy(to + runtime_reads_string(to, SIZE_MAX), from);
	return to;
}

/* The beginning of the first string is taken before the second is read; longer ones are compared as they are then. */
RUNTIME_API int __wrap_strncmp(const char *a, const char *b, size_t n)
{
	char piece[STRINGS_PIECE];
	size_t length = runtime_reads_string(a, n);
	size_t taken = length < n ? length + 1 : length;
	memcpy(piece, a, taken < STRINGS_PIECE ? taken : STRINGS_PIECE);
	runtime_reads_string(b, n);
	return strncmp(taken <= STRINGS_PIECE ? piece : a, b, n);
}

RUNTIME_API int __wrap_strcmp(const char *a, const char *b)
{
	return __wrap_strncmp(a, b, SIZE_MAX);
}

RUNTIME_API char *__wrap_strndup(const char *s, size_t n)
{
	size_t length = runtime_reads_string(s, n);
	char *copy = heap_allocate(length + 1, 16); /* zeroed */
	runtime_store(copy, s, length);
	runtime_writes(copy + length, 1);
	return copy;
}

RUNTIME_API char *__wrap_strdup(const char *s)
{
	return __wrap_strndup(s, SIZE_MAX);
}

/* The arguments' own memory (%s) is read without announcement: doc/limits.md. */
RUNTIME_API int __wrap_vsnprintf(char *to, size_t n, const char *format, va_list arguments)
{
	char piece[STRINGS_PIECE];
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(piece, sizeof piece, format, again);
	va_end(again);
	if (length < 0 || !n)
		return length;
	size_t size = (size_t)length < n ? (size_t)length + 1 : n;
	if (size > sizeof piece) {
		runtime_writes(to, size);
		return vsnprintf(to, size, format, arguments);
	}
	piece[size - 1] = 0;
	runtime_store(to, piece, size);
	return length;
}

RUNTIME_API int __wrap_snprintf(char *to, size_t n, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = __wrap_vsnprintf(to, n, format, arguments);
	va_end(arguments);
	return length;
}

RUNTIME_API int __wrap_sprintf(char *to, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = __wrap_vsnprintf(to, SIZE_MAX / 2, format, arguments);
	va_end(arguments);
	return length;
}
