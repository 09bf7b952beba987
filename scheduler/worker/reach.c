/*
 * Blocks are told apart by the calls at their beginnings (runtime/coverage.c), which the linker left a record of. A line, or
 * an operation, belongs to the last block of its function that begins before it. A line is reached if any of its pieces is.
 */
#include "reach.h"

#include <stdlib.h>
#include <string.h>

#include "coverage.h"
#include "format.h"

/* A call is as long as that on the machines there are, or shorter: the block's code begins so far before its return
 * address. */
enum { REACH_CALL = 5 };

/* A place in the code: where a line begins, or a call of an operation. */
struct reach_point {
	uintptr_t pc;
	const char *path;      /* of a line */
	const char *operation; /* of a call; NULL: a line */
	int line;
	bool is_reached;
};

/* A list of them, sorted when it is complete. */
struct reach_list {
	struct reach_point *points;
	size_t n, capacity;
};

static struct reach_point *reach_add(struct reach_list *list, uintptr_t pc)
{
	if (list->n == list->capacity) {
		list->capacity = list->capacity ? 2 * list->capacity : 256;
		list->points = realloc(list->points, list->capacity * sizeof *list->points);
		if (!list->points)
			abort();
	}
	list->points[list->n] = (struct reach_point){.pc = pc};
	return &list->points[list->n++];
}

/* Everything that is known of the code. Lifetime: one call of reach_tell(). */
struct reach {
	struct symbols *symbols;
	struct reach_list blocks, lines, calls;
};

/* The name of the operation that a call of `name` is, as people write it; NULL: it is none. */
static const char *reach_operation(const char *name)
{
	static const char *const prefixes[] = {"pthread_", "sem_", "mtx_", "cnd_", "thrd_", "call_once"};
	const char *wrapped = strncmp(name, "__wrap_", strlen("__wrap_")) == 0 ? name + strlen("__wrap_") : name;
	if (strncmp(name, "__tsan_atomic", strlen("__tsan_atomic")) == 0)
		return "atomic operation";
	if (strncmp(name, "sim_", strlen("sim_")) == 0)
		return name;
	for (size_t i = 0; wrapped != name && i < sizeof prefixes / sizeof *prefixes; i++)
		if (strncmp(wrapped, prefixes[i], strlen(prefixes[i])) == 0)
			return wrapped;
	return NULL;
}

static void reach_on_call(void *context, const char *name, uintptr_t pc)
{
	struct reach *reach = context;
	const char *operation = reach_operation(name);
	if (strcmp(name, "__sanitizer_cov_trace_pc") == 0)
		reach_add(&reach->blocks, pc)->is_reached = coverage_reached(pc);
	else if (operation)
		reach_add(&reach->calls, pc)->operation = operation;
}

static void reach_on_line(void *context, uintptr_t pc, const char *path, int line)
{
	struct reach *reach = context;
	if (strncmp(path, "/usr/", strlen("/usr/")) == 0)
		return;
	struct reach_point *point = reach_add(&reach->lines, pc);
	point->path = path;
	point->line = line;
}

static int reach_by_pc(const void *a, const void *b)
{
	const struct reach_point *x = a, *y = b;
	return x->pc < y->pc ? -1 : x->pc > y->pc;
}

/* Of one line those come first that were reached. */
static int reach_by_line(const void *a, const void *b)
{
	const struct reach_point *x = a, *y = b;
	int order = strcmp(x->path, y->path);
	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	return order ? order : (int)y->is_reached - (int)x->is_reached;
}

/* Calls of one line in the order of the code. */
static int reach_by_place(const void *a, const void *b)
{
	const struct reach_point *x = a, *y = b;
	int order = strcmp(x->path, y->path);
	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	return order ? order : reach_by_pc(a, b);
}

static void reach_sort(struct reach_list *list, int (*compare)(const void *a, const void *b))
{
	if (list->n)
		qsort(list->points, list->n, sizeof *list->points, compare);
}

/* Whether the code at `pc` was reached: that of a function before its first block if the block was. Code of no block was
 * not compiled for this, and counts as reached. */
static bool reach_is_reached(const struct reach *reach, uintptr_t pc)
{
	uintptr_t start = symbols_function_start(reach->symbols, pc);
	const struct reach_point *found = NULL;
	size_t low = 0, high = reach->blocks.n;
	if (!start)
		return true;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (reach->blocks.points[middle].pc - REACH_CALL <= pc)
			low = middle + 1;
		else
			high = middle;
	}
	if (low && reach->blocks.points[low - 1].pc > start)
		found = &reach->blocks.points[low - 1];
	else if (low < reach->blocks.n && symbols_function_start(reach->symbols, reach->blocks.points[low].pc - 1) == start)
		found = &reach->blocks.points[low];
	return !found || found->is_reached;
}

