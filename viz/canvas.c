#include "canvas.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define CANVAS_FONT "Helvetica"
#define CANVAS_CORNER 6 /* radius of a line's corners, points */
#define CANVAS_ARROW 7  /* length of an arrow head, points */

int canvas_open(struct canvas *canvas)
{
	*canvas = (struct canvas){.graph = agopen("simcheck", Agdirected, NULL)};
	if (!canvas->graph)
		return -1;
	agattr(canvas->graph, AGRAPH, "splines", "true");
	agattr(canvas->graph, AGRAPH, "outputorder", "edgesfirst");
	agattr(canvas->graph, AGRAPH, "bgcolor", "white");
	agattr(canvas->graph, AGRAPH, "pad", "0.2");
	agattr(canvas->graph, AGRAPH, "dpi", "108");
	agattr(canvas->graph, AGNODE, "fontname", CANVAS_FONT);
	agattr(canvas->graph, AGNODE, "fontsize", "11");
	agattr(canvas->graph, AGNODE, "fixedsize", "true");
	agattr(canvas->graph, AGNODE, "shape", "box");
	agattr(canvas->graph, AGNODE, "label", "");
	agattr(canvas->graph, AGEDGE, "arrowsize", "0.7");
	return 0;
}

void canvas_close(struct canvas *canvas)
{
	agclose(canvas->graph);
	canvas->graph = NULL;
}

static void canvas_set(void *thing, const char *name, const char *value)
{
	agsafeset(thing, (char *)name, (char *)value, "");
}

/* A length in inches, without the locale's decimal point. */
static void canvas_set_inches(void *thing, const char *name, int points)
{
	int ten_thousandths = points * 10000 / 72;
	char text[32];

	snprintf(text, sizeof(text), "%d.%04d", ten_thousandths / 10000, ten_thousandths % 10000);
	canvas_set(thing, name, text);
}

static void canvas_set_html(struct canvas *canvas, void *thing, const char *html)
{
	char *label = agstrdup_html(canvas->graph, (char *)html);

	/* It must be this very string: it is marked as HTML. */
	agxset(thing, agattr(canvas->graph, AGNODE, "label", NULL), label);
	agstrfree(canvas->graph, label);
}

static void canvas_set_look(void *thing, const struct look *look)
{
	char text[32];

	if (look->shape)
		canvas_set(thing, "shape", look->shape);
	if (look->style)
		canvas_set(thing, "style", look->style);
	if (look->fill)
		canvas_set(thing, "fillcolor", look->fill);
	if (look->color)
		canvas_set(thing, "color", look->color);
	if (look->width_tenths) {
		snprintf(text, sizeof(text), "%d.%d", look->width_tenths / 10, look->width_tenths % 10);
		canvas_set(thing, "penwidth", text);
	}
	if (look->peripheries) {
		snprintf(text, sizeof(text), "%d", look->peripheries);
		canvas_set(thing, "peripheries", text);
	}
}

static void canvas_extend(struct canvas *canvas, int right, int bottom)
{
	if (right > canvas->right)
		canvas->right = right;
	if (bottom > canvas->bottom)
		canvas->bottom = bottom;
}

Agnode_t *canvas_box(struct canvas *canvas, const char *name, struct point center, struct point size, const char *html,
		const struct look *look)
{
	Agnode_t *node = agnode(canvas->graph, (char *)name, 1);
	char text[64];

	/* Graphviz's y grows upwards. */
	snprintf(text, sizeof(text), "%d,%d", center.x, -center.y);
	canvas_set(node, "pos", text);
	canvas_set_inches(node, "width", size.x);
	canvas_set_inches(node, "height", size.y);
	canvas_set(node, "id", name);
	canvas_set_html(canvas, node, html ? html : " ");
	canvas_set_look(node, look);
	canvas_extend(canvas, center.x + size.x / 2, center.y + size.y / 2);
	return node;
}

/* Text is put into a table of known width: only so do the viewer's fonts not move its edge. */
void canvas_text(struct canvas *canvas, const char *name, struct point at, enum align align, int font_size,
		const char *color, const char *html)
{
	static const char *const names[] = {"left", "center", "right"};
	int width = canvas_text_width(html, font_size) + 4, height = font_size + 4;
	int x = align == ALIGN_LEFT ? at.x + width / 2 : align == ALIGN_RIGHT ? at.x - width / 2 : at.x;
	char *table = words_format("<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" "
			"fixedsize=\"true\" width=\"%d\" height=\"%d\"><tr><td align=\"%s\">"
			"<font point-size=\"%d\" color=\"%s\">%s</font></td></tr></table>",
			width, height, names[align], font_size, color ? color : "black", html);
	struct look look = {.shape = "plaintext"};

	canvas_box(canvas, name, (struct point){x, at.y}, (struct point){width, height}, table ? table : " ", &look);
	free(table);
}

