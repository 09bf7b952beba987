/*
 * Boxes, texts and lines at fixed places, as a graph of cgraph's.
 *
 * Coordinates are whole points (1/72 inch), x to the right, y downwards; a box is placed by its centre. Everything has
 * a name, which is its name in DOT and its id in SVG: the same thing has the same name in all pictures of a program.
 */
#ifndef SIM_CANVAS_H
#define SIM_CANVAS_H

#include <graphviz/cgraph.h>
#include <stddef.h>

/* Lifetime: one picture. */
struct canvas {
	Agraph_t *graph;
	int n_lines;          /* names the ends of free lines */
	int right, bottom;    /* extent so far */
};

/* How something looks; NULL and 0 mean the default. */
struct look {
	const char *shape;  /* "box" */
	const char *style;  /* "filled", "dashed", "bold", "dotted", combined by commas */
	const char *fill;   /* fill colour */
	const char *color;  /* of borders and lines: black */
	const char *arrow;  /* of a line: "none" */
	int width_tenths;   /* of the pen, in tenths of a point: 10 */
	int peripheries;    /* borders: 1 */
};

struct point {
	int x, y;
};

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* Returns 0, or -1 where there is no memory. */
int canvas_open(struct canvas *canvas);
void canvas_close(struct canvas *canvas);

/* A box with a label in graphviz's HTML-like language (NULL: empty). */
Agnode_t *canvas_box(struct canvas *canvas, const char *name, struct point center, struct point size, const char *html,
		const struct look *look);
/* One line of text without a border; `at` is its left end, centre or right end. The text may have HTML-like markup. */
void canvas_text(struct canvas *canvas, const char *name, struct point at, enum align align, int font_size,
		const char *color, const char *html);
/* A line through points between two boxes. It runs from `from`, at points[0], to `to`, at points[n - 1]; corners are
 * rounded. */
void canvas_connect(struct canvas *canvas, Agnode_t *from, Agnode_t *to, const char *name, const struct point *points,
		size_t n, const struct look *look);
/* A straight line between two points that belongs to nothing. */
void canvas_line(struct canvas *canvas, const char *name, struct point from, struct point to, const struct look *look);

/* A copy of `text` in which nothing is markup. To be freed; NULL without memory. */
char *canvas_escape(const char *text);
/* Points that a text needs at most, at this size. */
int canvas_text_width(const char *text, int font_size);

#endif
