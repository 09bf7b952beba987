#include "intended.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"

/* Two places whose accesses raced, and whether that is intended. */
struct intended_answer {
	uint32_t first, second;
	bool is_intended;
};

/* A location with an intended race. */
struct intended_location {
	uintptr_t address;
	size_t size;
	char *text; /* of a note */
};

/* Lifetime: process. */
static struct {
	struct world *world;
	const struct names *names;
	const struct sim_config *config;
	bool *matched; /* by suppression */
	struct intended_answer *answers;
	size_t n_answers;
	struct intended_location *locations;
	size_t n_locations;
} intended;

static void *intended_grow(void *items, size_t n, size_t size)
{
	items = realloc(items, (n + 1) * size);
	if (!items)
		abort();
	return items;
}

/* Whether `pattern` matches the path, or the end of it that begins after a slash. */
static bool intended_matches_path(const char *pattern, const char *path)
{
	for (const char *rest = path; rest; rest = strchr(rest, '/')) {
		rest += *rest == '/';
		if (fnmatch(pattern, rest, FNM_PATHNAME) == 0)
			return true;
	}
	return fnmatch(pattern, path, FNM_PATHNAME) == 0;
}

static bool intended_matches(const struct sim_suppression *suppression, const struct sim_place *place)
{
	if (suppression->function)
		return place->function && fnmatch(suppression->function, place->function, 0) == 0;
	return place->path && (!suppression->line || suppression->line == place->line) &&
	       intended_matches_path(suppression->file, place->path);
}

/* All lines of the file that match are noted, not just the first. */
static bool intended_ask(uint32_t first, uint32_t second)
{
	struct sim_place a = names_place(intended.names, first), b = names_place(intended.names, second);
	bool is_intended = false;
	for (size_t i = 0; i < intended.config->n_suppressions; i++) {
		const struct sim_suppression *suppression = &intended.config->suppressions[i];
		if (intended_matches(suppression, &a) || intended_matches(suppression, &b))
			is_intended = intended.matched[i] = true;
	}
	place_release(&a);
	place_release(&b);
	return is_intended;
}

/* The same races come again and again. */
static bool intended_is(const struct race_found *found)
{
	uint32_t first = found->first.site, second = found->second.site;
	for (size_t i = 0; i < intended.n_answers; i++)
		if (intended.answers[i].first == first && intended.answers[i].second == second)
			return intended.answers[i].is_intended;
	intended.answers = intended_grow(intended.answers, intended.n_answers, sizeof *intended.answers);
	struct intended_answer *answer = &intended.answers[intended.n_answers++];
	*answer = (struct intended_answer){first, second, intended_ask(first, second)};
	return answer->is_intended;
}

static char *intended_text(const struct race_found *found)
{
	char *object = names_memory(intended.names, found->address, found->size);
	struct sim_place a = names_place(intended.names, found->first.site), b = names_place(intended.names, found->second.site);
	char *text = format_text("the race on %s between %s:%d and %s:%d was suppressed; what comes of it was explored", object,
	                         a.file ? a.file : "?", a.line, b.file ? b.file : "?", b.line);
	place_release(&a);
	place_release(&b);
	free(object);
	return text;
}

static void intended_note_location(const struct race_found *found)
{
	for (size_t i = 0; i < intended.n_locations; i++) {
		const struct intended_location *location = &intended.locations[i];
		if (found->address < location->address + location->size && location->address < found->address + found->size)
			return;
	}
	intended.locations = intended_grow(intended.locations, intended.n_locations, sizeof *intended.locations);
	intended.locations[intended.n_locations++] =
		(struct intended_location){found->address, found->size, intended_text(found)};
}

/* Exposed, not promoted: other accesses of the same location may race without being intended. */
static bool intended_on_race(const struct race_found *found)
{
	struct sim_execution *x = &intended.world->execution;
	if (!intended_is(found))
		return false;
	intended_note_location(found);
	if (!intended.config->simulate && race_promoted_run(&x->race, found->address, found->size) < found->size)
		execution_want(x, found->address, found->size);
	return true;
}

void intended_watch(struct world *world, const struct names *names, const struct sim_config *config)
{
	if (!config->n_suppressions)
		return;
	intended.world = world;
	intended.names = names;
	intended.config = config;
	intended.matched = calloc(config->n_suppressions, sizeof *intended.matched);
	if (!intended.matched)
		abort();
	world->execution.race.is_intended = intended_on_race;
}

static void intended_add_note(struct sim_report *report, char *note)
{
	report->notes = intended_grow(report->notes, report->n_notes, sizeof *report->notes);
	report->notes[report->n_notes++] = note;
}

void intended_tell(struct sim_report *report)
{
	report->suppressed = intended.n_locations;
	/* Plain accesses that race may find more than what was explored. */
	if (intended.n_locations && !report->n_assumes && strcmp(report->verdict, "proved") == 0) {
		report->assumes = intended_grow(report->assumes, 0, sizeof *report->assumes);
		report->assumes[report->n_assumes++] = format_text("sequential consistency");
	}
	for (size_t i = 0; i < intended.n_locations; i++)
		intended_add_note(report, intended.locations[i].text);
	intended.n_locations = 0;
	for (size_t i = 0; intended.matched && i < intended.config->n_suppressions; i++) {
		const struct sim_suppression *suppression = &intended.config->suppressions[i];
		if (!intended.matched[i])
			intended_add_note(report, format_text("%s: no race matched this line of --suppress", suppression->origin));
	}
}
