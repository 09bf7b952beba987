#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "story.h"
#include "style.h"
#include "words.h"

/* Rows of events that matter beyond which the earliest are folded. */
#define TABLE_ROWS 100
/* A column narrower than this says nothing; then each row names its thread instead. */
#define TABLE_NARROW 16

/* Lifetime: one table. */
struct table {
	FILE *out;
	const struct sim_finding *finding;
	const struct sim_trace *trace;
	const struct text_options *options;
	struct sim_story story;
	int *columns;   /* per thread: its column; SIM_NONE: not shown */
	size_t *widths; /* per column */
	size_t n_columns;
	size_t number_width; /* of event numbers and of "end" */
	bool list;       /* one column for all threads */
	bool many_files; /* places need their file's name */
	const char **files; /* per thread: the file that all its places are in; NULL: not just one */
	bool preempted, switched, raced, failed; /* marks that the legend explains */
};

/* What stands in one field. Lifetime: printing it. */
struct cell {
	char *text;
	char *note; /* the line, at the right edge */
	enum style style;
};

static void table_release_cell(struct cell *cell)
{
	free(cell->text);
	free(cell->note);
}

/* The place of something that `thread` does: the title names the file where there is only one. */
static char *table_note(const struct table *table, int thread, const struct sim_place *place)
{
	if (!place->line)
		return strdup("");
	if (table->many_files && place->file && (table->list || !table->files[thread]))
		return words_format("%s:%d", place->file, place->line);
	return words_format(":%d", place->line);
}

/* Puts the thread's name before the text where the column does not tell it. Takes over `text`. */
static char *table_in_lane(const struct table *table, int thread, char *text)
{
	char *named;

	if (!table->list || !text)
		return text;
	named = words_format("%s: %s", table->trace->threads[thread].name, text);
	free(text);
	return named;
}

/* An event; `apart`: without its result, for which there is no room in that line. */
static struct cell table_event_cell(struct table *table, const struct sim_row *row, bool apart)
{
	const struct sim_trace_event *event = &table->trace->events[row->event];
	bool race = row->access != SIM_NONE;
	char *plain = apart ? story_event_name(event) : story_event_text(event);
	struct cell cell = {
		.text = words_format("%s%s", event->failing ? "! " : race ? "* " : "", plain ? plain : ""),
		.note = table_note(table, row->thread, &event->place),
		.style = event->failing || race ? STYLE_BAD : event->preemption ? STYLE_WARNING : STYLE_PLAIN,
	};

	free(plain);
	cell.text = table_in_lane(table, row->thread, cell.text);
	table->raced |= race && !event->failing;
	table->failed |= event->failing;
	return cell;
}

static struct cell table_access_cell(struct table *table, const struct sim_row *row)
{
	const struct sim_access *access = &table->finding->accesses[row->access];
	const char *object = table->finding->object;
	struct cell cell = {
		.text = words_format("* %s%s%s", access->op, object ? " " : "", object ? object : ""),
		.note = table_note(table, row->thread, &access->place),
		.style = STYLE_BAD,
	};

	cell.text = table_in_lane(table, row->thread, cell.text);
	table->raced = true;
	return cell;
}

/* Where a thread is at the end: in the first line what it does, in the second who is in its way. */
static struct cell table_end_cell(const struct table *table, int index, int line)
{
	const struct sim_trace_thread *thread = &table->trace->threads[index];
	const char *op = thread->waits_for.op, *object = thread->waits_for.object ? thread->waits_for.object : "";
	int holder = thread->waits_for.holder;
	bool held = op && holder >= 0 && !story_joins(thread), failed = strcmp(thread->state, "failed") == 0;
	struct cell cell = {.style = op || failed ? STYLE_BAD : STYLE_DIM};

	if (line == 0 && op) {
		cell.text = words_format("waits: %s %s%s%s", story_awaits_notify(thread) ? "notify of" :
				story_retakes_lock(thread) ? "acquire" : story_polls(thread) ? "change of" :
				story_meets(thread) ? "others at" : op, object,
				table->list && held ? ", held by " : "",
				table->list && held ? table->trace->threads[holder].name : "");
		cell.note = table_note(table, index, &thread->place);
	} else if (line == 0) {
		cell.text = words_format(failed ? "%s" : "(%s)", thread->state);
		cell.note = failed ? table_note(table, index, &thread->place) : strdup("");
	} else {
		cell.text = held && !table->list ? words_format("  held by %s", table->trace->threads[holder].name) :
				strdup("");
		cell.note = strdup("");
	}
	if (cell.text && cell.text[0])
		cell.text = table_in_lane(table, index, cell.text);
	return cell;
}

