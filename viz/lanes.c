/* One lane per thread: its title, its line, its events, the bars of the locks that it owns, and where it ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "words.h"

#define LANES_BOX_MAX 230 /* points: longer texts are cut in the middle */
#define LANES_BOX_MIN 84
#define LANES_ROW 46      /* height of an event's row */
#define LANES_FOLD 28
#define LANES_GAP 44      /* between lanes: room for the lines of causes */
#define LANES_BAR_LABEL 90

/* ---- bars ---- */

static bool lanes_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* The lowest slot that no other bar of the thread takes from row `from` on. */
static int lanes_free_slot(const struct picture *picture, int thread, int from)
{
	int slot = 0;

	for (size_t i = 0; i < picture->n_bars; i++) {
		const struct bar *bar = &picture->bars[i];

		if (bar->thread == thread && bar->slot == slot && bar->to > from) {
			slot++;
			i = (size_t)-1;
		}
	}
	return slot;
}

static void lanes_close_bar(struct picture *picture, const char *object, int row)
{
	for (size_t i = 0; i < picture->n_bars; i++)
		if (lanes_same(picture->bars[i].object, object) && picture->bars[i].to == (int)picture->story.n_rows)
			picture->bars[i].to = row;
}

int lanes_bars(struct picture *picture)
{
	const struct sim_trace *trace = picture->trace;

	picture->bars = calloc(trace->n_events + 1, sizeof(*picture->bars));
	if (!picture->bars)
		return -1;
	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];
		int row = picture->event_rows[i];

		if (event->releases)
			lanes_close_bar(picture, event->releases, row);
		if (event->acquires) {
			lanes_close_bar(picture, event->acquires, row);
			picture->bars[picture->n_bars] = (struct bar){
				.object = event->acquires,
				.thread = event->thread,
				.from = row,
				.to = (int)picture->story.n_rows,
				.slot = lanes_free_slot(picture, event->thread, row),
			};
			picture->n_bars++;
		}
	}
	return 0;
}

/* Both ends in one fold: there is nothing to draw it beside. */
static bool lanes_bar_shown(const struct bar *bar)
{
	return bar->to > bar->from;
}

/* ---- measures ---- */

/* Has the event's result no room beside its name? Then it stands below, with the line. */
static bool lanes_value_apart(const struct sim_trace_event *event)
{
	char *text = story_event_text(event);
	bool apart = event->value && text && canvas_text_width(text, PICTURE_FONT) > LANES_BOX_MAX - 12;

	free(text);
	return apart;
}

static char *lanes_event_head(const struct sim_trace_event *event)
{
	char *text = lanes_value_apart(event) ? story_event_name(event) : story_event_text(event);
	char *fitted = picture_fit(text ? text : "", PICTURE_FONT, LANES_BOX_MAX - 12);

	free(text);
	return fitted;
}

/* ":25", ":25 - wakes T2", ":25 - fails here". */
static char *lanes_event_note(const struct picture *picture, const struct sim_trace_event *event)
{
	bool apart = lanes_value_apart(event);
	char *line = picture_line(picture, &event->place);
	char *text = words_format("%s%s%s%s", line ? line : "", apart ? " - " : "", apart ? event->value : "",
			event->failing ? " - fails here" : "");
	char *fitted = picture_fit(text ? text : "", PICTURE_SMALL, LANES_BOX_MAX - 12);

	free(line);
	free(text);
	return fitted;
}

static char *lanes_access_head(const struct picture *picture, const struct sim_access *access)
{
	const char *object = picture->finding->object;
	char *text = words_format("%s%s%s", access->op, object ? " " : "", object ? object : "");
	char *fitted = picture_fit(text ? text : "", PICTURE_FONT, LANES_BOX_MAX - 12);

	free(text);
	return fitted;
}

static char *lanes_row_head(const struct picture *picture, const struct sim_row *row)
{
	return row->kind == SIM_ROW_EVENT ? lanes_event_head(&picture->trace->events[row->event]) :
			lanes_access_head(picture, &picture->finding->accesses[row->access]);
}

