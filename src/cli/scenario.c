/* What a program says of itself. */
#include "scenario.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The end of the comments that `text` starts with: of the last one, when blank space alone separates them. */
static const char *scenario_comments_end(const char *text)
{
	const char *end = text;

	for (;;) {
		while (isspace((unsigned char)*text))
			text++;
		if (strncmp(text, "//", 2) == 0)
			text += strcspn(text, "\n");
		else if (strncmp(text, "/*", 2) != 0)
			return end;
		else if (!(text = strstr(text + 2, "*/")))
			return end + strlen(end);
		else
			text += 2;
		end = text;
	}
}

/* Adds what follows `label` on the line from `line` to `end`, without blanks around it and the comment's end. */
static void scenario_match(const char *line, const char *end, const char *label, struct str_list *list)
{
	const char *found = memmem(line, (size_t)(end - line), label, strlen(label));
	const char *close;

	if (!found)
		return;
	found += strlen(label);
	close = memmem(found, (size_t)(end - found), "*/", 2);
	if (close)
		end = close;
	while (found < end && isspace((unsigned char)*found))
		found++;
	while (end > found && isspace((unsigned char)end[-1]))
		end--;
	str_list_take(list, str_printf("%.*s", (int)(end - found), found));
}

void scenario_read(struct scenario *scenario, const char *file)
{
	char *text = str_read_file(file, NULL);
	const char *end = text ? scenario_comments_end(text) : NULL;

	*scenario = (struct scenario){0};
	for (const char *line = text; line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *line_end = newline ? newline : end;

		scenario_match(line, line_end, "SIMCHECK-EXPECT:", &scenario->expectations);
		scenario_match(line, line_end, "SIMCHECK-OPTIONS:", &scenario->options);
		line = newline ? newline + 1 : end;
	}
	free(text);
}

void scenario_release(struct scenario *scenario)
{
	str_list_release(&scenario->expectations);
	str_list_release(&scenario->options);
}
