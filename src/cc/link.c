/*
 * Linking: first as the user asked for, to an executable that runs on real threads; then all objects of the program into one,
 * which goes into the executable for simcheck to link in its own way (program/embed.h).
 */
#include "wrapper.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "embed.h"
#include "linkline.h"
#include "objects.h"
#include "tool.h"

/* What stands for a source when it is linked, as a new string. */
static char *link_object(const struct wrapper *wrapper, size_t index)
{
	return str_printf("%s/%zu.o", wrapper->work, index);
}

static int link_compile(struct wrapper *wrapper)
{
	int status = 0;

	for (size_t i = 0; i < wrapper->arguments.n && status == 0; i++) {
		if (wrapper->arguments.items[i].kind == ARGUMENT_SOURCE) {
			char *object = link_object(wrapper, i);

			status = compile_source(wrapper, i, object);
			free(object);
		}
	}
	return status;
}

/* The link that the user asked for, with simcheck's library behind everything: it defines what instrumented code calls. */
static int link_native(struct wrapper *wrapper)
{
	const struct arguments *arguments = &wrapper->arguments;
	struct str_list argv = {0};
	int status;

	str_list_add(&argv, wrapper->compiler);
	for (size_t i = 0; i < arguments->n; i++) {
		const struct argument *argument = &arguments->items[i];

		if (argument->kind == ARGUMENT_SOURCE)
			str_list_take(&argv, link_object(wrapper, i));
		else if (argument->kind != ARGUMENT_COMPILE && argument->kind != ARGUMENT_LANGUAGE)
			arguments_pass(argument, &argv);
	}
	compiler_add_library(&argv, wrapper->places.library);
	str_list_add(&argv, "-pthread");
	status = tool_run(&argv);
	str_list_release(&argv);
	return status;
}

/* Adds the argument to what there is to combine. */
static void link_sort_argument(const struct wrapper *wrapper, size_t index, struct linkline *line)
{
	const struct argument *argument = &wrapper->arguments.items[index];
	char *text = NULL;

	if (argument->kind == ARGUMENT_SOURCE) {
		text = link_object(wrapper, index);
		linkline_add_file(line, text);
	} else if (argument->kind == ARGUMENT_FILE) {
		linkline_add_file(line, argument->text);
	} else if (argument->kind == ARGUMENT_LINK && argument->value && strcmp(argument->text, "-Xlinker") == 0) {
		text = str_printf("-Wl,%s", argument->value);
		linkline_add_option(line, text);
	} else if (argument->kind == ARGUMENT_LINK) {
		text = str_printf("%s%s", argument->text, argument->value ? argument->value : "");
		linkline_add_option(line, text);
	}
	free(text);
}

static void link_sort(const struct wrapper *wrapper, struct linkline *line)
{
	const struct arguments *arguments = &wrapper->arguments;

	for (size_t i = 0; i < arguments->n; i++) {
		const struct argument *argument = &arguments->items[i];

		if (strncmp(argument->text, "-L", 2) == 0)
			linkline_add_folder(line, argument->value ? argument->value : argument->text + strlen("-L"));
	}
	for (size_t i = 0; i < arguments->n; i++)
		link_sort_argument(wrapper, i, line);
}

/* Finds the functions that simcheck-cc did not compile. */
static int link_find_unchecked(const struct wrapper *wrapper, const struct linkline *line, struct embed *embed)
{
	struct str_list files = {0};
	int status = 0;

	for (size_t i = 0; i < wrapper->arguments.n; i++) {
		const struct argument *argument = &wrapper->arguments.items[i];
		char *object = argument->kind == ARGUMENT_SOURCE ? link_object(wrapper, i) : NULL;

		if (object || argument->kind == ARGUMENT_FILE)
			str_list_add(&files, object ? object : argument->text);
		free(object);
	}
	str_list_add_all(&files, &line->archives);
	for (size_t i = 0; i < files.n && status == 0; i++) {
		char *stale = objects_unchecked(files.items[i], &embed->functions, &embed->origins);

		if (stale)
			status = tool_fail("%s was built by another version of simcheck-cc; build it again", stale);
		free(stale);
	}
	str_list_release(&files);
	return status;
}

static int link_embed(struct wrapper *wrapper, const char *program)
{
	struct linkline line = {.compiler = wrapper->compiler, .work = wrapper->work};
	char *all = str_printf("%s/all.o", wrapper->work), *error = NULL;
	struct embed embed = {0};
	int status;

	link_sort(wrapper, &line);
	status = link_find_unchecked(wrapper, &line, &embed);
	str_list_add_all(&embed.libraries, &line.libraries);
	if (status == 0 && (linkline_combine(&line, "main", all, &error) < 0 ||
		embed_write(&embed, program, all, wrapper->work, &error) < 0))
		status = tool_fail("%s: %s", program, error);
	free(error);
	free(all);
	embed_release(&embed);
	linkline_release(&line);
	return status;
}

int link_program(struct wrapper *wrapper)
{
	const char *program = wrapper->arguments.output ? wrapper->arguments.output : "a.out";
	struct stat file;
	int status = link_compile(wrapper);

	if (status == 0)
		status = link_native(wrapper);
	/* Build systems try whether a link works by one to /dev/null. */
	if (status == 0 && wrapper->arguments.is_program && stat(program, &file) == 0 && S_ISREG(file.st_mode))
		status = link_embed(wrapper, program);
	return status;
}
