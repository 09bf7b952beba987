/*
 * Who waits for whom at the end. The threads and locks of a cycle of two stand in a circle, each lock between the
 * thread that wants it and the one that holds it; a longer cycle is a ladder, threads at the left, locks at the right. Every
 * other wait is a line of its own below.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "words.h"

#define WAITS_MARGIN 16
#define WAITS_HEAD 30     /* height of the heading */
#define WAITS_NODE_W 140
#define WAITS_NODE_H 28
#define WAITS_RADIUS 96   /* of the circle */
#define WAITS_SIDE 70     /* room beside the circle for what stands on its arrows */
#define WAITS_RUNG 58     /* height of a ladder's row */
#define WAITS_LADDER_GAP 150
#define WAITS_RETURN 26   /* room above and beside a ladder for its last line */
#define WAITS_ROW 40      /* height of a line below */
#define WAITS_ROW_GAP 106 /* room for what stands on its arrows */
#define WAITS_ROWS_MAX 10

/* The cycle as thread indices in order; returns how many, 0 where there is none. */
static size_t waits_cycle(const struct sim_trace *trace, int *cycle)
{
	size_t n = 0;
	int at = SIM_NONE;

	for (size_t t = 0; t < trace->n_threads && at == SIM_NONE; t++)
		if (trace->threads[t].waits_for.op && trace->threads[t].waits_for.in_cycle)
			at = (int)t;
	while (at != SIM_NONE && n < trace->n_threads) {
		cycle[n++] = at;
		at = trace->threads[at].waits_for.holder;
		if (at == cycle[0])
			return n;
	}
	return 0;
}

static bool waits_in(const int *cycle, size_t n, size_t thread)
{
	for (size_t i = 0; i < n; i++)
		if (cycle[i] == (int)thread)
			return true;
	return false;
}

/* The room that a cycle takes. */
static struct point waits_cycle_size(size_t n)
{
	if (!n)
		return (struct point){0, 0};
	if (n <= 2)
		return (struct point){2 * (WAITS_RADIUS + WAITS_SIDE) + WAITS_NODE_W, 2 * WAITS_RADIUS + WAITS_NODE_H};
	return (struct point){2 * WAITS_NODE_W + WAITS_LADDER_GAP + WAITS_RETURN, (int)n * WAITS_RUNG + WAITS_RETURN};
}

/* How many threads wait without being part of the cycle. */
static size_t waits_others(const struct sim_trace *trace, const int *cycle, size_t n_cycle)
{
	size_t n = 0;

	for (size_t t = 0; t < trace->n_threads; t++)
		n += trace->threads[t].waits_for.op && !waits_in(cycle, n_cycle, t);
	return n;
}

/* Is every wait outside of the cycle one for a thread's end? */
static bool waits_only_joins(const struct sim_trace *trace, const int *cycle, size_t n_cycle)
{
	for (size_t t = 0; t < trace->n_threads; t++)
		if (trace->threads[t].waits_for.op && !waits_in(cycle, n_cycle, t) && !story_joins(&trace->threads[t]))
			return false;
	return true;
}

bool waits_cyclic(const struct picture *picture)
{
	int *cycle = calloc(picture->trace->n_threads + 1, sizeof(*cycle));
	bool cyclic = cycle && waits_cycle(picture->trace, cycle) > 0;

	free(cycle);
	return cyclic;
}

struct point waits_size(const struct picture *picture)
{
	int *cycle = calloc(picture->trace->n_threads + 1, sizeof(*cycle));
	size_t n_cycle, n_others;
	struct point size = {0, 0};
	bool only_joins;

	if (!cycle)
		return size;
	n_cycle = waits_cycle(picture->trace, cycle);
	n_others = waits_others(picture->trace, cycle, n_cycle);
	only_joins = waits_only_joins(picture->trace, cycle, n_cycle);
	free(cycle);
	if (!n_cycle && !n_others)
		return size;
	size = waits_cycle_size(n_cycle);
	size.x += 2 * WAITS_MARGIN;
	size.y += WAITS_HEAD + WAITS_MARGIN / 2 + (n_cycle ? WAITS_MARGIN : 0);
	if (n_others) {
		int rows = (int)(n_others > WAITS_ROWS_MAX ? WAITS_ROWS_MAX + 1 : n_others);
		int columns = only_joins ? 2 : 3;
		int width = 2 * WAITS_MARGIN + columns * WAITS_NODE_W + (columns - 1) * WAITS_ROW_GAP;

		size.y += rows * WAITS_ROW;
		size.x = size.x > width ? size.x : width;
	}
	return size;
}

