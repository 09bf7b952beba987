/*
 * Names of source files for people: as short as can be without two files having the same.
 */
#include "symbols_private.h"

#include <string.h>

/* Reads in the names of all source files: those of units, and of what they include. */
static void find_all_paths(struct symbols *symbols)
{
	symbols->has_all_paths = 1;
	for (Dwarf_Die *unit = utarray_front(symbols->units); unit; unit = utarray_next(symbols->units, unit)) {
		Dwarf_Attribute attribute;
		const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
		Dwarf_Files *files;
		size_t n = 0;

		if (dwarf_getsrcfiles(unit, &files, &n) != 0)
			continue;
		for (size_t i = 0; i < n; i++) {
			const char *given = dwarf_filesrc(files, i, NULL, NULL);
			if (given && strncmp(given, "/usr/", strlen("/usr/")) != 0)
				symbols_absolute(symbols, given, directory);
		}
	}
}

/* Whether another file's path ends in `end`, which follows a slash. */
static int is_ambiguous(const struct symbols *symbols, const char *path, const char *end)
{
	size_t length = strlen(end);

	for (struct symbols_path *other = NULL; (other = utarray_next(symbols->paths, other)) != NULL;) {
		size_t n = strlen(other->absolute);
		if (strcmp(other->absolute, path) != 0 && n > length && strcmp(other->absolute + n - length, end) == 0 &&
		    other->absolute[n - length - 1] == '/')
			return 1;
	}
	return 0;
}

static const char *shortest_end(const struct symbols *symbols, const char *path)
{
	const char *end = path + strlen(path);

	while (end > path) {
		do
			end--;
		while (end > path && end[-1] != '/');
		if (!is_ambiguous(symbols, path, end))
			return end;
		if (end > path)
			end--; /* the slash */
	}
	return path;
}

const char *symbols_file(struct symbols *symbols, const char *path)
{
	if (!symbols->has_all_paths)
		find_all_paths(symbols);
	for (struct symbols_path *known = NULL; (known = utarray_next(symbols->paths, known)) != NULL;) {
		if (known->absolute != path)
			continue;
		if (!known->shown)
			known->shown = shortest_end(symbols, path);
		return known->shown;
	}
	return shortest_end(symbols, path);
}
