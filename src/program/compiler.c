/* The system's C compiler. */
#include "compiler.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

char *compiler_find(const char *cc)
{
	const char *folders = getenv("PATH");

	if (!*cc || strchr(cc, '/'))
		return access(cc, X_OK) == 0 ? str_copy(cc) : NULL;
	if (!folders)
		folders = "/usr/local/bin:/usr/bin:/bin";
	for (const char *folder = folders;;) {
		int length = (int)strcspn(folder, ":");
		char *path = str_printf("%.*s/%s", length ? length : 1, length ? folder : ".", cc);

		if (access(path, X_OK) == 0)
			return path;
		free(path);
		if (!folder[length])
			return NULL;
		folder += length + 1;
	}
}

static enum compiler_family compiler_ask(const char *path, const char *log)
{
	static const char *const question[] = {"-dM", "-E", "-x", "c", "/dev/null"};
	struct command command = {.log = str_copy(log)};
	enum compiler_family family = COMPILER_GCC;
	char *answer;

	str_list_add(&command.argv, path);
	for (size_t i = 0; i < sizeof question / sizeof question[0]; i++)
		str_list_add(&command.argv, question[i]);
	if (command_run_all(&command, 1, 1) < 0 && (answer = str_read_file(log, NULL))) {
		if (strstr(answer, "__clang__"))
			family = COMPILER_CLANG;
		free(answer);
	}
	command_release(&command);
	return family;
}

enum compiler_family compiler_family(const char *path, const char *log)
{
	char real[PATH_MAX];
	const char *name;

	if (!realpath(path, real))
		return COMPILER_GCC;
	name = strrchr(real, '/') + 1;
	if (strstr(name, "clang"))
		return COMPILER_CLANG;
	if (strstr(name, "gcc"))
		return COMPILER_GCC;
	return compiler_ask(path, log);
}

void compiler_add_options(struct str_list *arguments, enum compiler_family family, bool instrumented)
{
	/* -O0 keeps the accesses as they were written. Frame pointers let the worker find the line of an operation by
	 * walking the stack, which makes the calls at function entry and exit superfluous. Without -fno-builtin constant
	 * memset and strcpy become stores that nobody announces. Fortified functions have other names than the modelled.
	 * Stack-clash protection makes frames larger than the guard area of a stack fault in it, not write beyond. */
	static const char *const common[] = {"-g", "-O0"};
	static const char *const instrument[] = {"-fPIC", "-fsanitize=thread", "-fno-builtin", "-fno-omit-frame-pointer",
		"-fno-optimize-sibling-calls", "-U_FORTIFY_SOURCE"};

	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
		str_list_add(arguments, common[i]);
	if (!instrumented)
		return;
	for (size_t i = 0; i < sizeof instrument / sizeof instrument[0]; i++)
		str_list_add(arguments, instrument[i]);
	if (family == COMPILER_CLANG) {
		str_list_add(arguments, "-mllvm");
		str_list_add(arguments, "-tsan-instrument-func-entry-exit=0");
#if defined(__x86_64__)
		str_list_add(arguments, "-fstack-clash-protection");
#endif
	} else {
		str_list_add(arguments, "-fstack-clash-protection");
		str_list_add(arguments, "--param=tsan-instrument-func-entry-exit=0");
	}
}
