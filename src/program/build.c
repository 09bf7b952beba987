/* Compiling and linking in a work folder. */
#include "build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "compiler.h"
#include "depfile.h"
#include "externals.h"
#include "guards.h"
#include "linkline.h"
#include "objects.h"
#include "withhold.h"

/* The options of simcheck's own that end with the source: -o FILE and where the names of headers go. */
static void build_set_compile(struct build *build, struct command *command, size_t index, enum compiler_family family)
{
	const char *file = build->request->files.items[index];
	struct str_list *argv = &command->argv;

	command->log = str_printf("%s/%zu.log", build->work, index);
	str_list_add(argv, build->compiler);
	compiler_add_options(argv, family, build->instrumented);
	compiler_announce_calls(argv, file);
	if (build->instrumented && build->request->coverage)
		compiler_add_coverage(argv, family);
	str_list_take(argv, str_printf("-I%s", build->request->include_dir));
	str_list_add_all(argv, &build->compile_flags);
	str_list_add(argv, "-MMD");
	str_list_add(argv, "-MF");
	str_list_take(argv, str_printf("%s/%zu.d", build->work, index));
	str_list_add(argv, "-MT");
	str_list_add(argv, "it");
	str_list_add(argv, "-c");
	str_list_add(argv, "-o");
	str_list_take(argv, str_printf("%s/%zu.o", build->work, index));
	str_list_take(argv, str_printf("%s%s", file[0] == '-' ? "./" : "", file));
}

/* The log of a command as a new string, "" when it is not there. */
static char *build_log(const struct command *command)
{
	char *text = str_read_file(command->log, NULL);

	return text ? text : str_copy("");
}

/* What went wrong with `command`: `what` ("prog.c does not compile"), then its messages. */
static char *build_failure(const struct build *build, const struct command *command, const char *what)
{
	char *log, *text;

	if (command->status < 0)
		return str_printf("cannot run the compiler %s: %s", build->compiler, strerror(command->error));
	log = build_log(command);
	if (WIFSIGNALED(command->status))
		text = str_printf("%s: the compiler was ended by a signal (%s)\n%s", what, strsignal(WTERMSIG(command->status)),
			log);
	else
		text = str_printf("%s\n%s", what, log);
	while (*text && text[strlen(text) - 1] == '\n')
		text[strlen(text) - 1] = 0;
	free(log);
	return text;
}

/* Messages and dependencies of compilations that went well, in the order of the files. */
static void build_collect(struct build *build, const struct command *commands, const size_t *indices, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *log = build_log(&commands[i]);
		char *messages = str_printf("%s%s", build->messages, log);
		char *path = str_printf("%s/%zu.d", build->work, indices[i]);
		char *rule = str_read_file(path, NULL);

		if (rule)
			depfile_parse(rule, &build->dependencies);
		free(rule);
		free(path);
		free(log);
		free(build->messages);
		build->messages = messages;
	}
}

/* Compiles the sources among the files. */
static int build_compile(struct build *build, char **error)
{
	size_t n = 0, *indices = str_checked(calloc(build->request->files.n, sizeof *indices));
	struct command *commands = str_checked(calloc(build->request->files.n, sizeof *commands));
	long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
	char *log = str_printf("%s/family.log", build->work);
	enum compiler_family family = compiler_family(build->compiler, log);
	int failed;

	for (size_t i = 0; i < build->request->files.n; i++) {
		if (build->kinds[i] != INPUT_SOURCE)
			continue;
		indices[n] = i;
		build_set_compile(build, &commands[n++], i, family);
	}
	failed = command_run_all(commands, n, n_processors > 0 ? (size_t)n_processors : 1);
	if (failed < 0) {
		build_collect(build, commands, indices, n);
	} else {
		char *what = str_printf("%s does not compile", build->request->files.items[indices[failed]]);

		*error = build_failure(build, &commands[failed], what);
		free(what);
	}
	for (size_t i = 0; i < n; i++)
		command_release(&commands[i]);
	free(commands);
	free(indices);
	free(log);
	return failed < 0 ? 0 : -1;
}

/* The object or archive that stands for a file, as a new string. Returns NULL, with *error, when there is none. */
static char *build_object_of(struct build *build, size_t index, char **error)
{
	const char *file = build->request->files.items[index];
	char *object;

	if (build->kinds[index] == INPUT_OBJECT || build->kinds[index] == INPUT_ARCHIVE)
		return str_copy(file);
	object = str_printf("%s/%zu.o", build->work, index);
	if (build->kinds[index] == INPUT_SOURCE || embed_read(&build->about, file, object, error) == 0)
		return object;
	free(object);
	return NULL;
}