static int canvas_toward(int from, int to, int distance)
{
	if (abs(to - from) <= distance)
		return to;
	return to > from ? from + distance : from - distance;
}

/* The point `distance` before `a` on the way from `a` to `b`; lines are horizontal or vertical where it matters. */
static struct point canvas_near(struct point a, struct point b, int distance)
{
	if (a.x != b.x && a.y != b.y)
		return a;
	return (struct point){canvas_toward(a.x, b.x, distance), canvas_toward(a.y, b.y, distance)};
}

static void canvas_print_point(FILE *out, struct point p)
{
	fprintf(out, " %d,%d", p.x, -p.y);
}

/* A straight piece as a Bezier curve whose control points are its ends. */
static void canvas_print_piece(FILE *out, struct point from, struct point to)
{
	canvas_print_point(out, from);
	canvas_print_point(out, to);
	canvas_print_point(out, to);
}

/* A slanted line ends before its arrow as well. */
static struct point canvas_before_arrow(struct point tip, struct point from)
{
	int dx = from.x - tip.x, dy = from.y - tip.y, length = abs(dx) > abs(dy) ? abs(dx) : abs(dy);

	if (!length)
		return tip;
	return (struct point){tip.x + dx * CANVAS_ARROW / length, tip.y + dy * CANVAS_ARROW / length};
}

static char *canvas_spline(const struct point *points, size_t n, bool arrow)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct point at = points[0], end = arrow ? canvas_before_arrow(points[n - 1], points[n - 2]) : points[n - 1];

	if (!out)
		return NULL;
	if (arrow)
		fprintf(out, "e,%d,%d", points[n - 1].x, -points[n - 1].y);
	canvas_print_point(out, at);
	for (size_t i = 1; i + 1 < n; i++) {
		struct point before = canvas_near(points[i], points[i - 1], CANVAS_CORNER);
		struct point after = canvas_near(points[i], points[i + 1], CANVAS_CORNER);

		canvas_print_piece(out, at, before);
		canvas_print_piece(out, points[i], after);
		at = after;
	}
	canvas_print_piece(out, at, end);
	fclose(out);
	return text;
}

void canvas_connect(struct canvas *canvas, Agnode_t *from, Agnode_t *to, const char *name, const struct point *points,
		size_t n, const struct look *look)
{
	Agedge_t *edge = agedge(canvas->graph, from, to, (char *)name, 1);
	const char *arrow = look->arrow ? look->arrow : "none";
	char *spline = canvas_spline(points, n, strcmp(arrow, "none") != 0);

	if (spline)
		canvas_set(edge, "pos", *spline == ' ' ? spline + 1 : spline);
	free(spline);
	canvas_set(edge, "arrowhead", arrow);
	canvas_set(edge, "id", name);
	canvas_set_look(edge, look);
	for (size_t i = 0; i < n; i++)
		canvas_extend(canvas, points[i].x, points[i].y);
}

void canvas_line(struct canvas *canvas, const char *name, struct point from, struct point to, const struct look *look)
{
	static const struct look invisible = {.shape = "point", .style = "invis"};
	struct point points[2] = {from, to};
	Agnode_t *ends[2];
	char end[32];

	for (int i = 0; i < 2; i++) {
		snprintf(end, sizeof(end), "end_%d", canvas->n_lines++);
		ends[i] = canvas_box(canvas, end, points[i], (struct point){1, 1}, NULL, &invisible);
	}
	canvas_connect(canvas, ends[0], ends[1], name, points, 2, look);
}

char *canvas_escape(const char *text)
{
	char *copy = NULL;
	size_t size;
	FILE *out = open_memstream(&copy, &size);

	if (!out)
		return NULL;
	for (; *text; text++) {
		if (*text == '&')
			fputs("&amp;", out);
		else if (*text == '<')
			fputs("&lt;", out);
		else if (*text == '>')
			fputs("&gt;", out);
		else if (*text == '"')
			fputs("&quot;", out);
		else if (*text == '\\')
			fputs("\\\\", out); /* graphviz replaces \N and the like in markup, too */
		else
			fputc((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text, out);
	}
	fclose(out);
	return copy;
}

/* Counts what is seen: markup takes no room, an entity the room of one character. */
int canvas_text_width(const char *text, int font_size)
{
	int n = 0;

	for (; *text; text++) {
		if (*text == '<')
			text = strchr(text, '>') ? strchr(text, '>') : text;
		else if (*text == '&') {
			text = strchr(text, ';') ? strchr(text, ';') : text;
			n++;
		} else
			n += ((unsigned char)*text & 0xC0) != 0x80;
	}
	/* An average letter of the fonts in use is a little over half as wide as it is high. */
	return n * font_size * 58 / 100;
}