/* A thread, or the `prefix` ("end of ") of one. */
static Agnode_t *waits_draw_thread(struct picture *picture, const char *name, const char *prefix, int thread,
		struct point at, bool bad)
{
	const struct look look = {.shape = "ellipse", .style = "filled", .fill = "white",
		.color = bad ? PICTURE_BAD : "black", .width_tenths = bad ? 18 : 10};
	char *text = picture_fit(picture->trace->threads[thread].name, PICTURE_FONT,
			WAITS_NODE_W - 16 - canvas_text_width(prefix, PICTURE_FONT));
	char *label = words_format("%s<b>%s</b>", prefix, text ? text : "?");
	Agnode_t *node = canvas_box(&picture->canvas, name, at, (struct point){WAITS_NODE_W, WAITS_NODE_H},
			label ? label : " ", &look);

	free(text);
	free(label);
	return node;
}

static Agnode_t *waits_draw_object(struct picture *picture, const char *name, const char *prefix, const char *object,
		struct point at)
{
	const struct look look = {.style = "filled", .fill = picture_lock_color(picture, object), .width_tenths = 10};
	char *text = picture_fit(object ? object : "?", PICTURE_FONT,
			WAITS_NODE_W - 8 - canvas_text_width(prefix, PICTURE_FONT));
	char *label = words_format("%s<b>%s</b>", prefix, text ? text : "?");
	Agnode_t *node = canvas_box(&picture->canvas, name, at, (struct point){WAITS_NODE_W, WAITS_NODE_H},
			label ? label : " ", &look);

	free(text);
	free(label);
	return node;
}

/* ---- the cycle ---- */

/* Where the `i`-th of `n` nodes stands: clockwise, the first at the left. */
static struct point waits_on_circle(struct point center, int radius, size_t i, size_t n)
{
	double angle = M_PI + 2 * M_PI * (double)i / (double)n;

	return (struct point){center.x + (int)lround(radius * cos(angle)), center.y + (int)lround(radius * sin(angle))};
}

/* Where a line from the centre of a node to `toward` leaves it: a box and an ellipse alike are treated as their box. */
static struct point waits_border(struct point node, struct point toward)
{
	double dx = toward.x - node.x, dy = toward.y - node.y;
	double sx = dx ? (WAITS_NODE_W / 2 + 2) / fabs(dx) : 1e9, sy = dy ? (WAITS_NODE_H / 2 + 2) / fabs(dy) : 1e9;
	double s = sx < sy ? sx : sy;

	return (struct point){node.x + (int)lround(s * dx), node.y + (int)lround(s * dy)};
}

static const struct sim_hold *waits_hold(const struct sim_trace *trace, int thread, const char *object)
{
	for (size_t i = 0; thread >= 0 && object && i < trace->threads[thread].n_holds; i++)
		if (strcmp(trace->threads[thread].holds[i].object, object) == 0)
			return &trace->threads[thread].holds[i];
	return NULL;
}

static const struct look waits_wants = {.style = "dashed", .color = PICTURE_BAD, .width_tenths = 20, .arrow = "normal"};
static const struct look waits_held = {.color = PICTURE_BAD, .width_tenths = 20, .arrow = "normal"};

/* What stands on the arrow from a thread of the cycle to what it waits for, or on from there to the holder. */
static char *waits_arrow_text(const struct picture *picture, int waiter, bool wants)
{
	const struct sim_trace_thread *thread = &picture->trace->threads[waiter];
	const struct sim_hold *hold = waits_hold(picture->trace, thread->waits_for.holder, thread->waits_for.object);
	char *line = wants ? picture_line(picture, &thread->place) : hold ? picture_line(picture, &hold->since) : NULL;
	char *text = words_format(wants ? "waits at %s" : "held since %s", line && line[0] ? line : "?");

	free(line);
	return text;
}