/* The first line of what stands at the end of a lane. */
static char *lanes_end_head(const struct sim_trace_thread *thread)
{
	const char *op = thread->waits_for.op, *object = thread->waits_for.object;
	char *text, *fitted;

	if (!op)
		return picture_fit(thread->state, PICTURE_FONT, LANES_BOX_MAX - 12);
	text = words_format("%s%s%s", story_awaits_notify(thread) ? "wait" :
			story_retakes_lock(thread) ? "acquire" : story_meets(thread) ? "wait at" : op, object ? " " : "", object ? object : "");
	fitted = picture_fit(text ? text : "", PICTURE_FONT, LANES_BOX_MAX - 12);
	free(text);
	return fitted;
}

/* The second line of it: "waits at :10, held by T2". */
static char *lanes_end_note(const struct picture *picture, const struct sim_trace_thread *thread)
{
	int holder = thread->waits_for.holder;
	bool held = thread->waits_for.op && holder >= 0 && !story_joins(thread);
	char *line = picture_line(picture, &thread->place);
	char *text = words_format("%s%s%s%s", thread->waits_for.op ? "waits at " : "at ", line && line[0] ? line : "?",
			held ? ", held by " : "", held ? picture->trace->threads[holder].name : "");
	char *fitted = picture_fit(text ? text : "", PICTURE_SMALL, LANES_BOX_MAX - 12);

	free(line);
	free(text);
	return fitted;
}

static void lanes_widen(struct lane *lane, char *text, int font_size)
{
	int width = canvas_text_width(text ? text : "", font_size) + 22;

	if (width > lane->box_width)
		lane->box_width = width;
	free(text);
}

static void lanes_measure_boxes(struct picture *picture)
{
	for (size_t i = 0; i < picture->story.n_rows; i++) {
		const struct sim_row *row = &picture->story.rows[i];

		if (row->kind == SIM_ROW_FOLD)
			continue;
		lanes_widen(&picture->lanes[row->thread], lanes_row_head(picture, row), PICTURE_FONT);
		if (row->kind == SIM_ROW_EVENT)
			lanes_widen(&picture->lanes[row->thread],
					lanes_event_note(picture, &picture->trace->events[row->event]), PICTURE_SMALL);
	}
	for (size_t t = 0; t < picture->trace->n_threads; t++) {
		const struct sim_trace_thread *thread = &picture->trace->threads[t];
		struct lane *lane = &picture->lanes[t];

		lane->shown = picture->story.lanes[t];
		if (lane->box_width < LANES_BOX_MIN)
			lane->box_width = LANES_BOX_MIN;
		lanes_widen(lane, picture_fit(thread->name, PICTURE_FONT + 2, LANES_BOX_MAX - 12), PICTURE_FONT + 2);
		lanes_widen(lane, lanes_end_head(thread), PICTURE_FONT);
		if (thread->waits_for.op)
			lanes_widen(lane, lanes_end_note(picture, thread), PICTURE_SMALL);
	}
}

/* Room at the right of a lane's boxes for its bars and the names beside them. */
static int lanes_bar_room(const struct picture *picture, int thread)
{
	int room = 0;

	for (size_t i = 0; i < picture->n_bars; i++) {
		const struct bar *bar = &picture->bars[i];
		char *name;
		int end;

		if (bar->thread != thread || !lanes_bar_shown(bar))
			continue;
		name = picture_fit(bar->object, PICTURE_SMALL, LANES_BAR_LABEL);
		end = 4 + (bar->slot + 1) * PICTURE_SLOT + canvas_text_width(name ? name : "", PICTURE_SMALL) + 4;
		free(name);
		if (end > room)
			room = end;
	}
	return room;
}

void lanes_measure(struct picture *picture)
{
	int x = picture->lanes_left, y = picture->titles_y + LANES_ROW + 4;

	lanes_measure_boxes(picture);
	for (size_t t = 0; t < picture->trace->n_threads; t++) {
		struct lane *lane = &picture->lanes[t];

		if (!lane->shown)
			continue;
		lane->left = x;
		lane->x = x + lane->box_width / 2;
		lane->right = x + lane->box_width + lanes_bar_room(picture, (int)t);
		x = lane->right + LANES_GAP;
		picture->lanes_right = lane->right;
	}
	for (size_t i = 0; i < picture->story.n_rows; i++) {
		bool fold = picture->story.rows[i].kind == SIM_ROW_FOLD;

		picture->rows[i].y = y + (fold ? 0 : LANES_ROW - LANES_FOLD) / 2;
		y += fold ? LANES_FOLD : LANES_ROW;
	}
	picture->end_y = y + LANES_ROW / 2;
}

