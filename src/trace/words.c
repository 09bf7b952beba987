#include "words.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool words_continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static bool words_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7F;
}

size_t words_width(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += !words_continues(*text);
	return width;
}

/* The place after the first `n` code points. */
static const char *words_skip(const char *text, size_t n)
{
	while (*text && n) {
		text++;
		while (words_continues(*text))
			text++;
		n--;
	}
	return text;
}

char *words_shorten(const char *text, size_t width)
{
	size_t long_width, head, tail;
	char *copy;

	if (!text)
		return NULL;
	long_width = words_width(text);
	if (width < 2)
		width = 2;
	if (long_width <= width) {
		copy = strdup(text);
	} else {
		head = (width - 1) / 2;
		tail = width - 2 - head;
		copy = words_format("%.*s..%s", (int)(words_skip(text, head) - text), text,
				words_skip(text, long_width - tail));
	}
	for (char *c = copy; c && *c; c++)
		if (words_control(*c))
			*c = '?';
	return copy;
}

void words_wrap(FILE *out, const char *text, size_t indent, size_t width)
{
	size_t column = indent;

	while (*text) {
		size_t space = strspn(text, " \n\t"), length = strcspn(text + space, " \n\t");
		char *word = words_format("%.*s", (int)length, text + space);
		size_t columns = word ? words_width(word) : 0;

		text += space + length;
		if (!word || !length) {
			free(word);
			continue;
		}
		if (width && column > indent && column + 1 + columns > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			fputc(' ', out);
			column++;
		}
		for (char *c = word; *c; c++)
			fputc(words_control(*c) ? '?' : *c, out);
		column += columns;
		free(word);
	}
	fputc('\n', out);
}

char *words_format(const char *format, ...)
{
	va_list list;
	char *text;
	int result;

	va_start(list, format);
	result = vasprintf(&text, format, list);
	va_end(list);
	return result < 0 ? NULL : text;
}

char *words_at(const char *preposition, const struct sim_place *place)
{
	if (place->file && place->line)
		return words_format(" %s %s:%d", preposition, place->file, place->line);
	if (place->function)
		return words_format(" %s %s()", preposition, place->function);
	return strdup("");
}