static char *table_title(const struct table *table, size_t index, int line)
{
	const struct sim_trace_thread *thread = &table->trace->threads[index];
	const char *file = table->many_files ? table->files[index] : NULL;
	bool runs = thread->function && strcmp(thread->function, thread->name) != 0;

	if (line == 0)
		return strdup(thread->name);
	return words_format("%s%s%s%s", runs ? thread->function : "", runs ? "()" : "", runs && file ? ", " : "",
			file ? file : "");
}

/* ---- how wide ---- */

static size_t table_needed(const struct cell *cell)
{
	size_t text = cell->text ? words_width(cell->text) : 0, note = cell->note ? words_width(cell->note) : 0;

	return text + (note ? note + 1 : 0);
}

static void table_widen(struct table *table, int thread, const struct cell *cell)
{
	size_t *width = &table->widths[table->columns[thread]];

	if (table_needed(cell) > *width)
		*width = table_needed(cell);
}

static struct cell table_row_cell(struct table *table, const struct sim_row *row)
{
	return row->kind == SIM_ROW_EVENT ? table_event_cell(table, row, false) : table_access_cell(table, row);
}

static void table_measure(struct table *table)
{
	memset(table->widths, 0, table->trace->n_threads * sizeof(*table->widths));
	for (size_t i = 0; i < table->story.n_rows; i++) {
		const struct sim_row *row = &table->story.rows[i];
		struct cell cell;

		if (row->kind == SIM_ROW_FOLD)
			continue;
		cell = table_row_cell(table, row);
		table_widen(table, row->thread, &cell);
		table_release_cell(&cell);
	}
	for (size_t t = 0; t < table->trace->n_threads; t++) {
		for (int line = 0; table->columns[t] != SIM_NONE && line < 2; line++) {
			struct cell end = table_end_cell(table, (int)t, line);
			struct cell title = {.text = table->list ? NULL : table_title(table, t, line)};

			table_widen(table, (int)t, &end);
			table_widen(table, (int)t, &title);
			table_release_cell(&end);
			table_release_cell(&title);
		}
	}
}

/* Columns before the first lane: number, mark, spaces. */
static size_t table_gutter(const struct table *table)
{
	return table->number_width + 6;
}

static size_t table_total(const struct table *table)
{
	size_t total = table_gutter(table);

	for (size_t c = 0; c < table->n_columns; c++)
		total += table->widths[c] + (c ? 3 : 0);
	return total;
}

/* Takes from the widest column until all fit; false where one would become too narrow. */
static bool table_fit(struct table *table)
{
	size_t limit = table->options->width > 0 ? (size_t)table->options->width : SIZE_MAX;

	for (size_t total = table_total(table); total > limit; total--) {
		size_t widest = 0;

		for (size_t c = 1; c < table->n_columns; c++)
			if (table->widths[c] > table->widths[widest])
				widest = c;
		if (table->widths[widest] <= TABLE_NARROW)
			return false;
		table->widths[widest]--;
	}
	return true;
}

/* Gives each thread that is shown its column, or all the same one. */
static void table_assign(struct table *table, bool list)
{
	table->list = list;
	table->n_columns = list ? 1 : 0;
	for (size_t t = 0; t < table->trace->n_threads; t++)
		table->columns[t] = !table->story.lanes[t] ? SIM_NONE : list ? 0 : (int)table->n_columns++;
	table_measure(table);
}

static bool table_differs(const char **file, const struct sim_place *place)
{
	if (!place->file || !place->line)
		return false;
	if (*file)
		return strcmp(*file, place->file) != 0;
	*file = place->file;
	return false;
}

/* Whether the places of `thread`, or of all threads for SIM_NONE, are in several files; *file becomes the first. */
static bool table_many_files(const struct sim_finding *finding, int thread, const char **file)
{
	bool many = false;

	*file = NULL;
	for (size_t i = 0; i < finding->trace.n_events; i++)
		if (thread == SIM_NONE || finding->trace.events[i].thread == thread)
			many |= table_differs(file, &finding->trace.events[i].place);
	for (size_t i = 0; i < finding->trace.n_threads; i++)
		if (thread == SIM_NONE || (int)i == thread)
			many |= table_differs(file, &finding->trace.threads[i].place);
	for (size_t k = 0; k < 2; k++)
		if (thread == SIM_NONE || finding->accesses[k].thread == thread)
			many |= table_differs(file, &finding->accesses[k].place);
	return many;
}

static void table_find_files(struct table *table)
{
	const char *any;

	table->many_files = table_many_files(table->finding, SIM_NONE, &any);
	for (size_t t = 0; t < table->trace->n_threads; t++)
		if (table_many_files(table->finding, (int)t, &table->files[t]))
			table->files[t] = NULL;
}

/* ---- printing ---- */

