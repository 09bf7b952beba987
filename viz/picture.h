/*
 * The picture of a finding before it is drawn: what goes where. picture.c measures and puts the parts together, lanes.c
 * draws lanes and events, causes.c the lines between events, waits.c who waits for whom at the end.
 */
#ifndef SIM_PICTURE_H
#define SIM_PICTURE_H

#include "canvas.h"
#include "report.h"
#include "story.h"

#define PICTURE_BAD "#c00000"     /* what is wrong */
#define PICTURE_PREEMPT "#b35900" /* preemptions */
#define PICTURE_CONCERNED "#fff3c4" /* fills events on what the finding is about */
#define PICTURE_FAINT "#666666"   /* what explains the rest */
#define PICTURE_FONT 11
#define PICTURE_SMALL 9
#define PICTURE_BOX_HEIGHT 32
#define PICTURE_BAR 8    /* width of a lock's bar */
#define PICTURE_SLOT 12  /* from one bar to the next */

/* Lifetime: one picture. */
struct lane {
	bool shown;
	int x;         /* of the boxes' centres and the thread's line */
	int box_width;
	int n_slots;   /* bars side by side */
	int left, right; /* extent, without the gap to the next lane */
	Agnode_t *title, *end;
};

/* A lock as long as one thread owns it. Lifetime: one picture. */
struct bar {
	const char *object;
	int thread;
	int from, to; /* rows; `to` is the number of rows when it is held at the end */
	int slot;
};

/* Lifetime: one picture. */
struct row_place {
	int y;
	Agnode_t *node;
};

/* What the legend explains. */
struct picture_used {
	bool preemption, blocked, bar, concerned, missed, start, handover, wake, reads, race, waits;
};

/* Lifetime: one call of picture_make(). */
struct picture {
	struct canvas canvas;
	const struct sim_finding *finding;
	const struct sim_trace *trace;
	struct sim_story story;
	struct lane *lanes;     /* per thread */
	struct row_place *rows; /* per row of the story */
	int *event_rows;        /* per event: its row, which may be a fold */
	struct bar *bars;
	size_t n_bars;
	int lanes_left, lanes_right;
	int titles_y, end_y;
	bool many_files;
	struct picture_used used;
};

/* Draws `finding` on a new graph, which the caller closes with agclose(). NULL without memory. */
Agraph_t *picture_make(const struct sim_finding *finding);

/* ":9", or "abba.c:9" where the picture has several files; "" where unknown. To be freed. */
char *picture_line(const struct picture *picture, const struct sim_place *place);
/* The fill colour of a lock: the same in all places. */
const char *picture_lock_color(const struct picture *picture, const char *object);
/* Text without markup, cut in the middle to fit into `width` points. To be freed. */
char *picture_fit(const char *text, int font_size, int width);

/* lanes.c */
int lanes_bars(struct picture *picture);
void lanes_measure(struct picture *picture);
void lanes_draw(struct picture *picture);

/* causes.c: arrows between events, and the line between the two accesses of a race. */
void causes_draw(struct picture *picture);

/* waits.c: draws who waits for whom, its upper left corner at `corner`; nothing where nobody waits. */
bool waits_cyclic(const struct picture *picture);
struct point waits_size(const struct picture *picture);
void waits_draw(struct picture *picture, struct point corner);

#endif
