/* C sources to something that runs. */
#include "program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "build.h"
#include "cache.h"
#include "compiler.h"
#include "externals.h"
#include "objects.h"

static void program_split_flags(struct build *build)
{
	const struct str_list *flags = &build->request->flags;

	for (size_t i = 0; i < flags->n; i++) {
		const char *flag = flags->items[i];
		bool links = strncmp(flag, "-l", 2) == 0 || strncmp(flag, "-L", 2) == 0 || strncmp(flag, "-Wl,", 4) == 0;

		str_list_add(links ? &build->link_flags : &build->compile_flags, flag);
	}
}

/* A file that results depend on without reading it whole each time: name, size and time of its last change. */
static void program_add_stamp(struct key *key, const char *path)
{
	struct stat status = {0};

	stat(path, &status);
	key_add_text(key, path);
	key_add(key, &status.st_size, sizeof status.st_size);
	key_add(key, &status.st_mtim.tv_sec, sizeof status.st_mtim.tv_sec);
	key_add(key, &status.st_mtim.tv_nsec, sizeof status.st_mtim.tv_nsec);
}

/* What changes the result without being named in the request. */
static void program_add_surroundings(struct key *key)
{
	static const char *const variables[] = {"CPATH", "C_INCLUDE_PATH", "LIBRARY_PATH", "COMPILER_PATH",
		"GCC_EXEC_PREFIX"};
	char *folder = getcwd(NULL, 0);

	for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
		const char *value = getenv(variables[i]);

		key_add_text(key, value ? value : "");
	}
	/* Debug information says where relative names start. */
	key_add_text(key, folder ? folder : "");
	free(folder);
}

static void program_add_flags(struct key *key, const struct build *build)
{
	const struct str_list *lists[] = {&build->compile_flags, &build->link_flags};

	for (size_t list = 0; list < 2; list++) {
		key_add(key, &lists[list]->n, sizeof lists[list]->n);
		for (size_t i = 0; i < lists[list]->n; i++)
			key_add_text(key, lists[list]->items[i]);
	}
	key_add_text(key, build->request->entry);
}

/* Adds names and bytes of all sources. Returns the file that cannot be read, or NULL. */
static const char *program_add_files(struct key *key, const struct str_list *files, bool whole_names)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *slash = whole_names ? NULL : strrchr(files->items[i], '/');
		size_t size;
		char *bytes = str_read_file(files->items[i], &size);

		if (!bytes)
			return files->items[i];
		key_add_text(key, slash ? slash + 1 : files->items[i]);
		key_add(key, bytes, size);
		free(bytes);
	}
	return NULL;
}

static void program_add_options(struct key *key, const struct build *build)
{
	struct str_list gcc = {0}, clang = {0};

	compiler_add_options(&gcc, COMPILER_GCC_CLEARS, build->instrumented);
	compiler_add_options(&clang, COMPILER_CLANG, build->instrumented);
	for (size_t i = 0; i < gcc.n; i++)
		key_add_text(key, gcc.items[i]);
	for (size_t i = 0; i < clang.n; i++)
		key_add_text(key, clang.items[i]);
	for (size_t i = 0; build->instrumented && i < external_n_modelled(); i++)
		key_add_text(key, external_modelled(i));
	str_list_release(&gcc);
	str_list_release(&clang);
}

/* The key that the cache is asked for. Returns 0, or -1 with *error. */
static int program_key(const struct build *build, char text[KEY_SIZE], char **error)
{
	const struct program_request *request = build->request;
	struct key key;
	const char *unreadable;

	key_start(&key);
	key_add_text(&key, SIMCHECK_VERSION);
	program_add_options(&key, build);
	key_add_text(&key, request->coverage ? "coverage" : "");
	program_add_stamp(&key, build->compiler);
	if (!build->instrumented)
		program_add_stamp(&key, request->library);
	key_add_text(&key, request->include_dir);
	program_add_surroundings(&key);
	program_add_flags(&key, build);
	unreadable = program_add_files(&key, &request->files, true);
	key_finish(&key, text);
	if (unreadable)
		*error = str_printf("%s: %s", unreadable, strerror(errno));
	return unreadable ? -1 : 0;
}

