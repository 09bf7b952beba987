/*
 * Functions of <string.h> and string formatting that read or write memory which threads may share: their ranges count as
 * accesses of the program, and what they write is taken back like its own writes.
 *
 * Others may run whenever an access of memory that races is noted. Then a function works in pieces: it notes that it
 * reads a piece, takes it, notes that it writes, and puts it. What it notes must not depend on bytes that race and that
 * it has not noted yet.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "bounds.h"
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

/* As much as one operation on memory may read or write at a time with its value on record. */
enum { STRINGS_PIECE = sizeof(struct sim_wide) };

static bool strings_race(const void *address, size_t n)
{
	if (!world_running || !world_running->execution.race.n_promoted || !n)
		return false;
	bounds_check((uintptr_t)address, n, RACE_READ, world_site());
	return race_is_promoted(&world_running->execution.race, (uintptr_t)address, n);
}

static size_t strings_piece(size_t left)
{
	return left < STRINGS_PIECE ? left : STRINGS_PIECE;
}

/* Takes the next piece of a string of which some bytes race: its racing bytes up to their end or that of the string, or
 * one byte that does not race. Returns how many. */
static size_t strings_take(const char *s, size_t most, char *piece)
{
	struct race *race = &world_running->execution.race;
	size_t n = 0, run = race_promoted_run(race, (uintptr_t)s, strings_piece(most));
	uint32_t site = world_site();
	if (run)
		world_announce_access((uintptr_t)s, run, RACE_READ, site);
	do
		piece[n] = s[n];
	while (piece[n++] && n < run);
	race_on_access(race, world_self(), (uintptr_t)s, n, RACE_READ, site);
	return n;
}

size_t runtime_reads_string(const char *s, size_t most)
{
	char piece[STRINGS_PIECE];
	size_t n = strnlen(s, most), size = n < most ? n + 1 : n;
	if (!strings_race(s, size)) {
		runtime_reads(s, size);
		return n;
	}
	char last = 1;
	for (n = 0; n < most && last; n += size) {
		size = strings_take(s + n, most - n, piece);
		last = piece[size - 1];
	}
	return last ? n : n - 1;
}

/* memmove() in pieces, from the end where that keeps pieces to come. */
static void strings_copy_pieces(char *to, const char *from, size_t n)
{
	char piece[STRINGS_PIECE];
	for (size_t done = 0, size; done < n; done += size) {
		size = strings_piece(n - done);
		size_t at = to > from ? n - done - size : done;
		runtime_reads(from + at, size);
		memcpy(piece, from + at, size);
		runtime_writes(to + at, size);
		memcpy(to + at, piece, size);
	}
}

void *runtime_copy(void *to, const void *from, size_t n)
{
	if (strings_race(to, n) || strings_race(from, n)) {
		strings_copy_pieces(to, from, n);
		return to;
	}
	runtime_reads(from, n);
	runtime_writes(to, n);
	return memmove(to, from, n);
}

/* For bytes that are none of the program's. */
static void strings_put(char *to, const char *from, size_t n)
{
	for (size_t done = 0, size; done < n; done += size) {
		size = strings_race(to, n) ? strings_piece(n - done) : n;
		runtime_writes(to + done, size);
		memcpy(to + done, from + done, size);
	}
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
	for (size_t done = 0, size; done < n; done += size) {
		size = strings_race(to, n) ? strings_piece(n - done) : n;
		runtime_writes((char *)to + done, size);
		memset((char *)to + done, byte, size);
	}
	return to;
}

RUNTIME_API int __wrap_memcmp(const void *a, const void *b, size_t n)
{
	char piece[STRINGS_PIECE];
	int result = 0;
	if (!strings_race(a, n) && !strings_race(b, n)) {
		runtime_reads(a, n);
		runtime_reads(b, n);
		return memcmp(a, b, n);
	}
	for (size_t done = 0, size; done < n && !result; done += size) {
		size = strings_piece(n - done);
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

/* At most `most` bytes of a string, with its end. Returns how many were copied. */
static size_t strings_copy(char *to, const char *from, size_t most)
{
	char piece[STRINGS_PIECE];
	size_t length = strnlen(from, most), n = length < most ? length + 1 : most;
	if (!strings_race(from, n) && !strings_race(to, n)) {
		runtime_copy(to, from, n);
		return n;
	}
	char last = 1;
	size_t size;
	for (n = 0; n < most && last; n += size) {
		size = strings_take(from + n, most - n, piece);
		last = piece[size - 1];
		runtime_writes(to + n, size);
		memcpy(to + n, piece, size);
	}
	return n;
}

RUNTIME_API char *__wrap_strcpy(char *to, const char *from)
{
	strings_copy(to, from, SIZE_MAX);
	return to;
}

RUNTIME_API char *__wrap_strncpy(char *to, const char *from, size_t n)
{
	size_t copied = strings_copy(to, from, n);
	__wrap_memset(to + copied, 0, n - copied);
	return to;
}

RUNTIME_API char *__wrap_strcat(char *to, const char *from)
{
	strings_copy(to + runtime_reads_string(to, SIZE_MAX), from, SIZE_MAX);
	return to;
}

/* A string that is read byte by byte. */
struct strings_reader {
	const char *next;
	size_t at, n; /* in the piece */
	char piece[STRINGS_PIECE];
};

static int strings_next(struct strings_reader *reader, size_t most)
{
	if (reader->at == reader->n) {
		reader->at = 0;
		reader->n = strings_take(reader->next, most, reader->piece);
		reader->next += reader->n;
	}
	return (unsigned char)reader->piece[reader->at++];
}

RUNTIME_API int __wrap_strncmp(const char *a, const char *b, size_t n)
{
	size_t a_length = strnlen(a, n), b_length = strnlen(b, n);
	if (!strings_race(a, a_length < n ? a_length + 1 : n) && !strings_race(b, b_length < n ? b_length + 1 : n)) {
		runtime_reads_string(a, n);
		runtime_reads_string(b, n);
		return strncmp(a, b, n);
	}
	struct strings_reader one = {.next = a}, two = {.next = b};
	for (; n; n--) {
		int x = strings_next(&one, n), y = strings_next(&two, n);
		if (x != y || !x)
			return x - y;
	}
	return 0;
}

RUNTIME_API int __wrap_strcmp(const char *a, const char *b)
{
	return __wrap_strncmp(a, b, SIZE_MAX);
}

RUNTIME_API char *__wrap_strndup(const char *s, size_t n)
{
	size_t length = runtime_reads_string(s, n);
	char *copy = heap_allocate(length + 1, 16);
	strings_copy(copy, s, length);
	strings_put(copy + length, "", 1);
	return copy;
}

RUNTIME_API char *__wrap_strdup(const char *s)
{
	return __wrap_strndup(s, SIZE_MAX);
}

/* The arguments' own memory (%s) is read without announcement: doc/limits.md. */
RUNTIME_API int __wrap_vsnprintf(char *to, size_t n, const char *format, va_list arguments)
{
	char text[1024];
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(text, sizeof text, format, again);
	va_end(again);
	if (length < 0 || !n)
		return length;
	size_t size = (size_t)length < n ? (size_t)length + 1 : n;
	if (size > sizeof text) {
		runtime_writes(to, size);
		return vsnprintf(to, size, format, arguments);
	}
	text[size - 1] = 0;
	strings_put(to, text, size);
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