/* Notes the functions in an object or archive that simcheck-cc did not build. Returns 0, or -1 with *error. */
static int build_look_into(struct build *build, const char *file, char **error)
{
	char *stale = objects_unchecked(file, &build->about.functions, &build->about.origins);

	if (stale)
		*error = str_printf("%s was built by another version of simcheck-cc; build it again", stale);
	free(stale);
	return *error ? -1 : 0;
}

/* Sorts what there is to link. *needed: some of it has to be combined. Returns 0, or -1 with *error. */
static int build_sort(struct build *build, struct linkline *line, bool *needed, char **error)
{
	for (size_t i = 0; i < build->link_flags.n; i++) {
		if (strncmp(build->link_flags.items[i], "-L", 2) == 0)
			linkline_add_folder(line, build->link_flags.items[i] + strlen("-L"));
	}
	for (size_t i = 0; i < build->request->files.n; i++) {
		char *object = build_object_of(build, i, error);

		*needed |= build->kinds[i] != INPUT_SOURCE;
		if (object)
			linkline_add_file(line, object);
		if (build->kinds[i] == INPUT_OBJECT || build->kinds[i] == INPUT_ARCHIVE)
			build_look_into(build, object, error);
		free(object);
		if (*error)
			return -1;
	}
	for (size_t i = 0; i < build->link_flags.n; i++)
		linkline_add_option(line, build->link_flags.items[i]);
	*needed |= line->archives.n > 0;
	for (size_t i = 0; i < line->archives.n; i++) {
		str_list_add(&build->dependencies, line->archives.items[i]);
		if (build_look_into(build, line->archives.items[i], error) < 0)
			return -1;
	}
	return 0;
}

/* Fills in build->objects and build->libraries: where something was compiled already, all objects become one first. So what
 * is wrapped later are references to what none of them defines. Returns 0, or -1 with *error. */
static int build_combine(struct build *build, char **error)
{
	struct linkline line = {.compiler = build->compiler, .work = build->work, .keeps_all = true};
	bool needed = false;
	int result = build_sort(build, &line, &needed, error);

	if (result == 0 && needed) {
		char *all = str_printf("%s/all.o", build->work);

		result = linkline_combine(&line, build->request->entry, all, error);
		str_list_take(&build->objects, all);
	} else if (result == 0) {
		str_list_add_all(&build->objects, &line.combined);
	}
	str_list_add_all(&build->libraries, &build->about.libraries);
	str_list_add_all(&build->libraries, &line.libraries);
	linkline_release(&line);
	return result;
}

/* Writes the --wrap options to `path`. A function that the program has itself stays the program's. Returns 0 or -1. */
static int build_write_wraps(const struct build *build, const char *path)
{
	struct str_list defined = {0};
	FILE *file = fopen(path, "we");
	int result = file ? 0 : -1;

	for (size_t i = 0; file && i < build->objects.n; i++)
		objects_defined(build->objects.items[i], &defined);
	for (size_t i = 0; file && i < external_n_modelled(); i++) {
		if (!str_list_has(&defined, external_modelled(i)))
			fprintf(file, "-Wl,--wrap=%s\n", external_modelled(i));
	}
	if (file && fclose(file) != 0)
		result = -1;
	str_list_release(&defined);
	return result;
}

/* Options that say which of the program's own functions are called where the worker can see it: those that simcheck-cc did
 * not compile. All other names mean what is in the program, as in an executable. Returns 0, or -1 with *error. */
static int build_add_binding(struct build *build, struct str_list *argv, char **error)
{
	char *path;
	FILE *file;

	if (!build->about.functions.n) {
		str_list_add(argv, "-Wl,-Bsymbolic");
		return 0;
	}
	path = str_printf("%s/unchecked", build->work);
	file = fopen(path, "we");
	if (file) {
		fputs("{\n", file);
		for (size_t i = 0; i < build->about.functions.n; i++)
			fprintf(file, "\"%s\";\n", build->about.functions.items[i]);
		fputs("};\n", file);
	}
	if (!file || fclose(file) != 0)
		*error = str_printf("cannot write to the folder of the cache");
	str_list_take(argv, str_printf("-Wl,--dynamic-list=%s", path));
	free(path);
	return *error ? -1 : 0;
}

/* The option for room between variables. Returns 0, or -1 with *error. */
static int build_add_guards(struct build *build, struct str_list *argv, char **error)
{
	char *path = str_printf("%s/guards", build->work);
	int result = guards_write(&build->objects, path);

	if (result < 0)
		*error = str_printf("cannot write to the folder of the cache");
	str_list_take(argv, str_printf("-Wl,-T,%s", path));
	free(path);
	return result;
}

