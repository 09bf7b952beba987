/*
 * Lines between events of different threads. A line leaves its event sideways, runs along that event's row, which no
 * other event shares, and goes down in the gap beside the lane of the later event: so it crosses no box.
 */
#include <stdio.h>
#include <stdlib.h>

#include "picture.h"

#define CAUSES_TRACKS 4 /* lines side by side in one gap */
#define CAUSES_TRACK 6  /* points from one to the next */

static const struct look *causes_look(struct picture *picture, enum sim_edge_kind kind)
{
	static const struct look looks[] = {
		[SIM_EDGE_START] = {.color = "#777777", .width_tenths = 10, .arrow = "vee"},
		[SIM_EDGE_JOIN] = {.color = "#777777", .width_tenths = 10, .arrow = "vee"},
		[SIM_EDGE_HANDOVER] = {.style = "dashed", .color = "#1f4e9c", .width_tenths = 14, .arrow = "normal"},
		[SIM_EDGE_WAKE] = {.color = "#1a7a2e", .width_tenths = 22, .arrow = "normal"},
		[SIM_EDGE_READS] = {.style = "dotted", .color = "#7a1a7a", .width_tenths = 16, .arrow = "normal"},
	};

	switch (kind) {
	case SIM_EDGE_START:
	case SIM_EDGE_JOIN:
		picture->used.start = true;
		break;
	case SIM_EDGE_HANDOVER:
		picture->used.handover = true;
		break;
	case SIM_EDGE_WAKE:
		picture->used.wake = true;
		break;
	case SIM_EDGE_READS:
		picture->used.reads = true;
		break;
	}
	return &looks[kind];
}

/* From one row to a later one, both with a box. */
static void causes_draw_edge(struct picture *picture, const char *name, int from, int to, enum sim_edge_kind kind,
		int track)
{
	const struct row_place *a = &picture->rows[from], *b = &picture->rows[to];
	const struct lane *source = &picture->lanes[picture->story.rows[from].thread];
	const struct lane *target = &picture->lanes[picture->story.rows[to].thread];
	bool rightwards = target->x > source->x;
	int side = rightwards ? 1 : -1;
	/* Several arrows at one event end a little above each other. */
	int shift = 3 + 4 * (track % CAUSES_TRACKS) - 8;
	struct point points[4];

	points[0] = (struct point){source->x + side * source->box_width / 2, a->y + 4};
	points[3] = (struct point){target->x - side * target->box_width / 2, b->y + shift};
	points[1].x = rightwards ? target->left - 12 - CAUSES_TRACK * (track % CAUSES_TRACKS) :
			target->right + 8 + CAUSES_TRACK * (track % CAUSES_TRACKS);
	points[1].y = points[0].y;
	points[2] = (struct point){points[1].x, points[3].y};
	canvas_connect(&picture->canvas, a->node, b->node, name, points, 4, causes_look(picture, kind));
}

/* Lines that run through the same gap at the same time get different tracks, in turn per lane. */
static void causes_draw_edges(struct picture *picture)
{
	const struct sim_trace *trace = picture->trace;
	int *tracks = calloc(trace->n_threads + 1, sizeof(*tracks));

	if (!tracks)
		return;
	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];

		if (!picture->rows[picture->event_rows[i]].node)
			continue;
		for (size_t k = 0; k < event->n_causes; k++) {
			int from = event->causes[k].from, row = picture->event_rows[from];
			char name[48];

			if (trace->events[from].thread == event->thread || !picture->rows[row].node)
				continue;
			snprintf(name, sizeof(name), "cause_%d_%zu_%d", from, i, (int)event->causes[k].kind);
			causes_draw_edge(picture, name, row, picture->event_rows[i], event->causes[k].kind,
					tracks[event->thread]++);
		}
	}
	free(tracks);
}

static int causes_access_row(const struct picture *picture, int access)
{
	for (size_t i = 0; i < picture->story.n_rows; i++)
		if (picture->story.rows[i].access == access)
			return (int)i;
	return SIM_NONE;
}

/* An access before its thread's first event was made possible by the thread's start, in whose row it follows. */
static void causes_draw_access_start(struct picture *picture, int row)
{
	const struct sim_row *access = &picture->story.rows[row];
	int start;
	char name[48];

	if (access->kind != SIM_ROW_ACCESS || picture->finding->accesses[access->access].event != SIM_NONE ||
			access->event == SIM_NONE)
		return;
	start = picture->event_rows[access->event];
	snprintf(name, sizeof(name), "access_start_%d", access->access);
	if (picture->rows[start].node && picture->story.rows[start].thread != access->thread)
		causes_draw_edge(picture, name, start, row, SIM_EDGE_START, 0);
}

static void causes_draw_race(struct picture *picture)
{
	static const struct look look = {.style = "dashed", .color = PICTURE_BAD, .width_tenths = 24};
	int rows[2] = {causes_access_row(picture, 0), causes_access_row(picture, 1)};
	struct point points[2];

	if (rows[0] == SIM_NONE || rows[1] == SIM_NONE)
		return;
	for (int k = 0; k < 2; k++)
		causes_draw_access_start(picture, rows[k]);
	for (int k = 0; k < 2; k++) {
		const struct lane *lane = &picture->lanes[picture->story.rows[rows[k]].thread];
		const struct lane *other = &picture->lanes[picture->story.rows[rows[1 - k]].thread];

		points[k] = (struct point){lane->x + (other->x > lane->x ? 1 : -1) * lane->box_width / 2,
			picture->rows[rows[k]].y};
	}
	canvas_connect(&picture->canvas, picture->rows[rows[0]].node, picture->rows[rows[1]].node, "race", points, 2, &look);
	/* Beside the first access, whose row is free there. */
	canvas_text(&picture->canvas, "race_text",
			(struct point){points[0].x + (points[0].x < points[1].x ? 8 : -8), points[0].y - 10},
			points[0].x < points[1].x ? ALIGN_LEFT : ALIGN_RIGHT, PICTURE_SMALL, PICTURE_BAD, "<b>no order</b>");
	picture->used.race = true;
}

void causes_draw(struct picture *picture)
{
	causes_draw_edges(picture);
	causes_draw_race(picture);
}