/* Each line once, those of a file together. */
static void reach_unite_lines(struct reach *reach)
{
	struct reach_list *lines = &reach->lines;
	size_t n = 0;
	for (size_t i = 0; i < lines->n; i++)
		lines->points[i].is_reached = reach_is_reached(reach, lines->points[i].pc);
	reach_sort(lines, reach_by_line);
	for (size_t i = 0; i < lines->n; i++) {
		const struct reach_point *last = n ? &lines->points[n - 1] : NULL;
		if (!last || last->line != lines->points[i].line || strcmp(last->path, lines->points[i].path) != 0)
			lines->points[n++] = lines->points[i];
	}
	lines->n = n;
}

/* Calls get their places; those outside of the user's files are left out. */
static void reach_place_calls(struct reach *reach)
{
	struct reach_list *calls = &reach->calls;
	size_t n = 0;
	for (size_t i = 0; i < calls->n; i++) {
		struct reach_point point = calls->points[i];
		struct symbols_place place = symbols_place(reach->symbols, point.pc, 1);
		if (!place.path || strncmp(place.path, "/usr/", strlen("/usr/")) == 0)
			continue;
		point.path = place.path;
		point.line = place.line;
		point.is_reached = reach_is_reached(reach, point.pc - 1);
		calls->points[n++] = point;
	}
	calls->n = n;
	reach_sort(calls, reach_by_place);
}

static struct sim_gap *reach_add_gap(struct sim_coverage *coverage, const struct reach *reach,
                                     const struct reach_point *point)
{
	coverage->gaps = realloc(coverage->gaps, (coverage->n_gaps + 1) * sizeof *coverage->gaps);
	if (!coverage->gaps)
		abort();
	struct symbols_place place = symbols_place(reach->symbols, point->pc, point->operation != NULL);
	struct sim_gap *gap = &coverage->gaps[coverage->n_gaps++];
	*gap = (struct sim_gap){.file = format_text("%s", symbols_file(reach->symbols, point->path)),
	                        .function = place.function ? format_text("%s", place.function) : NULL,
	                        .operation = point->operation ? format_text("%s", point->operation) : NULL,
	                        .first_line = point->line, .last_line = point->line};
	return gap;
}

/* Lines of a function that were not reached, with no line between them that was, are one gap. */
static void reach_tell_lines(struct sim_coverage *coverage, const struct reach *reach)
{
	struct sim_gap *open = NULL;
	uintptr_t function = 0;
	coverage->n_lines = reach->lines.n;
	for (size_t i = 0; i < reach->lines.n; i++) {
		const struct reach_point *line = &reach->lines.points[i];
		uintptr_t start = symbols_function_start(reach->symbols, line->pc);
		if (line->is_reached) {
			coverage->n_lines_reached++;
			open = NULL;
		} else if (open && start == function && strcmp(line[-1].path, line->path) == 0) {
			open->last_line = line->line;
		} else {
			open = reach_add_gap(coverage, reach, line);
			function = start;
		}
	}
}

static void reach_tell_calls(struct sim_coverage *coverage, const struct reach *reach)
{
	coverage->n_operations = reach->calls.n;
	for (size_t i = 0; i < reach->calls.n; i++) {
		if (reach->calls.points[i].is_reached)
			coverage->n_operations_reached++;
		else
			reach_add_gap(coverage, reach, &reach->calls.points[i]);
	}
}

void reach_tell(struct sim_report *report, const struct names *names)
{
	struct reach reach = {.symbols = names->symbols};
	report->coverage = calloc(1, sizeof *report->coverage);
	if (!report->coverage)
		abort();
	symbols_calls(reach.symbols, reach_on_call, &reach);
	reach_sort(&reach.blocks, reach_by_pc);
	if (reach.blocks.n) {
		symbols_lines(reach.symbols, reach_on_line, &reach);
		reach_unite_lines(&reach);
		reach_place_calls(&reach);
		reach_tell_lines(report->coverage, &reach);
		reach_tell_calls(report->coverage, &reach);
	}
	free(reach.blocks.points);
	free(reach.lines.points);
	free(reach.calls.points);
}
