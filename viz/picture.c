#include "picture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define PICTURE_EVENTS 120 /* of the events that matter, so many at most are drawn */
#define PICTURE_GUTTER 104 /* left of the lanes: numbers and marks */
#define PICTURE_TITLE 15   /* font size */
#define PICTURE_TITLE_LINE 20

char *picture_line(const struct picture *picture, const struct sim_place *place)
{
	char *text, *escaped;

	if (!place->line)
		return strdup("");
	text = picture->many_files && place->file ? words_format("%s:%d", place->file, place->line) :
			words_format(":%d", place->line);
	escaped = text ? canvas_escape(text) : NULL;
	free(text);
	return escaped;
}

const char *picture_lock_color(const struct picture *picture, const char *object)
{
	static const char *const colors[] = {"#cfe3f7", "#fde2b8", "#d5ecd0", "#e8d5f0", "#f6d3c4", "#dddddd"};
	size_t n = 0;

	/* By first appearance, so that neighbours differ. */
	for (size_t i = 0; object && i < picture->n_bars; i++) {
		bool again = false;

		if (strcmp(picture->bars[i].object, object) == 0)
			return colors[n % (sizeof(colors) / sizeof(colors[0]))];
		for (size_t k = 0; k < i; k++)
			again |= strcmp(picture->bars[k].object, picture->bars[i].object) == 0;
		n += !again;
	}
	return "white";
}

char *picture_fit(const char *text, int font_size, int width)
{
	int letter = canvas_text_width("mmmmmmmmmm", font_size);
	char *shortened = words_shorten(text, (size_t)(width > 0 ? width * 10 / letter : 2));
	char *escaped = shortened ? canvas_escape(shortened) : NULL;

	free(shortened);
	return escaped;
}

static bool picture_differs(const char **file, const struct sim_place *place)
{
	if (!place->file || !place->line)
		return false;
	if (*file)
		return strcmp(*file, place->file) != 0;
	*file = place->file;
	return false;
}

static bool picture_many_files(const struct sim_finding *finding)
{
	const char *file = NULL;
	bool many = false;

	for (size_t i = 0; i < finding->trace.n_events; i++)
		many |= picture_differs(&file, &finding->trace.events[i].place);
	for (size_t i = 0; i < finding->trace.n_threads; i++)
		many |= picture_differs(&file, &finding->trace.threads[i].place);
	return many;
}

/* ---- the title ---- */

/* The sentence in as many lines as it needs within `width` points, then what kind of finding it is. Returns the height.
 * Without a canvas (`draw` false) it only measures. */
static int picture_draw_title(struct picture *picture, int width, bool draw)
{
	const struct sim_finding *finding = picture->finding;
	size_t columns = (size_t)(width * 10 / canvas_text_width("mmmmmmmmmm", PICTURE_TITLE)), size;
	char *text = NULL, *save = NULL, name[32];
	FILE *out = open_memstream(&text, &size);
	int y = PICTURE_TITLE_LINE / 2, n = 0;

	if (!out)
		return 0;
	words_wrap(out, finding->message, 0, columns);
	fclose(out);
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *escaped = canvas_escape(line), *bold = words_format("<b>%s</b>", escaped ? escaped : "");

		snprintf(name, sizeof(name), "title_%d", n++);
		if (draw)
			canvas_text(&picture->canvas, name, (struct point){0, y}, ALIGN_LEFT, PICTURE_TITLE, "black",
					bold ? bold : "");
		y += PICTURE_TITLE_LINE;
		free(escaped);
		free(bold);
	}
	free(text);
	return y + PICTURE_TITLE_LINE;
}

static void picture_draw_subtitle(struct picture *picture, int y)
{
	const struct sim_finding *finding = picture->finding;
	char preemptions[64] = "no preemption", *text, *escaped;

	if (finding->preemptions)
		snprintf(preemptions, sizeof(preemptions), "%d preemption%s", finding->preemptions,
				finding->preemptions == 1 ? "" : "s");
	text = words_format("%s%s%s%s%s%s; execution %" PRIu64 "; needs %s", finding->kind, finding->cause ? " (" : "",
			finding->cause ? finding->cause : "", finding->cause ? ")" : "", finding->place.file ? " in " : "",
			finding->place.file ? finding->place.file : "", finding->execution, preemptions);
	escaped = text ? canvas_escape(text) : NULL;
	canvas_text(&picture->canvas, "subtitle", (struct point){0, y}, ALIGN_LEFT, PICTURE_FONT, PICTURE_FAINT,
			escaped ? escaped : "");
	free(text);
	free(escaped);
}

/* ---- the legend ---- */

/* Lifetime: drawing the legend. */
struct picture_entry {
	bool used, box;
	const char *text;
	struct look look;
};