/* ---- drawing ---- */

/* Two lines, the second small and grey. Both are text without markup already. */
static char *lanes_label(const char *head, const char *note, const char *color, bool bold)
{
	const char *weight = bold ? "<b>" : "", *weight_end = bold ? "</b>" : "";

	/* Graphviz refuses a label with an empty element. */
	if (!head[0])
		head = "?";
	if (!note[0])
		return words_format("<font color=\"%s\">%s%s%s</font>", color, weight, head, weight_end);
	return words_format("<font color=\"%s\">%s%s%s</font><br/><font point-size=\"%d\" color=\"%s\">%s</font>", color,
			weight, head, weight_end, PICTURE_SMALL, PICTURE_FAINT, note);
}

static void lanes_draw_titles(struct picture *picture)
{
	static const struct look look = {.style = "filled", .fill = "#eeeeee", .width_tenths = 10};

	for (size_t t = 0; t < picture->trace->n_threads; t++) {
		const struct sim_trace_thread *thread = &picture->trace->threads[t];
		struct lane *lane = &picture->lanes[t];
		char name[32], *head, *function, *note, *label;

		if (!lane->shown)
			continue;
		snprintf(name, sizeof(name), "thread_%zu", t);
		head = picture_fit(thread->name, PICTURE_FONT + 2, lane->box_width - 10);
		function = thread->function && !lanes_same(thread->function, thread->name) ?
				picture_fit(thread->function, PICTURE_SMALL, lane->box_width - 20) : strdup("");
		note = words_format("%s%s", function ? function : "", function && function[0] ? "()" : "");
		label = lanes_label(head ? head : "", note ? note : "", "black", true);
		lane->title = canvas_box(&picture->canvas, name, (struct point){lane->x, picture->titles_y},
				(struct point){lane->box_width, PICTURE_BOX_HEIGHT}, label, &look);
		free(head);
		free(function);
		free(note);
		free(label);
	}
}

static Agnode_t *lanes_draw_box(struct picture *picture, const char *name, const struct sim_row *row, int y,
		const struct sim_place *place, struct look look)
{
	const struct lane *lane = &picture->lanes[row->thread];
	bool bad = look.color && strcmp(look.color, PICTURE_BAD) == 0;
	char *head = lanes_row_head(picture, row);
	char *note = row->kind == SIM_ROW_EVENT ? lanes_event_note(picture, &picture->trace->events[row->event]) :
			picture_line(picture, place);
	char *label = lanes_label(head ? head : "", note ? note : "", bad ? PICTURE_BAD : "black", bad);
	/* A second border is drawn outside. */
	int inset = look.peripheries > 1 ? 8 : 0;
	Agnode_t *node = canvas_box(&picture->canvas, name, (struct point){lane->x, y},
			(struct point){lane->box_width - inset, PICTURE_BOX_HEIGHT - inset}, label, &look);

	free(head);
	free(note);
	free(label);
	return node;
}

/* Is the lock that this event took still held at the end? */
static bool lanes_is_kept(const struct picture *picture, int event)
{
	const struct sim_trace_thread *thread = &picture->trace->threads[picture->trace->events[event].thread];

	for (size_t i = 0; i < thread->n_holds; i++)
		if (thread->holds[i].event == event)
			return true;
	return false;
}

