/* Where the command simcheck is. */
#include "locate.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/* From the build: string literals, separated by commas. */
static const char *const locate_built_in[] = { SIM_CHECK_COMMANDS };

const char *locate_command(const char *wanted)
{
	const char *named = getenv("SIMCHECK");

	if (wanted != NULL)
		return wanted;
	if (named != NULL && *named != '\0')
		return named;
	for (size_t i = 0; i < sizeof(locate_built_in) / sizeof(*locate_built_in); i++) {
		if (access(locate_built_in[i], X_OK) == 0)
			return locate_built_in[i];
	}
	return "simcheck";
}
