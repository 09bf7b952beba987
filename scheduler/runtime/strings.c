/* Functions of <string.h> and string formatting that read or write memory which threads may share: their ranges count as
 * accesses of the program, and what they write is taken back like its own writes. */
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

/* The length of a string, all of it read. */
static size_t strings_length(const char *s)
{
	size_t n = strlen(s);
	runtime_reads(s, n + 1);
	return n;
}

RUNTIME_API void *__wrap_memcpy(void *to, const void *from, size_t n)
{
	runtime_reads(from, n);
	runtime_writes(to, n);
	return memcpy(to, from, n);
}

RUNTIME_API void *__wrap_memmove(void *to, const void *from, size_t n)
{
	runtime_reads(from, n);
	runtime_writes(to, n);
	return memmove(to, from, n);
}

RUNTIME_API void *__wrap_memset(void *to, int byte, size_t n)
{
	runtime_writes(to, n);
	return memset(to, byte, n);
}

RUNTIME_API int __wrap_memcmp(const void *a, const void *b, size_t n)
{
	runtime_reads(a, n);
	runtime_reads(b, n);
	return memcmp(a, b, n);
}

RUNTIME_API size_t __wrap_strlen(const char *s)
{
	return strings_length(s);
}

RUNTIME_API char *__wrap_strcpy(char *to, const char *from)
{
	runtime_writes(to, strings_length(from) + 1);
	return strcpy(to, from);
}

RUNTIME_API char *__wrap_strncpy(char *to, const char *from, size_t n)
{
	size_t length = strnlen(from, n);
	runtime_reads(from, length < n ? length + 1 : n);
	runtime_writes(to, n);
	memcpy(to, from, length);
	memset(to + length, 0, n - length);
	return to;
}

RUNTIME_API char *__wrap_strcat(char *to, const char *from)
{
	size_t length = strings_length(to);
	runtime_writes(to + length, strings_length(from) + 1);
	strcpy(to + length, from);
	return to;
}

RUNTIME_API int __wrap_strcmp(const char *a, const char *b)
{
	strings_length(a);
	strings_length(b);
	return strcmp(a, b);
}

RUNTIME_API int __wrap_strncmp(const char *a, const char *b, size_t n)
{
	runtime_reads(a, strnlen(a, n));
	runtime_reads(b, strnlen(b, n));
	return strncmp(a, b, n);
}

RUNTIME_API char *__wrap_strndup(const char *s, size_t n)
{
	size_t length = strnlen(s, n);
	runtime_reads(s, length);
	char *copy = heap_allocate(length + 1, 16);
	runtime_writes(copy, length + 1);
	memcpy(copy, s, length);
	return copy;
}

RUNTIME_API char *__wrap_strdup(const char *s)
{
	return __wrap_strndup(s, strlen(s));
}

/* The arguments' own memory (%s) is read without announcement: doc/limits.md. */
RUNTIME_API int __wrap_vsnprintf(char *to, size_t n, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length >= 0 && n)
		runtime_writes(to, (size_t)length < n ? (size_t)length + 1 : n);
	return vsnprintf(to, n, format, arguments);
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
