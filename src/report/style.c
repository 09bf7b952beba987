#include "style.h"

void style_set(FILE *out, bool color, enum style style)
{
	static const char *const codes[] = {
		[STYLE_PLAIN] = "0",
		[STYLE_BOLD] = "1",
		[STYLE_DIM] = "2",
		[STYLE_GOOD] = "1;32",
		[STYLE_BAD] = "1;31",
		[STYLE_WARNING] = "1;33",
	};

	if (color)
		fprintf(out, "\033[%sm", codes[style]);
}
