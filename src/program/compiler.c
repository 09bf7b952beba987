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

enum { COMPILER_GCC_FIRST_CLEARS = 12 };

static enum compiler_family compiler_gcc(const char *version)
{
	return version && atoi(version) >= COMPILER_GCC_FIRST_CLEARS ? COMPILER_GCC_CLEARS : COMPILER_GCC;
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
		static const char version[] = "#define __GNUC__ ";
		const char *at = strstr(answer, version);

		family = strstr(answer, "__clang__") ? COMPILER_CLANG : compiler_gcc(at ? at + sizeof version - 1 : NULL);
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
	if ((name = strstr(name, "gcc-")))
		return compiler_gcc(name + strlen("gcc-"));
	return compiler_ask(path, log);
}

/* Instrumentation, as both kinds of compiler understand it. -O0 keeps the accesses as they were written (it is not here:
 * users may want another level). Frame pointers let the worker find the line of an operation by walking the stack, which
 * makes the calls at function entry and exit superfluous. Without -fno-builtin constant memset and strcpy become stores
 * that nobody announces. Fortified functions have other names than the modelled. Stack-clash protection makes frames larger
 * than the guard area of a stack fault in it, not write beyond. Indices are compared with the length of their array, but for
 * an array at the end of a structure, which may be longer than it says. Variables with a section each can be laid out with
 * room between them (guards.h). Local variables that the program does not initialise hold the same in each execution, not
 * what was left on the stack: else two attempts of a polling loop may look different. */
static const char *const compiler_instrument[] = {"-fPIC", "-fsanitize=thread", "-fno-builtin", "-fno-omit-frame-pointer",
	"-fno-optimize-sibling-calls", "-fdata-sections", "-U_FORTIFY_SOURCE", "-U__EXCEPTIONS"};
static const char *const compiler_instrument_gcc[] = {"--param=tsan-instrument-func-entry-exit=0", "-fsanitize=bounds",
	"-fstack-clash-protection"};
static const char *const compiler_instrument_clang[] = {"-mllvm", "-tsan-instrument-func-entry-exit=0",
	"-fsanitize=array-bounds", "-ftrivial-auto-var-init=pattern",
#if defined(__x86_64__)
	"-fstack-clash-protection",
#endif
};

static const char compiler_clears[] = "-ftrivial-auto-var-init=zero";

#define COMPILER_N(list) (sizeof(list) / sizeof *(list))

static void compiler_add_list(struct str_list *arguments, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_list_add(arguments, list[i]);
}

void compiler_add_instrumentation(struct str_list *arguments, enum compiler_family family)
{
	compiler_add_list(arguments, compiler_instrument, COMPILER_N(compiler_instrument));
	if (family == COMPILER_CLANG)
		compiler_add_list(arguments, compiler_instrument_clang, COMPILER_N(compiler_instrument_clang));
	else
		compiler_add_list(arguments, compiler_instrument_gcc, COMPILER_N(compiler_instrument_gcc));
	if (family == COMPILER_GCC_CLEARS)
		str_list_add(arguments, compiler_clears);
}

void compiler_add_coverage(struct str_list *arguments, enum compiler_family family)
{
	/* clang leaves out blocks that others are always reached with; a line may have no other. */
	str_list_add(arguments, family == COMPILER_CLANG ? "-fsanitize-coverage=trace-pc,no-prune" :
		"-fsanitize-coverage=trace-pc");
}

void compiler_add_options(struct str_list *arguments, enum compiler_family family, bool instrumented)
{
	str_list_add(arguments, "-g");
	str_list_add(arguments, "-O0");
	if (instrumented)
		compiler_add_instrumentation(arguments, family);
}

/* clang takes an option of this sort once only: it has to be changed where it stands. */
void compiler_announce_calls(struct str_list *arguments, const char *source)
{
	static const char option[] = "tsan-instrument-func-entry-exit=";
	char *text = str_read_file(source, NULL), *at;

	for (size_t i = 0; text && strstr(text, "__VERIFIER_atomic_") && i < arguments->n; i++) {
		if ((at = strstr(arguments->items[i], option)))
			at[sizeof option - 1] = '1';
	}
	free(text);
}

void compiler_add_library(struct str_list *arguments, const char *library)
{
	/* Empty, unless simcheck itself is built with sanitizers or for coverage. */
	static const char needs[] = PROGRAM_LIBRARY_NEEDS;

	str_list_add(arguments, library);
	if (*needs)
		str_list_add(arguments, needs);
}

/* Nobody else has a use for this one. Its value may be either (compiler_announce_calls()). */
static const char compiler_ours[] = "tsan-instrument-func-entry-exit=";

/* Whether `record`, where compilers write down their options, has all of `list` but those for the preprocessor. */
static bool compiler_has_list(const char *record, size_t size, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *option = strstr(list[i], compiler_ours) ? compiler_ours : list[i];

		if (strncmp(option, "-U", 2) != 0 && !memmem(record, size, option, strlen(option)))
			return false;
	}
	return true;
}

enum compiler_trace compiler_trace(const char *record, size_t size)
{
	if (!memmem(record, size, compiler_ours, strlen(compiler_ours)))
		return COMPILER_OTHER;
	if (compiler_has_list(record, size, compiler_instrument, COMPILER_N(compiler_instrument)) &&
		(compiler_has_list(record, size, compiler_instrument_gcc, COMPILER_N(compiler_instrument_gcc)) ||
			compiler_has_list(record, size, compiler_instrument_clang, COMPILER_N(compiler_instrument_clang))))
		return COMPILER_OURS;
	return COMPILER_STALE;
}