static void lanes_draw_event(struct picture *picture, const struct sim_row *row, struct row_place *place)
{
	const struct sim_trace_event *event = &picture->trace->events[row->event];
	struct look look = {.style = "filled", .fill = "white", .color = "#444444", .width_tenths = 8};
	char name[32], number[16];

	if (lanes_is_kept(picture, row->event)) {
		look.fill = picture_lock_color(picture, event->acquires);
		look.width_tenths = 16;
	} else if (lanes_same(event->object, story_subject(picture->finding))) {
		look.fill = PICTURE_CONCERNED;
		picture->used.concerned = true;
	}
	if (story_is_missed(picture->trace, row->event)) {
		look.color = PICTURE_BAD;
		look.width_tenths = 20;
		picture->used.missed = true;
	}
	if (event->failing || row->access != SIM_NONE) {
		look.color = PICTURE_BAD;
		look.width_tenths = 16;
		look.peripheries = 2;
	}
	snprintf(name, sizeof(name), "event_%d", row->event);
	place->node = lanes_draw_box(picture, name, row, place->y, &event->place, look);
	snprintf(name, sizeof(name), "number_%d", row->event);
	snprintf(number, sizeof(number), "%d", row->event);
	canvas_text(&picture->canvas, name, (struct point){picture->lanes_left - 24, place->y}, ALIGN_RIGHT,
			PICTURE_FONT - 1, PICTURE_FAINT, number);
}

static void lanes_draw_access(struct picture *picture, const struct sim_row *row, struct row_place *place)
{
	const struct look look = {.style = "filled,rounded", .fill = "white", .color = PICTURE_BAD, .width_tenths = 16,
		.peripheries = 2};
	char name[32];

	snprintf(name, sizeof(name), "access_%d", row->access);
	place->node = lanes_draw_box(picture, name, row, place->y, &picture->finding->accesses[row->access].place, look);
}

static void lanes_draw_fold(struct picture *picture, const struct sim_row *row, struct row_place *place)
{
	int left = row->thread == SIM_NONE ? picture->lanes_left : picture->lanes[row->thread].left;
	char *name = words_format("fold_%d", row->event);
	char *owner = row->thread == SIM_NONE ? strdup("several threads") :
			picture_fit(picture->trace->threads[row->thread].name, PICTURE_SMALL + 1, LANES_BOX_MAX);
	char *text = words_format("<i>... %d more events of %s</i>", row->n, owner ? owner : "");

	canvas_text(&picture->canvas, name, (struct point){left, place->y}, ALIGN_LEFT, PICTURE_SMALL + 1, PICTURE_FAINT,
			text ? text : "");
	free(name);
	free(owner);
	free(text);
}

/* A line across the lanes above an event of another thread than the one before. */
static void lanes_draw_switch(struct picture *picture, const struct sim_row *row, const struct row_place *place)
{
	static const struct look preemption = {.style = "dashed", .color = PICTURE_PREEMPT, .width_tenths = 18};
	static const struct look blocked = {.style = "dotted", .color = "#aaaaaa", .width_tenths = 7};
	enum sim_switch kind = story_switch(picture->trace, row->event);
	struct point from = {picture->lanes_left - 16, place->y - LANES_ROW / 2};
	struct point to = {picture->lanes_right, from.y};
	char name[32];

	if (kind == SIM_SWITCH_NONE)
		return;
	snprintf(name, sizeof(name), "switch_%d", row->event);
	canvas_line(&picture->canvas, name, from, to, kind == SIM_SWITCH_PREEMPTION ? &preemption : &blocked);
	picture->used.blocked |= kind == SIM_SWITCH_BLOCKED;
	if (kind != SIM_SWITCH_PREEMPTION)
		return;
	picture->used.preemption = true;
	snprintf(name, sizeof(name), "preemption_%d", row->event);
	canvas_text(&picture->canvas, name, (struct point){from.x - 8, from.y}, ALIGN_RIGHT, PICTURE_SMALL + 1,
			PICTURE_PREEMPT, "<b>preemption</b>");
}

static void lanes_draw_rows(struct picture *picture)
{
	for (size_t i = 0; i < picture->story.n_rows; i++) {
		const struct sim_row *row = &picture->story.rows[i];
		struct row_place *place = &picture->rows[i];

		switch (row->kind) {
		case SIM_ROW_EVENT:
			lanes_draw_event(picture, row, place);
			lanes_draw_switch(picture, row, place);
			break;
		case SIM_ROW_ACCESS:
			lanes_draw_access(picture, row, place);
			break;
		case SIM_ROW_FOLD:
			lanes_draw_fold(picture, row, place);
			break;
		}
	}
}

