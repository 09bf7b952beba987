/* Reading make rules as compilers write them: a backslash before a newline goes on, one before a space or # quotes it,
 * and $$ is a dollar. */
#include "depfile.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *depfile_skip_space(const char *text)
{
	for (;;) {
		if (isspace((unsigned char)*text))
			text++;
		else if (text[0] == '\\' && text[1] == '\n')
			text += 2;
		else
			return text;
	}
}

/* Copies one name to `name`, which is large enough, and returns what follows it. */
static const char *depfile_name(const char *text, char *name)
{
	while (*text && !isspace((unsigned char)*text)) {
		if (text[0] == '\\' && text[1] == '\n')
			break;
		if ((text[0] == '\\' && (text[1] == ' ' || text[1] == '#')) || (text[0] == '$' && text[1] == '$'))
			text++;
		*name++ = *text++;
	}
	*name = 0;
	return text;
}

void depfile_parse(const char *text, struct str_list *files)
{
	char *name = str_checked(malloc(strlen(text) + 1));
	const char *colon = strstr(text, ": ");

	for (text = colon ? colon + 1 : ""; *(text = depfile_skip_space(text));) {
		text = depfile_name(text, name);
		if (!str_list_has(files, name))
			str_list_add(files, name);
	}
	free(name);
}
