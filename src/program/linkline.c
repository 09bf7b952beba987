/* What a link takes, sorted. */
#include "linkline.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

/* Words for the linker that concern the objects and archives after them, or all. */
static const char *const linkline_for_objects[] = {"--whole-archive", "--no-whole-archive", "--start-group", "--end-group",
	"-(", "-)", "--allow-multiple-definition"};

/* Those whose next word belongs to them. */
static const char *const linkline_with_word[] = {"-rpath", "-rpath-link", "-soname", "-h", "-z", "-T", "-u", "-e", "-m",
	"-Map", "-defsym", "--defsym", "--version-script", "--dynamic-list", "-y", "-b", "-init", "-fini"};

/* The C library, of which there is always a shared version. */
static const char *const linkline_system[] = {"c", "m", "pthread", "rt", "dl", "util"};

static bool linkline_is_one_of(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

/* For the linker, whatever commas are in it. */
static void linkline_add_word(struct str_list *list, const char *word)
{
	str_list_add(list, "-Xlinker");
	str_list_add(list, word);
}

void linkline_add_folder(struct linkline *line, const char *folder)
{
	char path[PATH_MAX];

	if (!realpath(folder, path) || str_list_has(&line->folders, path))
		return;
	str_list_add(&line->folders, path);
	str_list_take(&line->libraries, str_printf("-L%s", path));
	/* The worker must find what the linker found. */
	linkline_add_word(&line->libraries, "-rpath");
	linkline_add_word(&line->libraries, path);
}

static bool linkline_is_shared(const char *file)
{
	const char *slash = strrchr(file, '/'), *so = strstr(slash ? slash : file, ".so");

	return so && (!so[3] || so[3] == '.');
}

void linkline_add_file(struct linkline *line, const char *file)
{
	char path[PATH_MAX], *slash;

	if (!linkline_is_shared(file)) {
		str_list_take(&line->combined, str_printf("%s%s", file[0] == '-' ? "./" : "", file));
		return;
	}
	if (!realpath(file, path))
		return;
	str_list_add(&line->libraries, path);
	slash = strrchr(path, '/');
	*slash = 0;
	linkline_add_word(&line->libraries, "-rpath");
	linkline_add_word(&line->libraries, slash == path ? "/" : path);
}

/* Where the system has the file, as a new string; NULL: nowhere. */
static char *linkline_ask(const struct linkline *line, const char *file)
{
	struct command command = {.log = str_printf("%s/library.log", line->work)};
	char *answer = NULL;

	str_list_add(&command.argv, line->compiler);
	str_list_take(&command.argv, str_printf("-print-file-name=%s", file));
	if (command_run_all(&command, 1, 1) < 0 && (answer = str_read_file(command.log, NULL)))
		answer[strcspn(answer, "\n")] = 0;
	command_release(&command);
	/* A name without a folder is how it says that there is none. */
	if (answer && strchr(answer, '/'))
		return answer;
	free(answer);
	return NULL;
}

/* The path of `file` in the folders of the line, as a new string; NULL: in none. */
static char *linkline_look(const struct linkline *line, const char *file)
{
	for (size_t i = 0; i < line->folders.n; i++) {
		char *path = str_printf("%s/%s", line->folders.items[i], file);

		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* The archive that -lNAME stands for, as a new string; NULL: it is a shared library. */
static char *linkline_archive(const struct linkline *line, const char *name)
{
	char *shared = str_printf("lib%s.so", name), *archive = str_printf("lib%s.a", name);
	char *found = line->prefers_archives ? NULL : linkline_look(line, shared), *result = NULL;

	if (name[0] == ':')
		result = !linkline_is_shared(name) ? linkline_look(line, name + 1) : NULL;
	else if (!found && !(result = linkline_look(line, archive)) &&
		!linkline_is_one_of(name, linkline_system, sizeof linkline_system / sizeof linkline_system[0]) &&
		!(found = linkline_ask(line, shared)))
		result = linkline_ask(line, archive);
	free(found);
	free(shared);
	free(archive);
	return result;
}

static void linkline_add_library(struct linkline *line, const char *option)
{
	char *archive = linkline_archive(line, option + strlen("-l"));

	if (archive) {
		str_list_add(&line->combined, archive);
		str_list_add(&line->archives, archive);
	} else {
		str_list_add(&line->libraries, option);
	}
	free(archive);
}

static void linkline_add_linker_word(struct linkline *line, const char *word, bool belongs)
{
	if (belongs) {
		if (line->keeps_all)
			linkline_add_word(&line->libraries, word);
	} else if (linkline_is_one_of(word, linkline_for_objects, sizeof linkline_for_objects / sizeof linkline_for_objects[0])) {
		linkline_add_word(&line->combined, word);
	} else if (strncmp(word, "-l", 2) == 0) {
		linkline_add_library(line, word);
	} else if (strcmp(word, "-Bstatic") == 0 || strcmp(word, "-Bdynamic") == 0) {
		line->prefers_archives = strcmp(word, "-Bstatic") == 0;
	} else if (word[0] != '-' && access(word, R_OK) == 0) {
		linkline_add_file(line, word);
	} else if (line->keeps_all) {
		linkline_add_word(&line->libraries, word);
	}
}

void linkline_add_option(struct linkline *line, const char *option)
{
	if (strncmp(option, "-l", 2) == 0 && option[2]) {
		linkline_add_library(line, option);
	} else if (strcmp(option, "-static") == 0) {
		line->prefers_archives = true;
	} else if (strncmp(option, "-Wl,", 4) == 0) {
		char *words = str_copy(option + strlen("-Wl,")), *rest = words, *word;
		bool belongs = false;

		while ((word = strsep(&rest, ","))) {
			linkline_add_linker_word(line, word, belongs);
			belongs = !belongs && linkline_is_one_of(word, linkline_with_word,
				sizeof linkline_with_word / sizeof linkline_with_word[0]);
		}
		free(words);
	}
}

int linkline_combine(const struct linkline *line, const char *entry, const char *output, char **error)
{
	static const char *const options[] = {"-r", "-nostdlib", "-Xlinker", "-u", "-Xlinker"};
	struct command command = {.log = str_printf("%s/combine.log", line->work)};
	int result = 0;

	str_list_add(&command.argv, line->compiler);
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		str_list_add(&command.argv, options[i]);
	str_list_add(&command.argv, entry);
	str_list_add(&command.argv, "-o");
	str_list_add(&command.argv, output);
	str_list_add_all(&command.argv, &line->combined);
	if (command_run_all(&command, 1, 1) >= 0) {
		char *log = str_read_file(command.log, NULL);

		*error = str_printf("the program does not link\n%s", log ? log : "");
		while (**error && (*error)[strlen(*error) - 1] == '\n')
			(*error)[strlen(*error) - 1] = 0;
		free(log);
		result = -1;
	}
	command_release(&command);
	return result;
}

void linkline_release(struct linkline *line)
{
	str_list_release(&line->folders);
	str_list_release(&line->combined);
	str_list_release(&line->archives);
	str_list_release(&line->libraries);
}
