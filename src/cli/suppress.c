/* The file of --suppress. */
#include "suppress.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

/* The line of "FILE:LINE", with the colon cut off; 0: any line (an asterisk), -1: neither. */
static int suppress_line(char *place)
{
	char *colon = strrchr(place, ':'), *end;
	long line;

	if (!colon || colon == place)
		return -1;
	*colon = 0;
	if (strcmp(colon + 1, "*") == 0)
		return 0;
	errno = 0;
	line = strtol(colon + 1, &end, 10);
	return errno || *end || line <= 0 || line > INT_MAX ? -1 : (int)line;
}

/* Reads a line without its comment. Returns NULL, or what is wrong with it. */
static const char *suppress_parse(struct suppress *suppress, char *text, char *origin)
{
	char *rest = NULL, *kind = strtok_r(text, " \t\r", &rest), *what = strtok_r(NULL, " \t\r", &rest);
	char *name = strtok_r(NULL, " \t\r", &rest);
	bool by_function = what && strcmp(what, "function") == 0 && name;
	struct sim_suppression item = {0};

	if (!kind)
		return NULL;
	if (strcmp(kind, "race") != 0)
		return "only races can be suppressed; write 'race function NAME' or 'race FILE:LINE'";
	if (!what || (!by_function && (name || strcmp(what, "function") == 0)) || strtok_r(NULL, " \t\r", &rest))
		return "write 'race function NAME' or 'race FILE:LINE'";
	item.line = by_function ? 0 : suppress_line(what);
	if (item.line < 0)
		return "the place of a race is FILE:LINE, or FILE:* for all of its lines";
	item.function = by_function ? str_copy(name) : NULL;
	item.file = by_function ? NULL : str_copy(what);
	item.origin = str_copy(origin);
	suppress->items = str_checked(realloc(suppress->items, (suppress->n + 1) * sizeof *suppress->items));
	suppress->items[suppress->n++] = item;
	return NULL;
}

int suppress_read(struct suppress *suppress, const char *file, char **error)
{
	char *text = str_read_file(file, NULL), *rest = text, *line;
	const char *wrong = NULL;

	*error = NULL;
	if (!text) {
		*error = str_printf("%s: %s", file, strerror(errno));
		return -1;
	}
	for (unsigned n = 1; !wrong && (line = strsep(&rest, "\n")); n++) {
		char *origin = str_printf("%s:%u", file, n);

		line[strcspn(line, "#")] = 0;
		wrong = suppress_parse(suppress, line, origin);
		if (wrong)
			*error = str_printf("%s: %s", origin, wrong);
		free(origin);
	}
	free(text);
	return wrong ? -1 : 0;
}

void suppress_release(struct suppress *suppress)
{
	for (size_t i = 0; i < suppress->n; i++) {
		free(suppress->items[i].function);
		free(suppress->items[i].file);
		free(suppress->items[i].origin);
	}
	free(suppress->items);
	*suppress = (struct suppress){0};
}
