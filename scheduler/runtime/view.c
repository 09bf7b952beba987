#include "view.h"

#include <string.h>
#include <strings.h>
#include <wchar.h>

#include "runtime.h"
#include "scratch.h"
#include "world.h"

/* ---- how far ---------------------------------------------------------------------------------------------------- */

static uint32_t scan_element(const struct scan *scan, const void *elements, size_t index)
{
	return scan->width == 1 ? ((const unsigned char *)elements)[index] : (uint32_t)((const wchar_t *)elements)[index];
}

static bool scan_is_in_set(const struct scan *scan, uint32_t element)
{
	if (scan->width == 1)
		return memchr(scan->set.at, (int)element, scan->set.n);
	return wmemchr(scan->set.at, (wchar_t)element, scan->set.n);
}

static bool scan_always(const struct scan *scan, const void *taken, size_t n)
{
	(void)scan, (void)taken, (void)n;
	return true;
}

static bool scan_not_wanted(const struct scan *scan, const void *taken, size_t n)
{
	return scan_element(scan, taken, n - 1) != scan->wanted;
}

static bool scan_neither_end(const struct scan *scan, const void *taken, size_t n)
{
	uint32_t last = scan_element(scan, taken, n - 1);
	return last && last != scan->wanted;
}

static bool scan_none_of(const struct scan *scan, const void *taken, size_t n)
{
	uint32_t last = scan_element(scan, taken, n - 1);
	return last && !scan_is_in_set(scan, last);
}

static bool scan_one_of(const struct scan *scan, const void *taken, size_t n)
{
	uint32_t last = scan_element(scan, taken, n - 1);
	return last && scan_is_in_set(scan, last);
}

static bool scan_not_all(const struct scan *scan, const void *taken, size_t n)
{
	size_t m = scan->set.n;
	return n < m || memcmp((const char *)taken + (n - m) * scan->width, scan->set.at, m * scan->width) != 0;
}

static bool scan_neither_all(const struct scan *scan, const void *taken, size_t n)
{
	return scan_element(scan, taken, n - 1) && scan_not_all(scan, taken, n);
}

static bool scan_neither_folded(const struct scan *scan, const void *taken, size_t n)
{
	size_t m = scan->set.n;
	return scan_element(scan, taken, n - 1) &&
	       (n < m || strncasecmp((const char *)taken + (n - m), scan->set.at, m) != 0);
}

struct scan scan_all(size_t width)
{
	return (struct scan){.width = width, .goes_on = scan_always};
}

struct scan scan_until(size_t width, uint32_t wanted)
{
	return (struct scan){.width = width, .goes_on = scan_not_wanted, .wanted = wanted};
}

struct scan scan_string(size_t width)
{
	return scan_until(width, 0);
}

struct scan scan_string_until(size_t width, uint32_t wanted)
{
	return (struct scan){.width = width, .goes_on = scan_neither_end, .wanted = wanted};
}

struct scan scan_until_any(size_t width, struct view set)
{
	return (struct scan){.width = width, .goes_on = scan_none_of, .set = set};
}

struct scan scan_while_any(size_t width, struct view set)
{
	return (struct scan){.width = width, .goes_on = scan_one_of, .set = set};
}

struct scan scan_until_all(size_t width, struct view set)
{
	return (struct scan){.width = width, .goes_on = scan_not_all, .set = set};
}

struct scan scan_string_until_all(size_t width, struct view set)
{
	return (struct scan){.width = width, .goes_on = scan_neither_all, .set = set};
}

struct scan scan_string_until_all_folded(struct view set)
{
	return (struct scan){.width = 1, .goes_on = scan_neither_folded, .set = set};
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* As memory is now, which may change until it is read. */
static size_t view_count(const char *from, size_t most, const struct scan *scan)
{
	size_t n = 0;
	if (scan->goes_on == scan_always)
		return most;
	if (scan->goes_on == scan_not_wanted && scan->width == 1) {
		const char *found = most == SIZE_MAX ? rawmemchr(from, (int)scan->wanted) : memchr(from, (int)scan->wanted, most);
		return found ? (size_t)(found - from) + 1 : most;
	}
	while (n < most && (++n, scan->goes_on(scan, from, n)))
		;
	return n;
}

/* How many bytes from `from` on are read in one operation: racing ones, in whole elements. 0: the first does not race. */
static size_t view_run(const char *from, size_t most, size_t width)
{
	const struct race *race = &world_running->execution.race;
	size_t n = RUNTIME_PIECE / width;
	size_t run = race_promoted_run(race, (uintptr_t)from, (n < most ? n : most) * width) / width * width;
	return run ? run : race_is_promoted(race, (uintptr_t)from, width) ? width : 0;
}

/* Takes the next piece of memory of which some bytes race: its racing elements up to the last that is looked at, or one
 * element that does not race. Returns whether the function reads on. */
static bool view_take_piece(const char *from, struct view *view, size_t most, const struct scan *scan)
{
	struct sim_execution *x = &world_running->execution;
	const char *start = from + view->n * scan->width;
	size_t n = 0, run = view_run(start, most - view->n, scan->width);
	uint32_t site = world_site();
	bool more;
	if (run)
		world_announce_access((uintptr_t)start, run, RACE_READ, site);
	else
		world_access((uintptr_t)start, scan->width, RACE_READ, site);
	do {
		scratch_push(start + n, scan->width);
		n += scan->width;
		view->n++;
		more = scan->goes_on(scan, view->at, view->n);
	} while (more && n < run);
	if (run) {
		execution_note_access(x, (uintptr_t)start, n, RACE_READ, site);
		race_on_access(&x->race, world_self(), (uintptr_t)start, n, RACE_READ, site);
	}
	return more;
}

struct view view_take(const void *from, size_t most, struct scan scan)
{
	struct view view = {.at = from, .n = view_count(from, most, &scan)};
	if (!runtime_races(from, view.n * scan.width)) {
		runtime_reads(from, view.n * scan.width);
		return view;
	}
	view = (struct view){.at = scratch_reserve(0)};
	while (view.n < most && view_take_piece(from, &view, most, &scan))
		;
	return view;
}

struct view view_piece(const char *from, size_t most)
{
	size_t run = view_run(from, most, 1);
	return view_take(from, run ? run : 1, scan_string(1));
}

struct view view_string(const void *from, size_t most, size_t width)
{
	return view_take(from, most, scan_string(width));
}

size_t view_length(struct view view, size_t width)
{
	return width == 1 ? strnlen(view.at, view.n) : wcsnlen(view.at, view.n);
}

void *view_origin(struct view view, const void *from, const void *found)
{
	return found ? (char *)(uintptr_t)from + ((const char *)found - (const char *)view.at) : NULL;
}
