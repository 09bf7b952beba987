/* Accesses of the program's memory that functions of the C library make in its place. */
#include "runtime.h"

#include <string.h>

#include "bounds.h"
#include "scratch.h"
#include "uninit.h"
#include "view.h"

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

bool runtime_races(const void *address, size_t n)
{
	if (!world_running || !world_running->execution.race.n_promoted || !n)
		return false;
	bounds_check((uintptr_t)address, n, RACE_READ, world_site());
	return race_is_promoted(&world_running->execution.race, (uintptr_t)address, n);
}

size_t runtime_reads_string(const char *s, size_t most)
{
	size_t n = strnlen(s, most), size = n < most ? n + 1 : n;
	if (!runtime_races(s, size)) {
		runtime_reads(s, size);
		return n;
	}
	char *top = scratch_top();
	n = view_length(view_string(s, most, 1), 1);
	scratch_release(top);
	return n;
}

static size_t runtime_piece(const void *at, size_t left)
{
	return left > RUNTIME_PIECE && runtime_races(at, left) ? RUNTIME_PIECE : left;
}

/* memmove() in pieces, from the end where that keeps pieces to come. */
static void runtime_copy_pieces(char *to, const char *from, size_t n)
{
	char piece[RUNTIME_PIECE];
	for (size_t done = 0, size; done < n; done += size) {
		size = n - done < sizeof piece ? n - done : sizeof piece;
		size_t at = to > from ? n - done - size : done;
		runtime_reads(from + at, size);
		memcpy(piece, from + at, size);
		world_overwrite((uintptr_t)to + at, size, world_site());
		uninit_copy((uintptr_t)to + at, (uintptr_t)from + at, size);
		memcpy(to + at, piece, size);
	}
}

void *runtime_copy(void *to, const void *from, size_t n)
{
	if (runtime_races(to, n) || runtime_races(from, n)) {
		runtime_copy_pieces(to, from, n);
		return to;
	}
	runtime_reads(from, n);
	if (n && world_running) {
		world_overwrite((uintptr_t)to, n, world_site());
		uninit_copy((uintptr_t)to, (uintptr_t)from, n);
	}
	return memmove(to, from, n);
}

void *runtime_put(void *to, const void *from, size_t n)
{
	char *end = (char *)to + n;
	for (const char *next = from; to != end;) {
		size_t size = runtime_piece(to, (size_t)(end - (char *)to));
		runtime_writes(to, size);
		to = mempcpy(to, next, size);
		next += size;
	}
	return end;
}

void runtime_fill(void *to, int byte, size_t n)
{
	for (size_t done = 0, size; done < n; done += size) {
		size = runtime_piece((char *)to + done, n - done);
		runtime_writes((char *)to + done, size);
		memset((char *)to + done, byte, size);
	}
}

void runtime_misuse(const char *cause, const char *what)
{
	world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = cause, .text = what, .site = world_site()});
}
