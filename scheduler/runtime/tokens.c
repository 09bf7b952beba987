/* Functions that cut the strings that they are given. */
#include <libgen.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#undef basename /* <libgen.h> means the one that cuts */

#include "library.h"
#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Cuts at the first of the characters in `set`, and says where what follows begins. Without one, that is the end. */
static bool tokens_cut(char *s, struct view set, char **rest)
{
	struct view view = view_take(s, SIZE_MAX, reach_until_any(1, set));
	bool found = ((const char *)view.at)[view.n - 1];
	*rest = s + view.n - 1;
	if (found)
		*rest = runtime_put(*rest, "", 1);
	return found;
}

static size_t tokens_span(const char *s, struct view set)
{
	return view_take(s, SIZE_MAX, reach_while_any(1, set)).n - 1;
}

static struct view tokens_set(const char *characters)
{
	struct view set = view_string(characters, SIZE_MAX, 1);
	set.n--;
	return set;
}

/* The token at `s`, and where to go on. */
static char *tokens_next(char *s, const char *characters, char **rest)
{
	char *top = scratch_top();
	struct view set = tokens_set(characters);
	s += tokens_span(s, set);
	bool ends = !runtime_reads_string(s, 1);
	*rest = s;
	if (!ends)
		tokens_cut(s, set, rest);
	scratch_release(top);
	return ends ? NULL : s;
}

RUNTIME_API char *__wrap_strtok_r(char *s, const char *characters, char **rest)
{
	char *next;
	if (!s) {
		runtime_reads(rest, sizeof *rest);
		s = *rest;
	}
	char *token = tokens_next(s, characters, &next);
	runtime_put(rest, &next, sizeof *rest);
	return token;
}

RUNTIME_API char *__wrap_strtok(char *s, const char *characters)
{
	world_running->effects++;
	if (!s && !library.strtok_rest) {
		library_reads(&library.strtok_rest, sizeof library.strtok_rest);
		return NULL;
	}
	return __wrap_strtok_r(s, characters, &library.strtok_rest);
}

RUNTIME_API char *__wrap_strsep(char **rest, const char *characters)
{
	char *top = scratch_top(), *token, *next;
	runtime_reads(rest, sizeof *rest);
	token = *rest;
	if (!token)
		return NULL;
	if (!tokens_cut(token, tokens_set(characters), &next))
		next = NULL;
	runtime_put(rest, &next, sizeof *rest);
	scratch_release(top);
	return token;
}

/* What a function does that cuts a path: it works on a copy, and what it changed there is changed for the program. */
static char *tokens_cut_path(char *path, char *(*cut)(char *))
{
	if (!path)
		return cut(NULL);
	char *top = scratch_top();
	struct view view = view_string(path, SIZE_MAX, 1);
	char *copy = scratch_push(view.at, view.n), *result = cut(copy);
	for (size_t i = 0; i < view.n; i++)
		if (copy[i] != ((const char *)view.at)[i])
			runtime_put(path + i, &copy[i], 1);
	bool inside = result >= copy && result < copy + view.n; /* else it is a constant: "." */
	scratch_release(top);
	return inside ? path + (result - copy) : result;
}

RUNTIME_API char *__wrap_dirname(char *path)
{
	return tokens_cut_path(path, dirname);
}

RUNTIME_API char *__wrap___xpg_basename(char *path)
{
	return tokens_cut_path(path, __xpg_basename);
}
