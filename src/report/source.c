#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "style.h"
#include "words.h"

#define SOURCE_TAB 4 /* columns: enough to show the nesting of a few lines */

static bool source_ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), k = strlen(end);

	return n >= k && strcmp(text + n - k, end) == 0 && (n == k || text[n - k - 1] == '/');
}

static FILE *source_open(const struct sim_place *place, const struct sim_report *report)
{
	FILE *file = place->path ? fopen(place->path, "r") : NULL;

	for (size_t i = 0; !file && place->file && i < report->n_files; i++)
		if (source_ends_with(report->files[i], place->file) || source_ends_with(place->file, report->files[i]))
			file = fopen(report->files[i], "r");
	return file;
}

/* Prints one line of a file and returns the column of its first visible character. */
static size_t source_print_text(FILE *out, const char *text, size_t width)
{
	size_t column = 0, first = 0;
	bool blank = true;

	for (; *text && *text != '\n' && *text != '\r'; text++) {
		bool starts = ((unsigned char)*text & 0xC0) != 0x80;

		if (width && starts && column + 2 >= width && strlen(text) > 3) {
			fprintf(out, "..");
			break;
		}
		if (*text == '\t') {
			do
				fputc(' ', out);
			while (++column % SOURCE_TAB);
			continue;
		}
		if (blank && *text != ' ') {
			blank = false;
			first = column;
		}
		fputc((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text, out);
		column += starts;
	}
	fputc('\n', out);
	return first;
}

static bool source_same_file(const struct source_mark *a, const struct source_mark *b)
{
	return strcmp(a->place->file, b->place->file) == 0;
}

/* Orders by file, in the order of first appearance, then by line, then as they came: a stable insertion sort of a few
 * dozen marks at most. */
static void source_sort(struct source_mark *marks, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct source_mark mark = marks[i];
		size_t to = i, k = i;

		while (k > 0 && !source_same_file(&marks[k - 1], &mark))
			k--;
		if (k > 0)
			for (to = k; to > 0 && source_same_file(&marks[to - 1], &mark) &&
					marks[to - 1].place->line > mark.place->line;)
				to--;
		memmove(&marks[to + 1], &marks[to], (i - to) * sizeof(*marks));
		marks[to] = mark;
	}
}

static void source_print_remark(FILE *out, const struct source_mark *mark, size_t column,
		const struct text_options *options)
{
	fprintf(out, "       | %*s", (int)column, "");
	style_set(out, options->color, STYLE_WARNING);
	fputs("^ ", out);
	words_wrap(out, mark->remark ? mark->remark : "", 11 + column, 0);
	style_set(out, options->color, STYLE_PLAIN);
}

/* Prints the marks [0, n), all of one file. */
static int source_print_file(FILE *out, const struct source_mark *marks, size_t n, FILE *file,
		const struct text_options *options)
{
	size_t width = options->width > 20 ? (size_t)options->width - 9 : 0, size = 0, next = 0;
	char *text = NULL;
	int line = 0, printed = 0, last = 0;

	while (next < n && getline(&text, &size, file) >= 0) {
		size_t column;

		line++;
		if (marks[next].place->line != line)
			continue;
		if (!printed)
			fprintf(out, "\n  %s\n", marks[0].place->file);
		else if (line > last + 1)
			fprintf(out, "   ... |\n");
		fprintf(out, "  %4d | ", line);
		column = source_print_text(out, text, width);
		for (; next < n && marks[next].place->line == line; next++)
			source_print_remark(out, &marks[next], column, options);
		last = line;
		printed++;
	}
	free(text);
	return printed;
}

int source_print(FILE *out, struct source_mark *marks, size_t n, const struct sim_report *report,
		const struct text_options *options)
{
	int printed = 0;

	source_sort(marks, n);
	for (size_t from = 0, to; from < n; from = to) {
		FILE *file = source_open(marks[from].place, report);

		for (to = from + 1; to < n && source_same_file(&marks[from], &marks[to]);)
			to++;
		if (!file)
			continue;
		printed += source_print_file(out, marks + from, to - from, file, options);
		fclose(file);
	}
	return printed;
}