static void table_print_gutter(const struct table *table, const char *number, const char *mark)
{
	fprintf(table->out, "  %*s %2s ", (int)table->number_width, number, mark);
}

/* One field: text at the left, note at the right edge; nothing after the last one. */
static void table_print_cell(const struct table *table, const struct cell *cell, size_t column)
{
	size_t width = table->widths[column], note = cell->note ? words_width(cell->note) : 0;
	char *shown_note = words_shorten(cell->note ? cell->note : "", width);
	char *shown = words_shorten(cell->text ? cell->text : "", note + 3 < width ? width - note - (note > 0) : width);
	size_t used = shown ? words_width(shown) : 0;

	if (note + 3 >= width)
		note = 0;
	style_set(table->out, table->options->color && cell->style, cell->style);
	fprintf(table->out, "%s", shown ? shown : "");
	if (note)
		fprintf(table->out, "%*s%s", (int)(width - used - note), "", shown_note ? shown_note : "");
	style_set(table->out, table->options->color && cell->style, STYLE_PLAIN);
	if (column + 1 < table->n_columns)
		fprintf(table->out, "%*s", note ? 0 : (int)(width - used), "");
	free(shown);
	free(shown_note);
}

/* A row of which only the field of one column is filled. */
static void table_print_lane(const struct table *table, const struct cell *cell, size_t column)
{
	static const struct cell empty = {NULL, NULL, STYLE_PLAIN};

	for (size_t c = 0; c < table->n_columns; c++) {
		/* Of the columns after the filled one only the lines are drawn. */
		fprintf(table->out, "%s", c ? " | " : "");
		table_print_cell(table, c == column ? cell : &empty, c);
	}
	fputc('\n', table->out);
}

static void table_print_titles(const struct table *table)
{
	bool named = false;

	for (size_t t = 0; t < table->trace->n_threads; t++) {
		char *function = table_title(table, t, 1);

		named |= table->columns[t] != SIM_NONE && function && function[0];
		free(function);
	}
	for (int line = 0; line < 1 + named; line++) {
		table_print_gutter(table, "", "");
		for (size_t t = 0; t < table->trace->n_threads; t++) {
			struct cell title = {.style = line ? STYLE_DIM : STYLE_BOLD};

			if (table->columns[t] == SIM_NONE)
				continue;
			title.text = table_title(table, t, line);
			fprintf(table->out, "%s", table->columns[t] ? " | " : "");
			table_print_cell(table, &title, (size_t)table->columns[t]);
			table_release_cell(&title);
		}
		fputc('\n', table->out);
	}
}

static void table_print_rule(const struct table *table)
{
	table_print_gutter(table, "", "");
	for (size_t c = 0; c < table->n_columns; c++) {
		fprintf(table->out, "%s", c ? "-+-" : "");
		for (size_t i = 0; i < table->widths[c]; i++)
			fputc('-', table->out);
	}
	fputc('\n', table->out);
}

/* "... 7 more events of main": as it belongs to no column where threads are mixed, it stands at the left then. */
static void table_print_fold(struct table *table, const struct sim_row *row)
{
	const struct sim_trace *trace = table->trace;
	size_t offset = 0;
	const char *separator = "";

	table_print_gutter(table, "...", "");
	for (int c = 0; row->thread != SIM_NONE && c < table->columns[row->thread]; c++)
		offset += table->widths[c] + 3;
	style_set(table->out, table->options->color, STYLE_DIM);
	fprintf(table->out, "%*s%d more events of ", (int)offset, "", row->n);
	for (size_t t = 0; t < trace->n_threads; t++) {
		bool among = false;

		for (int i = row->event; i < row->event + row->n; i++)
			among |= trace->events[i].thread == (int)t;
		if (among) {
			fprintf(table->out, "%s%s", separator, trace->threads[t].name);
			separator = ", ";
		}
	}
	style_set(table->out, table->options->color, STYLE_PLAIN);
	fputc('\n', table->out);
}

/* The second line of an event that has no room for its result in the first. */
static void table_print_value(const struct table *table, const struct sim_row *row, enum style style)
{
	struct cell cell = {.text = words_format("  %s", table->trace->events[row->event].value), .style = style};

	table_print_gutter(table, "", "");
	table_print_lane(table, &cell, (size_t)table->columns[row->thread]);
	table_release_cell(&cell);
}

