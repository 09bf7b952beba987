#include "view.h"

#include <string.h>
#include <strings.h>
#include <wchar.h>

#include "runtime.h"
#include "scratch.h"
#include "world.h"

/* ---- how far ---------------------------------------------------------------------------------------------------- */

static uint32_t reach_element(const struct reach *reach, const void *elements, size_t index)
{
	return reach->width == 1 ? ((const unsigned char *)elements)[index] : (uint32_t)((const wchar_t *)elements)[index];
}

static bool reach_is_in_set(const struct reach *reach, uint32_t element)
{
	if (reach->width == 1)
		return memchr(reach->set.at, (int)element, reach->set.n);
	return wmemchr(reach->set.at, (wchar_t)element, reach->set.n);
}

static bool reach_always(const struct reach *reach, const void *taken, size_t n)
{
	(void)reach, (void)taken, (void)n;
	return true;
}

static bool reach_not_wanted(const struct reach *reach, const void *taken, size_t n)
{
	return reach_element(reach, taken, n - 1) != reach->wanted;
}

static bool reach_neither_end(const struct reach *reach, const void *taken, size_t n)
{
	uint32_t last = reach_element(reach, taken, n - 1);
	return last && last != reach->wanted;
}

static bool reach_none_of(const struct reach *reach, const void *taken, size_t n)
{
	uint32_t last = reach_element(reach, taken, n - 1);
	return last && !reach_is_in_set(reach, last);
}

static bool reach_one_of(const struct reach *reach, const void *taken, size_t n)
{
	uint32_t last = reach_element(reach, taken, n - 1);
	return last && reach_is_in_set(reach, last);
}

static bool reach_not_all(const struct reach *reach, const void *taken, size_t n)
{
	size_t m = reach->set.n;
	return n < m || memcmp((const char *)taken + (n - m) * reach->width, reach->set.at, m * reach->width) != 0;
}

static bool reach_neither_all(const struct reach *reach, const void *taken, size_t n)
{
	return reach_element(reach, taken, n - 1) && reach_not_all(reach, taken, n);
}

static bool reach_neither_folded(const struct reach *reach, const void *taken, size_t n)
{
	size_t m = reach->set.n;
	return reach_element(reach, taken, n - 1) &&
	       (n < m || strncasecmp((const char *)taken + (n - m), reach->set.at, m) != 0);
}

struct reach reach_all(size_t width)
{
	return (struct reach){.width = width, .goes_on = reach_always};
}

struct reach reach_until(size_t width, uint32_t wanted)
{
	return (struct reach){.width = width, .goes_on = reach_not_wanted, .wanted = wanted};
}

struct reach reach_string(size_t width)
{
	return reach_until(width, 0);
}

struct reach reach_string_until(size_t width, uint32_t wanted)
{
	return (struct reach){.width = width, .goes_on = reach_neither_end, .wanted = wanted};
}

struct reach reach_until_any(size_t width, struct view set)
{
	return (struct reach){.width = width, .goes_on = reach_none_of, .set = set};
}

struct reach reach_while_any(size_t width, struct view set)
{
	return (struct reach){.width = width, .goes_on = reach_one_of, .set = set};
}

struct reach reach_until_all(size_t width, struct view set)
{
	return (struct reach){.width = width, .goes_on = reach_not_all, .set = set};
}

struct reach reach_string_until_all(size_t width, struct view set)
{
	return (struct reach){.width = width, .goes_on = reach_neither_all, .set = set};
}

struct reach reach_string_until_all_folded(struct view set)
{
	return (struct reach){.width = 1, .goes_on = reach_neither_folded, .set = set};
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* As memory is now, which may change until it is read. */
static size_t view_count(const char *from, size_t most, const struct reach *reach)
{
	size_t n = 0;
	if (reach->goes_on == reach_always)
		return most;
	if (reach->goes_on == reach_not_wanted && reach->width == 1) {
		const char *found = most == SIZE_MAX ? rawmemchr(from, (int)reach->wanted) : memchr(from, (int)reach->wanted, most);
		return found ? (size_t)(found - from) + 1 : most;
	}
	while (n < most && (++n, reach->goes_on(reach, from, n)))
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
static bool view_take_piece(const char *from, struct view *view, size_t most, const struct reach *reach)
{
	struct sim_execution *x = &world_running->execution;
	const char *start = from + view->n * reach->width;
	size_t n = 0, run = view_run(start, most - view->n, reach->width);
	uint32_t site = world_site();
	bool more;
	if (run)
		world_announce_access((uintptr_t)start, run, RACE_READ, site);
	else
		world_access((uintptr_t)start, reach->width, RACE_READ, site);
	do {
		scratch_push(start + n, reach->width);
		n += reach->width;
		view->n++;
		more = reach->goes_on(reach, view->at, view->n);
	} while (more && n < run);
	if (run) {
		execution_note_access(x, (uintptr_t)start, n, RACE_READ, site);
		race_on_access(&x->race, world_self(), (uintptr_t)start, n, RACE_READ, site);
	}
	return more;
}

struct view view_take(const void *from, size_t most, struct reach reach)
{
	struct view view = {.at = from, .n = view_count(from, most, &reach)};
	if (!runtime_races(from, view.n * reach.width)) {
		runtime_reads(from, view.n * reach.width);
		return view;
	}
	view = (struct view){.at = scratch_reserve(0)};
	while (view.n < most && view_take_piece(from, &view, most, &reach))
		;
	return view;
}

struct view view_piece(const char *from, size_t most)
{
	size_t run = view_run(from, most, 1);
	return view_take(from, run ? run : 1, reach_string(1));
}

struct view view_string(const void *from, size_t most, size_t width)
{
	return view_take(from, most, reach_string(width));
}

size_t view_length(struct view view, size_t width)
{
	return width == 1 ? strnlen(view.at, view.n) : wcsnlen(view.at, view.n);
}

void *view_origin(struct view view, const void *from, const void *found)
{
	return found ? (char *)(uintptr_t)from + ((const char *)found - (const char *)view.at) : NULL;
}
