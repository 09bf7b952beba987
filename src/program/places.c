/* Where the parts of simcheck are. */
#include "places.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "str.h"

int places_find(struct places *places)
{
	const char *worker = getenv("SIMCHECK_WORKER");
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	if (length < 0)
		return -1;
	path[length] = 0;
	for (int level = 0; level < 2; level++) {
		char *slash = strrchr(path, '/');

		if (slash)
			*slash = 0;
	}
	places->worker = worker ? str_copy(worker) : str_printf("%s/libexec/simcheck/simcheck-worker", path);
	places->include = str_printf("%s/include", path);
	places->library = str_printf("%s/lib/libsimcheck.a", path);
	return 0;
}

void places_release(struct places *places)
{
	free(places->worker);
	free(places->include);
	free(places->library);
	*places = (struct places){0};
}

char *places_shown(const char *path)
{
	const char *home = getenv("HOME");
	size_t length = home ? strlen(home) : 0;

	if (length > 1 && strncmp(path, home, length) == 0 && path[length] == '/')
		return str_printf("~%s", path + length);
	return str_copy(path);
}