static void table_print_row(struct table *table, const struct sim_row *row)
{
	enum sim_switch kind = SIM_SWITCH_NONE;
	char number[16] = "";
	struct cell cell;
	bool apart;

	if (row->kind == SIM_ROW_FOLD) {
		table_print_fold(table, row);
		return;
	}
	if (row->kind == SIM_ROW_EVENT) {
		kind = story_switch(table->trace, row->event);
		snprintf(number, sizeof(number), "%d", row->event);
	}
	table->preempted |= kind == SIM_SWITCH_PREEMPTION;
	table->switched |= kind == SIM_SWITCH_BLOCKED;
	table_print_gutter(table, number,
			kind == SIM_SWITCH_PREEMPTION ? ">>" : kind == SIM_SWITCH_BLOCKED ? "--" : "");
	cell = table_row_cell(table, row);
	apart = row->kind == SIM_ROW_EVENT && table->trace->events[row->event].value &&
			table_needed(&cell) > table->widths[table->columns[row->thread]];
	if (apart) {
		table_release_cell(&cell);
		cell = table_event_cell(table, row, true);
	}
	table_print_lane(table, &cell, (size_t)table->columns[row->thread]);
	if (apart)
		table_print_value(table, row, cell.style);
	table_release_cell(&cell);
}

/* The last lines: what each thread waits for, side by side. */
static void table_print_end(const struct table *table)
{
	bool held = false;

	for (size_t t = 0; t < table->trace->n_threads; t++)
		held |= !table->list && table->trace->threads[t].waits_for.op && !story_joins(&table->trace->threads[t]) &&
				table->trace->threads[t].waits_for.holder >= 0;
	for (int line = 0; line < 1 + held; line++) {
		if (!table->list)
			table_print_gutter(table, line ? "" : "end", "");
		for (size_t t = 0; t < table->trace->n_threads; t++) {
			struct cell cell;

			if (table->columns[t] == SIM_NONE)
				continue;
			cell = table_end_cell(table, (int)t, line);
			if (!table->list) {
				fprintf(table->out, "%s", table->columns[t] ? " | " : "");
				table_print_cell(table, &cell, (size_t)table->columns[t]);
			} else if (cell.text && cell.text[0]) {
				table_print_gutter(table, "end", "");
				table_print_lane(table, &cell, 0);
			}
			table_release_cell(&cell);
		}
		if (!table->list)
			fputc('\n', table->out);
	}
}

static void table_print_legend(const struct table *table)
{
	if (table->preempted || table->switched || table->raced || table->failed)
		fputc('\n', table->out);
	if (table->preempted)
		fprintf(table->out, "  >> preemption: the thread before could have gone on\n");
	if (table->switched)
		fprintf(table->out, "  -- the thread before had to wait, or had ended\n");
	if (table->raced)
		fprintf(table->out, "  *  %s\n", table->finding->accesses[1].op ? "one of the two accesses" : "the access");
	if (table->failed)
		fprintf(table->out, "  !  here it fails\n");
}

static void table_print_all(struct table *table)
{
	table_find_files(table);
	table->number_width = (size_t)snprintf(NULL, 0, "%zu", table->trace->n_events);
	if (table->number_width < strlen("end"))
		table->number_width = strlen("end");
	table_assign(table, false);
	if (!table_fit(table)) {
		table_assign(table, true);
		/* One column can always be cut to what there is. */
		if (table_total(table) > (size_t)table->options->width)
			table->widths[0] = (size_t)table->options->width > table_gutter(table) + TABLE_NARROW ?
					(size_t)table->options->width - table_gutter(table) : TABLE_NARROW;
	}
	if (!table->list) {
		table_print_titles(table);
		table_print_rule(table);
	}
	for (size_t i = 0; i < table->story.n_rows; i++)
		table_print_row(table, &table->story.rows[i]);
	if (!table->list)
		table_print_rule(table);
	table_print_end(table);
	table_print_legend(table);
}

/* Lines without the spaces at their ends. */
static void table_copy_trimmed(FILE *out, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n"), shown = length;

		while (shown && text[shown - 1] == ' ')
			shown--;
		fprintf(out, "%.*s\n", (int)shown, text);
		text += length + (text[length] == '\n');
	}
}

void table_print(FILE *out, const struct sim_finding *finding, const struct text_options *options)
{
	size_t n = finding->trace.n_threads + 1, size;
	char *text = NULL;
	struct table table = {
		.out = open_memstream(&text, &size),
		.finding = finding,
		.trace = &finding->trace,
		.options = options,
		.columns = calloc(n, sizeof(*table.columns)),
		.widths = calloc(n, sizeof(*table.widths)),
		.files = calloc(n, sizeof(*table.files)),
	};

	if (table.out && table.columns && table.widths && table.files && story_make(&table.story, finding, TABLE_ROWS) == 0)
		table_print_all(&table);
	if (table.out && fclose(table.out) == 0)
		table_copy_trimmed(out, text);
	free(text);
	story_release(&table.story);
	free(table.columns);
	free(table.widths);
	free(table.files);
}