static void program_content(const struct build *build, struct program *program)
{
	char text[KEY_SIZE];
	struct key key;

	key_start(&key);
	program_add_flags(&key, build);
	program_add_files(&key, &build->request->files, false);
	key_finish(&key, text);
	snprintf(program->content, sizeof program->content, "%.8s", text);
}

static int program_check_entry(const struct program_request *request, const char *path, char **error)
{
	if (objects_has_function(path, request->entry))
		return 0;
	if (strcmp(request->entry, "main") == 0)
		*error = str_printf("%s%s no function main; name another one to run with --entry=NAME", request->files.items[0],
			request->files.n > 1 ? " and the other files have" : " has");
	else
		*error = str_printf("--entry=%s: the program has no function of that name that is not static", request->entry);
	return -1;
}

/* Builds what the cache lacks. */
static int program_make(struct build *build, struct cache_entry *entry, char **error)
{
	int result;

	build->work = cache_work_folder(entry->folder);
	if (!build->work) {
		*error = str_printf("cannot make a folder in %s: %s", entry->folder, strerror(errno));
		return -1;
	}
	result = build_run(build, error);
	if (result == 0 && build->instrumented)
		result = program_check_entry(build->request, build->output, error);
	if (result == 0) {
		entry->messages = str_copy(build->messages);
		result = cache_store(entry, build->output, &build->dependencies);
		if (result < 0)
			*error = str_printf("cannot write to %s: %s", entry->folder, strerror(errno));
	}
	cache_remove_work_folder(build->work);
	return result;
}

/* Finds or builds, with compiler and flags known. */
static int program_obtain(struct build *build, struct program *program, char **error)
{
	char *folder = cache_folder(NULL, error);
	struct cache_entry entry = {.folder = folder, .suffix = build->instrumented ? ".so" : ".exe"};
	int result = folder ? program_key(build, entry.sources, error) : -1;

	if (result == 0) {
		program_content(build, program);
		program->cached = cache_find(&entry);
		if (!program->cached)
			result = program_make(build, &entry, error);
	}
	program->path = entry.path;
	program->messages = entry.messages;
	free(folder);
	return result;
}

static double program_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Looks at the request. Returns 0, or -1 with *error. */
static int program_prepare(struct build *build, char **error)
{
	const struct program_request *request = build->request;

	build->kinds = str_checked(calloc(request->files.n + 1, sizeof *build->kinds));
	for (size_t i = 0; i < request->files.n; i++) {
		if ((*error = input_classify(request->files.items[i], &build->kinds[i])))
			return -1;
	}
	build->compiler = compiler_find(request->cc);
	if (!build->compiler) {
		*error = str_printf("the compiler '%s' was not found; name one with --cc", request->cc);
		return -1;
	}
	program_split_flags(build);
	return 0;
}

/* What the shared object says of its parts. Returns 0, or -1 with *error. */
static int program_read_unchecked(struct program *program, char **error)
{
	struct embed about = {0};
	size_t size;
	char *section = objects_read_section(program->path, EMBED_SECTION, &size);
	int result = section ? embed_read(&about, program->path, NULL, error) : 0;

	for (size_t i = 0; i < about.functions.n; i++)
		str_list_take(&program->unchecked, str_printf("%s %s", about.functions.items[i], about.origins.items[i]));
	embed_release(&about);
	free(section);
	return result;
}

static int program_run(struct build *build, struct program *program, char **error)
{
	double start = program_now();
	int result;

	*program = (struct program){0};
	*error = NULL;
	result = program_prepare(build, error);
	if (result == 0)
		result = program_obtain(build, program, error);
	if (result == 0 && build->instrumented)
		result = program_read_unchecked(program, error);
	program->seconds = program_now() - start;
	if (result < 0)
		program_release(program);
	build_release(build);
	return result;
}

int program_build(struct program *program, const struct program_request *request, char **error)
{
	struct build build = {.request = request, .instrumented = true};

	return program_run(&build, program, error);
}

int program_build_native(struct program *program, const struct program_request *request, char **error)
{
	struct build build = {.request = request};

	return program_run(&build, program, error);
}

void program_release(struct program *program)
{
	free(program->path);
	free(program->messages);
	str_list_release(&program->unchecked);
	*program = (struct program){0};
}
