/*
 * simcheck-cc: a C compiler for programs that simcheck is to check. It takes the arguments of the system's compiler, which
 * does the work (cc, or what SIMCHECK_CC names), and has it instrument what it compiles. What it links runs by itself, on real
 * threads, and can be given to simcheck.
 *
 * Options of optimisation are left out, since -O0 keeps the accesses as they were written, unless SIMCHECK_KEEP_O is set.
 * With SIMCHECK_COVERAGE set, simcheck --coverage can tell what was never reached of the program.
 */
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "tool.h"
#include "wrapper.h"

/* Exactly what was asked for: nothing is compiled. */
static int main_ask(const struct wrapper *wrapper, int argc, char **argv)
{
	struct str_list command = {0};
	int status;

	str_list_add(&command, wrapper->compiler);
	for (int i = 1; i < argc; i++)
		str_list_add(&command, argv[i]);
	status = tool_run(&command);
	str_list_release(&command);
	return status;
}

/* Finds the compiler, and a folder to work in. Returns an exit status. */
static int main_prepare(struct wrapper *wrapper)
{
	const char *name = getenv("SIMCHECK_CC"), *level = getenv("SIMCHECK_KEEP_O");
	const char *coverage = getenv("SIMCHECK_COVERAGE");
	char *error = NULL, *folder, *log;

	if (!name || !*name)
		name = "cc";
	wrapper->keeps_level = level && *level;
	wrapper->covers = coverage && *coverage;
	wrapper->compiler = compiler_find(name);
	if (!wrapper->compiler)
		return tool_fail("the compiler '%s' was not found; name one in the environment variable SIMCHECK_CC", name);
	if (places_find(&wrapper->places) < 0)
		return tool_fail("the system does not tell where simcheck-cc is (/proc is needed)");
	folder = cache_folder(NULL, &error);
	wrapper->work = folder ? cache_work_folder(folder) : NULL;
	free(folder);
	if (!wrapper->work)
		return tool_fail("%s", error ? error : "no folder to work in");
	log = str_printf("%s/family.log", wrapper->work);
	wrapper->family = compiler_family(wrapper->compiler, log);
	free(log);
	return 0;
}

static void main_release(struct wrapper *wrapper)
{
	if (wrapper->work)
		cache_remove_work_folder(wrapper->work);
	free(wrapper->compiler);
	places_release(&wrapper->places);
	arguments_release(&wrapper->arguments);
}

int main(int argc, char **argv)
{
	struct wrapper wrapper = {0};
	const char *wrong = NULL;
	int status = main_prepare(&wrapper);

	if (status == 0 && arguments_sort(&wrapper.arguments, argc, argv, wrapper.keeps_level, &wrong) < 0)
		status = tool_fail("%s does not go with simcheck; build without it", wrong);
	if (status == 0 && wrapper.arguments.goal == ARGUMENTS_ASK)
		status = main_ask(&wrapper, argc, argv);
	else if (status == 0 && wrapper.arguments.goal == ARGUMENTS_STOP)
		status = compile_and_stop(&wrapper);
	else if (status == 0)
		status = link_program(&wrapper);
	main_release(&wrapper);
	return status;
}
