/* Response files. */
#include "response.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { RESPONSE_MAX_DEPTH = 64 }; /* a file may name itself */

/* Copies the argument that begins at `text` to `word`, which is large enough, unquoted. Returns what follows it. */
static const char *response_word(const char *text, char *word)
{
	char quote = 0;

	for (; *text && (quote || !isspace((unsigned char)*text)); text++) {
		if (*text == '\\' && text[1])
			*word++ = *++text;
		else if (quote && *text == quote)
			quote = 0;
		else if (!quote && (*text == '"' || *text == '\''))
			quote = *text;
		else
			*word++ = *text;
	}
	*word = 0;
	return text;
}

static void response_add(struct str_list *arguments, const char *argument, int depth)
{
	char *text = argument[0] == '@' && depth < RESPONSE_MAX_DEPTH ? str_read_file(argument + 1, NULL) : NULL, *word;

	if (!text) {
		str_list_add(arguments, argument);
		return;
	}
	word = str_checked(malloc(strlen(text) + 1));
	for (const char *rest = text;;) {
		while (isspace((unsigned char)*rest))
			rest++;
		if (!*rest)
			break;
		rest = response_word(rest, word);
		response_add(arguments, word, depth + 1);
	}
	free(word);
	free(text);
}

void response_expand(struct str_list *arguments, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		response_add(arguments, argv[i], 0);
}