/* Options that make a shared object whose undefined symbols the worker defines. */
static int build_add_shared(struct build *build, struct str_list *argv, char **error)
{
	char *wraps = str_printf("%s/wraps", build->work);
	int result = build_write_wraps(build, wraps);

	if (result < 0)
		*error = str_printf("cannot write to the folder of the cache");
	str_list_add(argv, "-shared");
	/* The static libgcc has a __wrap_pthread_create of its own (split stacks), which would come before the worker's. */
	str_list_add(argv, "-nodefaultlibs");
	/* Addresses are bound before the program runs: binding is a change of memory that nobody announces. */
	str_list_add(argv, "-Wl,-z,now");
	if (build->request->coverage)
		str_list_add(argv, "-Wl,--emit-relocs");
	if (result == 0)
		result = build_add_binding(build, argv, error);
	if (result == 0)
		result = build_add_guards(build, argv, error);
	str_list_take(argv, str_printf("@%s", wraps));
	free(wraps);
	return result;
}

static void build_add_native(struct build *build, struct str_list *argv)
{
	/* Another entry stands in for main, which then nobody else defines. */
	if (strcmp(build->request->entry, "main") != 0)
		str_list_take(argv, str_printf("-Wl,--defsym=main=%s", build->request->entry));
}

static int build_set_link(struct build *build, struct command *command, char **error)
{
	static const char *const libraries[] = {"-Wl,--push-state,--as-needed", "-lm", "-lpthread", "-Wl,--pop-state"};
	struct str_list *argv = &command->argv;
	int result = 0;

	command->log = str_printf("%s/link.log", build->work);
	str_list_add(argv, build->compiler);
	if (build->instrumented)
		result = build_add_shared(build, argv, error);
	else
		build_add_native(build, argv);
	str_list_add(argv, "-o");
	str_list_add(argv, build->output);
	str_list_add_all(argv, &build->objects);
	if (!build->instrumented)
		compiler_add_library(argv, build->request->library);
	str_list_add_all(argv, &build->libraries);
	for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
		str_list_add(argv, libraries[i]);
	if (build->instrumented) {
		str_list_add(argv, "-lc");
		str_list_add(argv, "-l:libgcc_s.so.1");
	}
	return result;
}

static int build_link(struct build *build, char **error)
{
	struct command command = {0};
	int result = build_set_link(build, &command, error);

	if (result == 0 && command_run_all(&command, 1, 1) >= 0) {
		*error = build_failure(build, &command, "the program does not link");
		result = -1;
	}
	command_release(&command);
	return result;
}

/* A shared object may leave symbols undefined, and ld says nothing of them: what neither the worker nor the C library
 * has is an error all the same. Libraries of the user need not have versions, so nothing can be told then. */
static int build_check_missing(struct build *build, char **error)
{
	struct str_list names = {0};

	for (size_t i = 0; i < build->libraries.n; i++) {
		if (strncmp(build->libraries.items[i], "-l", 2) == 0 || build->libraries.items[i][0] == '/')
			return 0;
	}
	objects_missing(build->output, &names);
	for (size_t i = 0; i < names.n && !*error; i++) {
		if (external_classify(names.items[i], NULL) != EXTERNAL_MODELLED)
			*error = str_printf("the program does not link: nothing defines '%s'", names.items[i]);
	}
	str_list_release(&names);
	return *error ? -1 : 0;
}

int build_run(struct build *build, char **error)
{
	build->messages = str_copy("");
	build->output = str_printf("%s/program", build->work);
	*error = NULL;
	if (build_compile(build, error) < 0 || build_combine(build, error) < 0 || build_link(build, error) < 0)
		return -1;
	if (!build->instrumented)
		return 0;
	if (build_check_missing(build, error) < 0)
		return -1;
	if (build->about.functions.n && embed_write(&build->about, build->output, NULL, build->work, error) < 0)
		return -1;
	if (withhold_constructors(build->output) == 0)
		return 0;
	*error = str_printf("the linker wrote a file that is not a shared object for this machine");
	return -1;
}

void build_release(struct build *build)
{
	struct str_list *lists[] = {&build->compile_flags, &build->link_flags, &build->objects, &build->libraries,
		&build->dependencies};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		str_list_release(lists[i]);
	embed_release(&build->about);
	free(build->kinds);
	free(build->compiler);
	free(build->output);
	free(build->messages);
}