static void lanes_draw_bar(struct picture *picture, size_t index)
{
	const struct bar *bar = &picture->bars[index];
	const struct lane *lane = &picture->lanes[bar->thread];
	const struct look look = {.style = "filled", .fill = picture_lock_color(picture, bar->object), .width_tenths = 8};
	int x = lane->left + lane->box_width + 4 + bar->slot * PICTURE_SLOT + PICTURE_BAR / 2;
	/* Below the arrows that come to the acquiring event, above those that leave the releasing one. */
	int top = picture->rows[bar->from].y + 10;
	int bottom = bar->to < (int)picture->story.n_rows ? picture->rows[bar->to].y :
			picture->end_y + PICTURE_BOX_HEIGHT / 2;
	char name[32], *label = picture_fit(bar->object, PICTURE_SMALL, LANES_BAR_LABEL);

	snprintf(name, sizeof(name), "bar_%zu", index);
	canvas_box(&picture->canvas, name, (struct point){x, (top + bottom) / 2}, (struct point){PICTURE_BAR, bottom - top},
			NULL, &look);
	snprintf(name, sizeof(name), "owned_%zu", index);
	canvas_text(&picture->canvas, name, (struct point){x + PICTURE_BAR / 2 + 2, top + 8}, ALIGN_LEFT, PICTURE_SMALL,
			"black", label ? label : "");
	free(label);
	picture->used.bar = true;
}

static void lanes_draw_ends(struct picture *picture)
{
	for (size_t t = 0; t < picture->trace->n_threads; t++) {
		const struct sim_trace_thread *thread = &picture->trace->threads[t];
		struct lane *lane = &picture->lanes[t];
		bool waits = thread->waits_for.op, failed = strcmp(thread->state, "failed") == 0;
		struct look look = {.style = waits ? "dashed,filled" : "filled", .fill = waits ? "#fff4f4" : "white",
			.color = waits || failed ? PICTURE_BAD : "#888888", .width_tenths = waits || failed ? 16 : 8};
		char name[32], *head, *note, *label;

		if (!lane->shown)
			continue;
		snprintf(name, sizeof(name), "end_of_%zu", t);
		head = lanes_end_head(thread);
		note = waits || failed ? lanes_end_note(picture, thread) : strdup("");
		label = lanes_label(head ? head : "", note ? note : "", waits || failed ? PICTURE_BAD : PICTURE_FAINT, waits);
		lane->end = canvas_box(&picture->canvas, name, (struct point){lane->x, picture->end_y},
				(struct point){lane->box_width, waits || failed ? PICTURE_BOX_HEIGHT : 20}, label, &look);
		picture->used.waits |= waits;
		free(head);
		free(note);
		free(label);
	}
	canvas_text(&picture->canvas, "end", (struct point){picture->lanes_left - 24, picture->end_y}, ALIGN_RIGHT,
			PICTURE_FONT - 1, PICTURE_FAINT, "end");
}

/* The thread's own line: program order, from its title to its end. */
static void lanes_draw_lines(struct picture *picture)
{
	static const struct look look = {.color = "#999999", .width_tenths = 10};

	for (size_t t = 0; t < picture->trace->n_threads; t++) {
		const struct lane *lane = &picture->lanes[t];
		struct point points[2] = {{lane->x, picture->titles_y + PICTURE_BOX_HEIGHT / 2},
			{lane->x, picture->end_y - 10}};
		char name[32];

		if (!lane->shown)
			continue;
		snprintf(name, sizeof(name), "order_%zu", t);
		canvas_connect(&picture->canvas, lane->title, lane->end, name, points, 2, &look);
	}
}

void lanes_draw(struct picture *picture)
{
	lanes_draw_titles(picture);
	for (size_t i = 0; i < picture->n_bars; i++)
		if (lanes_bar_shown(&picture->bars[i]))
			lanes_draw_bar(picture, i);
	lanes_draw_rows(picture);
	lanes_draw_ends(picture);
	lanes_draw_lines(picture);
}
