#include "channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json_output.h"

enum { CHANNEL_FD = 3 };

void channel_send(json_t *message)
{
	char *line = json_dumps(message, JSON_COMPACT);
	json_decref(message);
	if (!line || dprintf(CHANNEL_FD, "%s\n", line) < 0)
		_exit(70);
	free(line);
}

void channel_send_output(const char *text, size_t n)
{
	/* Strings of messages hold no null bytes: each ends a piece. */
	while (n > 0) {
		char *piece = strndup(text, n);
		if (!piece)
			abort();
		size_t length = strlen(piece);
		if (length)
			channel_send(json_pack("{s:s, s:o}", "type", "output", "text", output_text(piece)));
		free(piece);
		text += length < n ? length + 1 : n;
		n -= length < n ? length + 1 : n;
	}
}
