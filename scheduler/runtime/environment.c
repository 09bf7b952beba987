/*
 * The environment of the program: empty at the beginning, and its own from then on. Changing it while another thread looks
 * at it is a data race, as on the real libraries.
 */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "library.h"
#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The environment is looked at, or changed, as a whole: what follows in the same function is part of that one access. */
static void environment_reads(void)
{
	library_reads(&library.environment, sizeof library.environment);
}

static void environment_writes(void)
{
	library_writes(&library.environment, sizeof library.environment);
	library.environment++;
}

/* Where the variable is among `environ`; else where their end is. */
static char **environment_find(const char *name, size_t length)
{
	char **variable = environ;
	for (; variable && *variable; variable++)
		if (strncmp(*variable, name, length) == 0 && (*variable)[length] == '=')
			break;
	return variable;
}

static void environment_set_pointer(char **at, char *variable)
{
	undo_save(&world_running->execution.undo, at, sizeof *at);
	*at = variable;
}

RUNTIME_API char *__wrap_getenv(const char *name)
{
	char *top = scratch_top();
	struct view view = view_string(name, SIZE_MAX, 1);
	size_t length = view.n - 1;
	environment_reads();
	char **variable = environment_find(view.at, length);
	scratch_release(top);
	return variable && *variable ? *variable + length + 1 : NULL;
}

RUNTIME_API char *__wrap_secure_getenv(const char *name)
{
	return __wrap_getenv(name);
}

static int environment_fail(int error)
{
	world_thread()->error = error;
	return -1;
}

/* Makes `variable` ("NAME=value") one of the environment's. */
static int environment_put(char *variable, size_t length)
{
	char **at = environment_find(variable, length);
	if (environ != library.variables || at == library.variables + LIBRARY_MAX_VARIABLES)
		world_refuse("setenv", "the environment was replaced by the program, or is full");
	bool is_new = !*at;
	environment_set_pointer(at, variable);
	if (is_new)
		environment_set_pointer(at + 1, NULL);
	return 0;
}

static bool environment_is_name(struct view name)
{
	return name.n > 1 && !memchr(name.at, '=', name.n);
}

/* The library's memory for texts is never given back, as on the real libraries. */
static char *environment_text(struct view name, struct view value)
{
	size_t size = name.n + value.n;
	char *text = library.text + library.n_text;
	if (size > LIBRARY_TEXT - library.n_text)
		return NULL;
	undo_save(&world_running->execution.undo, &library.n_text, sizeof library.n_text);
	undo_save(&world_running->execution.undo, text, size);
	library.n_text += size;
	memcpy(mempcpy(mempcpy(text, name.at, name.n - 1), "=", 1), value.at, value.n);
	return text;
}

RUNTIME_API int __wrap_setenv(const char *name, const char *value, int overwrite)
{
	char *top = scratch_top();
	struct view one = view_string(name, SIZE_MAX, 1), two = view_string(value, SIZE_MAX, 1);
	if (!environment_is_name(one))
		return environment_fail(EINVAL);
	environment_writes();
	char **variable = environment_find(one.at, one.n - 1);
	int result = 0;
	if (!variable || !*variable || overwrite) {
		char *text = environment_text(one, two);
		result = text ? environment_put(text, one.n - 1) : environment_fail(ENOMEM);
	}
	scratch_release(top);
	return result;
}

RUNTIME_API int __wrap_unsetenv(const char *name)
{
	char *top = scratch_top();
	struct view view = view_string(name, SIZE_MAX, 1);
	if (!environment_is_name(view))
		return environment_fail(EINVAL);
	environment_writes();
	for (char **at = environment_find(view.at, view.n - 1); at && *at; at = environment_find(view.at, view.n - 1))
		for (; *at; at++)
			environment_set_pointer(at, at[1]);
	scratch_release(top);
	return 0;
}

/* The string itself becomes part of the environment. */
RUNTIME_API int __wrap_putenv(char *variable)
{
	char *top = scratch_top();
	struct view view = view_take(variable, SIZE_MAX, reach_string_until(1, '='));
	bool sets = ((const char *)view.at)[view.n - 1];
	scratch_release(top);
	if (!sets)
		return __wrap_unsetenv(variable);
	environment_writes();
	return environment_put(variable, view.n - 1);
}

RUNTIME_API int __wrap_clearenv(void)
{
	environment_writes();
	environment_set_pointer(library.variables, NULL);
	return 0;
}
