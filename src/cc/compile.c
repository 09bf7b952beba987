/* Compiling with instrumentation. */
#include "wrapper.h"

#include <string.h>

#include "tool.h"

/* After the user's own, so that they win: without them the objects would be of no use. */
static void compile_add_options(const struct wrapper *wrapper, struct str_list *argv)
{
	str_list_take(argv, str_printf("-I%s", wrapper->places.include));
	if (!wrapper->keeps_level)
		str_list_add(argv, "-O0");
	str_list_add(argv, "-g");
	compiler_add_instrumentation(argv, wrapper->family);
	for (size_t i = 0; i < wrapper->arguments.n; i++) {
		if (wrapper->arguments.items[i].kind == ARGUMENT_SOURCE)
			compiler_announce_calls(argv, wrapper->arguments.items[i].text);
	}
	if (wrapper->covers)
		compiler_add_coverage(argv, wrapper->family);
	/* By what is recorded simcheck knows such an object (compiler_trace()). */
	str_list_add(argv, "-frecord-gcc-switches");
}

int compile_and_stop(struct wrapper *wrapper)
{
	const struct arguments *arguments = &wrapper->arguments;
	struct str_list argv = {0};
	int status;

	str_list_add(&argv, wrapper->compiler);
	for (size_t i = 0; i < arguments->n; i++)
		arguments_pass(&arguments->items[i], &argv);
	if (arguments->has_sources)
		compile_add_options(wrapper, &argv);
	status = tool_run(&argv);
	str_list_release(&argv);
	return status;
}

/* Where gcc would write the rule of dependencies of a source that it compiles and links at once. */
static char *compile_rule_file(const char *source)
{
	const char *slash = strrchr(source, '/'), *name = slash ? slash + 1 : source, *dot = strrchr(name, '.');

	return str_printf("%.*s.d", dot ? (int)(dot - name) : (int)strlen(name), name);
}

int compile_source(struct wrapper *wrapper, size_t index, const char *object)
{
	const struct arguments *arguments = &wrapper->arguments;
	const struct argument *source = &arguments->items[index];
	struct str_list argv = {0};
	int status;

	str_list_add(&argv, wrapper->compiler);
	for (size_t i = 0; i < arguments->n; i++) {
		if (arguments->items[i].kind == ARGUMENT_BOTH || arguments->items[i].kind == ARGUMENT_COMPILE)
			arguments_pass(&arguments->items[i], &argv);
	}
	if (arguments->has_dependencies) {
		str_list_add(&argv, "-MF");
		str_list_take(&argv, compile_rule_file(source->text));
	}
	if (source->language) {
		str_list_add(&argv, "-x");
		str_list_add(&argv, source->language);
	}
	str_list_add(&argv, source->text);
	str_list_add(&argv, "-c");
	str_list_add(&argv, "-o");
	str_list_add(&argv, object);
	if (arguments->has_sources)
		compile_add_options(wrapper, &argv);
	status = tool_run(&argv);
	str_list_release(&argv);
	return status;
}