static void waits_draw_text(struct picture *picture, const char *arrow, struct point at, enum align align,
		const char *text)
{
	char *name = words_format("%s_text", arrow);

	canvas_text(&picture->canvas, name, at, align, PICTURE_SMALL, PICTURE_BAD, text);
	free(name);
}

/* The nodes of a cycle at the given places: thread, what it waits for, the next thread, ... */
static void waits_draw_nodes(struct picture *picture, const int *cycle, size_t n, const struct point *places,
		Agnode_t **nodes)
{
	char name[48];

	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "waiter_%d", cycle[i]);
		nodes[2 * i] = waits_draw_thread(picture, name, "", cycle[i], places[2 * i], true);
		snprintf(name, sizeof(name), "wanted_%d", cycle[i]);
		nodes[2 * i + 1] = waits_draw_object(picture, name, "", picture->trace->threads[cycle[i]].waits_for.object,
				places[2 * i + 1]);
	}
}

static void waits_draw_circle(struct picture *picture, const int *cycle, size_t n, struct point corner)
{
	struct point center = {corner.x + waits_cycle_size(n).x / 2, corner.y + WAITS_NODE_H / 2 + WAITS_RADIUS};
	struct point places[4];
	Agnode_t *nodes[4];
	char name[48];

	for (size_t i = 0; i < 2 * n; i++)
		places[i] = waits_on_circle(center, WAITS_RADIUS, i, 2 * n);
	waits_draw_nodes(picture, cycle, n, places, nodes);
	for (size_t i = 0; i < 2 * n; i++) {
		size_t next = (i + 1) % (2 * n);
		bool wants = i % 2 == 0;
		struct point points[2] = {waits_border(places[i], places[next]), waits_border(places[next], places[i])};
		struct point middle = {(points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2};
		char *text = waits_arrow_text(picture, cycle[i / 2], wants);

		snprintf(name, sizeof(name), wants ? "wants_%d" : "held_%d", cycle[i / 2]);
		canvas_connect(&picture->canvas, nodes[i], nodes[next], name, points, 2, wants ? &waits_wants : &waits_held);
		/* Outside of the circle. */
		waits_draw_text(picture, name, (struct point){middle.x + (middle.x < center.x ? -12 : 12), middle.y},
				middle.x < center.x ? ALIGN_RIGHT : ALIGN_LEFT, text ? text : "");
		free(text);
	}
}

/* From the lock of rung `i` to the thread that holds it: on the next rung or, from the last one, back to the first. */
static void waits_draw_rung_held(struct picture *picture, Agnode_t *lock, Agnode_t *holder, const char *name,
		struct point from, struct point to, const char *text)
{
	bool last = to.y < from.y;
	int right = from.x + WAITS_NODE_W / 2 + WAITS_RETURN - 8, top = to.y - WAITS_NODE_H / 2 - WAITS_RETURN + 8;
	struct point down[2] = {{from.x - WAITS_NODE_W / 2 + 10, from.y + WAITS_NODE_H / 2},
		{to.x + WAITS_NODE_W / 2 - 14, to.y - WAITS_NODE_H / 2 + 3}};
	struct point back[5] = {{from.x + WAITS_NODE_W / 2, from.y}, {right, from.y}, {right, top}, {to.x, top},
		{to.x, to.y - WAITS_NODE_H / 2}};
	struct point at = {(from.x + to.x) / 2, last ? top - 8 : (from.y + to.y) / 2 + 11};

	canvas_connect(&picture->canvas, lock, holder, name, last ? back : down, last ? 5 : 2, &waits_held);
	waits_draw_text(picture, name, at, last ? ALIGN_CENTER : ALIGN_LEFT, text);
}

static void waits_draw_ladder(struct picture *picture, const int *cycle, size_t n, struct point corner)
{
	struct point *places = calloc(2 * n, sizeof(*places));
	Agnode_t **nodes = calloc(2 * n, sizeof(*nodes));
	char name[48];

	for (size_t i = 0; places && i < n; i++) {
		places[2 * i] = (struct point){corner.x + WAITS_NODE_W / 2,
			corner.y + WAITS_RETURN + WAITS_NODE_H / 2 + (int)i * WAITS_RUNG};
		places[2 * i + 1] = (struct point){places[2 * i].x + WAITS_NODE_W + WAITS_LADDER_GAP, places[2 * i].y};
	}
	if (places && nodes)
		waits_draw_nodes(picture, cycle, n, places, nodes);
	for (size_t i = 0; places && nodes && i < n; i++) {
		struct point wants[2] = {{places[2 * i].x + WAITS_NODE_W / 2, places[2 * i].y},
			{places[2 * i + 1].x - WAITS_NODE_W / 2, places[2 * i].y}};
		char *text = waits_arrow_text(picture, cycle[i], true), *held = waits_arrow_text(picture, cycle[i], false);
		size_t next = (i + 1) % n;

		snprintf(name, sizeof(name), "wants_%d", cycle[i]);
		canvas_connect(&picture->canvas, nodes[2 * i], nodes[2 * i + 1], name, wants, 2, &waits_wants);
		waits_draw_text(picture, name, (struct point){wants[0].x + 8, wants[0].y - 8}, ALIGN_LEFT, text ? text : "");
		snprintf(name, sizeof(name), "held_%d", cycle[i]);
		waits_draw_rung_held(picture, nodes[2 * i + 1], nodes[2 * next], name, places[2 * i + 1], places[2 * next],
				held ? held : "");
		free(text);
		free(held);
	}
	free(places);
	free(nodes);
}

/* ---- the others ---- */

static void waits_draw_arrow(struct picture *picture, Agnode_t *from, Agnode_t *to, const char *name, struct point at,
		const char *text, const struct look *look)
{
	struct point points[2] = {at, {at.x + WAITS_ROW_GAP, at.y}};

	canvas_connect(&picture->canvas, from, to, name, points, 2, look);
	waits_draw_text(picture, name, (struct point){at.x + WAITS_ROW_GAP / 2 - 3, at.y - 8}, ALIGN_CENTER, text);
}

/* "nobody": no thread is known that could end the wait. */
static Agnode_t *waits_draw_nobody(struct picture *picture, const char *name, struct point at)
{
	static const struct look look = {.shape = "ellipse", .style = "dashed", .color = PICTURE_BAD, .width_tenths = 14};

	return canvas_box(&picture->canvas, name, at, (struct point){WAITS_NODE_W, WAITS_NODE_H}, "<i>nobody</i>", &look);
}

/* What of its object the thread waits for, where that is not the object itself. */
static const char *waits_what(const struct sim_trace_thread *thread)
{
	if (story_awaits_notify(thread))
		return "notify of ";
	if (story_awaits_set(thread))
		return "set of ";
	if (story_polls(thread))
		return "change of ";
	if (strcmp(thread->waits_for.op, "get") == 0)
		return "item of ";
	if (strcmp(thread->waits_for.op, "put") == 0)
		return "room in ";
	if (strcmp(thread->waits_for.op, "read-pipe") == 0)
		return "bytes from ";
	if (strcmp(thread->waits_for.op, "read-eventfd") == 0)
		return "value in ";
	if (strcmp(thread->waits_for.op, "write-pipe") == 0 || strcmp(thread->waits_for.op, "write-eventfd") == 0)
		return "room in ";
	if (strcmp(thread->waits_for.op, "join-queue") == 0)
		return "tasks of ";
	if (story_meets(thread))
		return "others at ";
	return strcmp(thread->waits_for.op, "acquire") == 0 && thread->waits_for.holder == SIM_NONE ? "release of " : "";
}

/* waiter -> object -> who could end the wait; a join goes straight to the thread. */
static void waits_draw_other(struct picture *picture, int index, struct point left)
{
	/* A join is no cause of anything. */
	static const struct look merely = {.style = "dashed", .color = PICTURE_FAINT, .width_tenths = 10, .arrow = "normal"};
	const struct sim_trace_thread *thread = &picture->trace->threads[index];
	int holder = thread->waits_for.holder;
	bool joins = story_joins(thread);
	const char *what = waits_what(thread);
	const struct sim_hold *hold = waits_hold(picture->trace, holder, thread->waits_for.object);
	char *line = picture_line(picture, &thread->place), name[48], *text;
	struct point at = {left.x + WAITS_NODE_W / 2, left.y};
	int step = WAITS_NODE_W + WAITS_ROW_GAP;
	Agnode_t *waiter, *object, *other;

	snprintf(name, sizeof(name), "waiter_%d", index);
	waiter = waits_draw_thread(picture, name, "", index, at, false);
	text = words_format("waits at %s for", line && line[0] ? line : "?");
	snprintf(name, sizeof(name), "wanted_%d", index);
	if (joins && holder >= 0)
		object = waits_draw_thread(picture, name, "end of ", holder, (struct point){at.x + step, at.y}, false);
	else
		object = waits_draw_object(picture, name, joins ? "end of " : what,
				thread->waits_for.object, (struct point){at.x + step, at.y});
	snprintf(name, sizeof(name), "wants_%d", index);
	waits_draw_arrow(picture, waiter, object, name, (struct point){left.x + WAITS_NODE_W, left.y}, text ? text : "",
			joins ? &merely : &waits_wants);
	free(line);
	free(text);
	if (joins)
		return;
	line = hold ? picture_line(picture, &hold->since) : NULL;
	text = hold ? words_format("held since %s by", line) : strdup(what[0] ? "to come from" : "to be ended by");
	snprintf(name, sizeof(name), "holder_%d", index);
	other = holder >= 0 ? waits_draw_thread(picture, name, "", holder, (struct point){at.x + 2 * step, at.y}, false) :
			waits_draw_nobody(picture, name, (struct point){at.x + 2 * step, at.y});
	snprintf(name, sizeof(name), "held_%d", index);
	waits_draw_arrow(picture, object, other, name, (struct point){left.x + WAITS_NODE_W + step, left.y},
			text ? text : "", &waits_held);
	free(line);
	free(text);
}

/* Those whose wait is the cause come before those who merely wait for a thread's end. */
static void waits_draw_others(struct picture *picture, const int *cycle, size_t n_cycle, struct point left)
{
	const struct sim_trace *trace = picture->trace;
	size_t n = 0, n_all = waits_others(trace, cycle, n_cycle);

	for (int joins = 0; joins < 2; joins++)
		for (size_t t = 0; t < trace->n_threads && n < WAITS_ROWS_MAX; t++) {
			if (!trace->threads[t].waits_for.op || waits_in(cycle, n_cycle, t) ||
					story_joins(&trace->threads[t]) != (joins == 1))
				continue;
			waits_draw_other(picture, (int)t, left);
			left.y += WAITS_ROW;
			n++;
		}
	if (n < n_all) {
		char *text = words_format("<i>... and %zu more threads</i>", n_all - n);

		canvas_text(&picture->canvas, "waits_more", left, ALIGN_LEFT, PICTURE_SMALL, PICTURE_FAINT, text ? text : "");
		free(text);
	}
}

void waits_draw(struct picture *picture, struct point corner)
{
	static const struct look frame = {.style = "rounded", .color = "#aaaaaa"};
	struct point size = waits_size(picture), inside;
	int *cycle = calloc(picture->trace->n_threads + 1, sizeof(*cycle));
	size_t n_cycle;

	if (!cycle || !size.x) {
		free(cycle);
		return;
	}
	n_cycle = waits_cycle(picture->trace, cycle);
	canvas_box(&picture->canvas, "waits", (struct point){corner.x + size.x / 2, corner.y + size.y / 2}, size, NULL,
			&frame);
	canvas_text(&picture->canvas, "waits_title", (struct point){corner.x + WAITS_MARGIN, corner.y + 16}, ALIGN_LEFT,
			PICTURE_FONT, "black", n_cycle ? "<b>Who waits for whom: a cycle</b>" : "<b>Who waits for whom</b>");
	inside = (struct point){corner.x + WAITS_MARGIN, corner.y + WAITS_HEAD};
	if (n_cycle > 2)
		waits_draw_ladder(picture, cycle, n_cycle, inside);
	else if (n_cycle)
		waits_draw_circle(picture, cycle, n_cycle, inside);
	inside.y += waits_cycle_size(n_cycle).y + (n_cycle ? WAITS_MARGIN : 0) + WAITS_NODE_H / 2;
	waits_draw_others(picture, cycle, n_cycle, inside);
	free(cycle);
}