static void picture_draw_legend(struct picture *picture, int y, int width)
{
	const struct picture_used *used = &picture->used;
	const struct picture_entry entries[] = {
		{used->preemption, false, "preemption: the thread before could have gone on",
			{.style = "dashed", .color = PICTURE_PREEMPT, .width_tenths = 18}},
		{used->blocked, false, "switch: the thread before had to wait, or had ended",
			{.style = "dotted", .color = "#777777", .width_tenths = 10}},
		{used->bar, true, "the thread owns this lock", {.style = "filled", .fill = "#cfe3f7", .width_tenths = 8}},
		{used->concerned, true, "concerns what went wrong", {.style = "filled", .fill = PICTURE_CONCERNED,
			.width_tenths = 8}},
		{used->missed, true, "what did not reach who waits", {.color = PICTURE_BAD, .width_tenths = 20}},
		{used->waits, true, "waits, and never goes on", {.style = "dashed", .color = PICTURE_BAD, .width_tenths = 16}},
		{used->start, false, "start or end of a thread", {.color = "#777777", .width_tenths = 10, .arrow = "vee"}},
		{used->handover, false, "handed over",
			{.style = "dashed", .color = "#1f4e9c", .width_tenths = 14, .arrow = "normal"}},
		{used->wake, false, "wakes a thread that waits", {.color = "#1a7a2e", .width_tenths = 22, .arrow = "normal"}},
		{used->reads, false, "value read, item taken",
			{.style = "dotted", .color = "#7a1a7a", .width_tenths = 16, .arrow = "normal"}},
		{used->race, false, "the two accesses of a race: no path of arrows leads from one to the other",
			{.style = "dashed", .color = PICTURE_BAD, .width_tenths = 24}},
	};
	int x = 0;
	char name[32];

	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		int needed = 48 + canvas_text_width(entries[i].text, PICTURE_SMALL);

		if (!entries[i].used)
			continue;
		if (x && x + needed > width) {
			x = 0;
			y += 16;
		}
		snprintf(name, sizeof(name), "legend_%zu", i);
		if (entries[i].box)
			canvas_box(&picture->canvas, name, (struct point){x + 12, y}, (struct point){20, 10}, NULL,
					&entries[i].look);
		else
			canvas_line(&picture->canvas, name, (struct point){x, y}, (struct point){x + 24, y}, &entries[i].look);
		snprintf(name, sizeof(name), "legend_text_%zu", i);
		canvas_text(&picture->canvas, name, (struct point){x + 30, y}, ALIGN_LEFT, PICTURE_SMALL, PICTURE_FAINT,
				entries[i].text);
		x += needed + 12;
	}
}

/* ---- all of it ---- */

static void picture_draw(struct picture *picture)
{
	struct point inset = waits_size(picture), corner = {0, 0};
	bool beside = waits_cyclic(picture); /* lines without a cycle are flat: they go below */
	int width, title, height;

	/* The title's width depends on the lanes', and where the lanes begin depends on the title's height. */
	picture->titles_y = 0;
	lanes_measure(picture);
	width = beside ? picture->lanes_right + 30 + inset.x : picture->lanes_right > inset.x ? picture->lanes_right : inset.x;
	if (width < 480)
		width = 480;
	title = picture_draw_title(picture, width, true);
	picture_draw_subtitle(picture, title - PICTURE_TITLE_LINE);
	picture->titles_y = title + 24;
	lanes_measure(picture);
	lanes_draw(picture);
	causes_draw(picture);
	height = picture->end_y + PICTURE_BOX_HEIGHT / 2 - (picture->titles_y - PICTURE_BOX_HEIGHT / 2);
	if (beside) {
		corner.x = picture->lanes_right + 30;
		/* Beside the end, which it is about, where there is room above it. */
		corner.y = picture->titles_y - PICTURE_BOX_HEIGHT / 2 + (height > inset.y ? height - inset.y : 0);
	} else {
		corner.y = picture->end_y + PICTURE_BOX_HEIGHT / 2 + 20;
	}
	waits_draw(picture, corner);
	picture_draw_legend(picture, picture->canvas.bottom + 26, width);
}

static int picture_prepare(struct picture *picture)
{
	const struct sim_trace *trace = picture->trace;

	if (story_make(&picture->story, picture->finding, PICTURE_EVENTS))
		return -1;
	picture->lanes = calloc(trace->n_threads + 1, sizeof(*picture->lanes));
	picture->rows = calloc(picture->story.n_rows + 1, sizeof(*picture->rows));
	picture->event_rows = calloc(trace->n_events + 1, sizeof(*picture->event_rows));
	if (!picture->lanes || !picture->rows || !picture->event_rows)
		return -1;
	for (size_t i = 0; i < picture->story.n_rows; i++) {
		const struct sim_row *row = &picture->story.rows[i];

		for (int k = 0; row->kind != SIM_ROW_ACCESS && k < row->n; k++)
			picture->event_rows[row->event + k] = (int)i;
	}
	return lanes_bars(picture);
}

Agraph_t *picture_make(const struct sim_finding *finding)
{
	struct picture picture = {
		.finding = finding,
		.trace = &finding->trace,
		.lanes_left = PICTURE_GUTTER,
		.lanes_right = PICTURE_GUTTER,
		.many_files = picture_many_files(finding),
	};
	Agraph_t *graph = NULL;

	if (picture_prepare(&picture) == 0 && canvas_open(&picture.canvas) == 0) {
		picture_draw(&picture);
		graph = picture.canvas.graph;
	}
	story_release(&picture.story);
	free(picture.lanes);
	free(picture.rows);
	free(picture.event_rows);
	free(picture.bars);
	return graph;
}
