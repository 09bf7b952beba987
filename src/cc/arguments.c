/* The arguments of a compiler, sorted. */
#include "arguments.h"

#include <stdlib.h>
#include <string.h>

#include "response.h"

/* Options that may have their value in the next argument; those of one letter also have it in their own. */
static const struct arguments_option {
	const char *name;
	enum argument_kind kind;
} arguments_with_value[] = {
	{"-o", ARGUMENT_OUTPUT}, {"-x", ARGUMENT_LANGUAGE}, {"-I", ARGUMENT_COMPILE}, {"-D", ARGUMENT_COMPILE},
	{"-U", ARGUMENT_COMPILE}, {"-A", ARGUMENT_COMPILE}, {"-include", ARGUMENT_COMPILE}, {"-imacros", ARGUMENT_COMPILE},
	{"-isystem", ARGUMENT_COMPILE}, {"-iquote", ARGUMENT_COMPILE}, {"-idirafter", ARGUMENT_COMPILE},
	{"-iprefix", ARGUMENT_COMPILE}, {"-iwithprefix", ARGUMENT_COMPILE}, {"-iwithprefixbefore", ARGUMENT_COMPILE},
	{"-isysroot", ARGUMENT_BOTH}, {"-MF", ARGUMENT_COMPILE}, {"-MT", ARGUMENT_COMPILE}, {"-MQ", ARGUMENT_COMPILE},
	{"-Xpreprocessor", ARGUMENT_COMPILE}, {"-Xassembler", ARGUMENT_COMPILE}, {"-Xclang", ARGUMENT_COMPILE},
	{"-mllvm", ARGUMENT_COMPILE}, {"-aux-info", ARGUMENT_COMPILE}, {"--param", ARGUMENT_BOTH}, {"-B", ARGUMENT_BOTH},
	{"-target", ARGUMENT_BOTH}, {"-arch", ARGUMENT_BOTH}, {"--sysroot", ARGUMENT_BOTH}, {"-wrapper", ARGUMENT_BOTH},
	{"-dumpbase", ARGUMENT_BOTH}, {"-dumpdir", ARGUMENT_BOTH}, {"-L", ARGUMENT_LINK}, {"-l", ARGUMENT_LINK},
	{"-Xlinker", ARGUMENT_LINK}, {"-T", ARGUMENT_LINK}, {"-u", ARGUMENT_LINK}, {"-z", ARGUMENT_LINK},
	{"-e", ARGUMENT_LINK},
};

/* How options begin that concern one of the two steps only. */
static const struct arguments_option arguments_prefixes[] = {
	{"-I", ARGUMENT_COMPILE}, {"-D", ARGUMENT_COMPILE}, {"-U", ARGUMENT_COMPILE}, {"-M", ARGUMENT_COMPILE},
	{"-Wp,", ARGUMENT_COMPILE}, {"-Wa,", ARGUMENT_COMPILE}, {"-include", ARGUMENT_COMPILE}, {"-i", ARGUMENT_COMPILE},
	{"-Wl,", ARGUMENT_LINK}, {"-L", ARGUMENT_LINK}, {"-l", ARGUMENT_LINK}, {"-shared", ARGUMENT_LINK},
	{"-static", ARGUMENT_LINK}, {"-pie", ARGUMENT_LINK}, {"-no-pie", ARGUMENT_LINK}, {"-rdynamic", ARGUMENT_LINK},
	{"-nostartfiles", ARGUMENT_LINK}, {"-nodefaultlibs", ARGUMENT_LINK}, {"-nostdlib", ARGUMENT_LINK},
	{"-nolibc", ARGUMENT_LINK}, {"-fuse-ld=", ARGUMENT_LINK}, {"-z", ARGUMENT_LINK},
};

/* Options after which nothing is linked. */
static const char *const arguments_stop[] = {"-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "-###"};

/* What would undo instrumentation, or hide from it what is linked: left out. */
static const char *const arguments_dropped[] = {"-flto", "-fno-lto", "-fwhole-program", "-fuse-linker-plugin",
	"-fno-use-linker-plugin", "-ffat-lto-objects", "-fno-fat-lto-objects", "-fsanitize=thread"};

#define ARGUMENTS_N(table) (sizeof(table) / sizeof *(table))

static bool arguments_is_one_of(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

static bool arguments_begins(const char *word, const char *prefix)
{
	return strncmp(word, prefix, strlen(prefix)) == 0;
}

static bool arguments_is_dropped(const char *word, bool keeps_level)
{
	return (arguments_begins(word, "-O") && !keeps_level) || arguments_begins(word, "-flto=") ||
		arguments_is_one_of(word, arguments_dropped, ARGUMENTS_N(arguments_dropped));
}

/* What a file is to the compiler: a source or something for the linker. */
static enum argument_kind arguments_of_file(const char *file, const char *language)
{
	static const char *const sources[] = {".c", ".i", ".h", ".s", ".S", ".sx", ".cc", ".cp", ".cxx", ".cpp", ".c++", ".C",
		".CPP", ".ii", ".m", ".mi"};
	const char *slash = strrchr(file, '/'), *dot = strrchr(slash ? slash : file, '.');

	if (language || strcmp(file, "-") == 0)
		return ARGUMENT_SOURCE;
	return dot && arguments_is_one_of(dot, sources, ARGUMENTS_N(sources)) ? ARGUMENT_SOURCE : ARGUMENT_FILE;
}

static bool arguments_is_assembler(const struct argument *source)
{
	const char *dot = strrchr(source->text, '.');

	if (source->language)
		return arguments_begins(source->language, "assembler");
	return dot && (strcmp(dot, ".s") == 0 || strcmp(dot, ".S") == 0 || strcmp(dot, ".sx") == 0);
}

static const struct arguments_option *arguments_find(const char *word)
{
	for (size_t i = 0; i < ARGUMENTS_N(arguments_with_value); i++) {
		if (strcmp(arguments_with_value[i].name, word) == 0)
			return &arguments_with_value[i];
	}
	return NULL;
}

static enum argument_kind arguments_of_option(const char *word)
{
	for (size_t i = 0; i < ARGUMENTS_N(arguments_prefixes); i++) {
		if (arguments_begins(word, arguments_prefixes[i].name))
			return arguments_prefixes[i].kind;
	}
	return ARGUMENT_BOTH;
}

/* Sorts the argument at `word`, which `next` follows, if anything does. Its value is set when that is in `next`. */
static struct argument arguments_classify(const char *word, const char *next, const char *language)
{
	const struct arguments_option *option = arguments_find(word);
	struct argument argument = {.text = word};

	if (word[0] != '-' || !word[1]) {
		argument.kind = arguments_of_file(word, language);
		argument.language = argument.kind == ARGUMENT_SOURCE ? language : NULL;
	} else if (option) {
		argument.kind = option->kind;
		argument.value = next;
	} else if (arguments_begins(word, "-o") || (arguments_begins(word, "-x") && word[2])) {
		argument.kind = word[1] == 'o' ? ARGUMENT_OUTPUT : ARGUMENT_LANGUAGE;
	} else {
		argument.kind = arguments_of_option(word);
	}
	return argument;
}

/* The value of an option of one letter, wherever it is. */
static const char *arguments_value(const struct argument *argument)
{
	return argument->text[2] ? argument->text + 2 : argument->value;
}

/* What an argument means for all others. */
static void arguments_note(struct arguments *arguments, const struct argument *argument, bool *has_inputs)
{
	const char *word = argument->text;

	*has_inputs |= argument->kind == ARGUMENT_SOURCE || argument->kind == ARGUMENT_FILE || arguments_begins(word, "-l");
	if (argument->kind == ARGUMENT_SOURCE && !arguments_is_assembler(argument))
		arguments->has_sources = true;
	if (argument->kind == ARGUMENT_OUTPUT)
		arguments->output = arguments_value(argument);
	if (strcmp(word, "-shared") == 0 || strcmp(word, "-r") == 0)
		arguments->is_program = false;
	if (arguments_is_one_of(word, arguments_stop, ARGUMENTS_N(arguments_stop)))
		arguments->goal = ARGUMENTS_STOP;
}

static bool arguments_has(const struct arguments *arguments, const char *word)
{
	for (size_t i = 0; i < arguments->n; i++) {
		if (strcmp(arguments->items[i].text, word) == 0)
			return true;
	}
	return false;
}

int arguments_sort(struct arguments *arguments, int argc, char **argv, bool keeps_level, const char **wrong)
{
	const char *language = NULL;
	bool has_inputs = false;

	*arguments = (struct arguments){.goal = ARGUMENTS_LINK, .is_program = true};
	response_expand(&arguments->words, argc, argv);
	arguments->items = str_checked(calloc(arguments->words.n + 1, sizeof *arguments->items));
	for (size_t i = 0; i < arguments->words.n; i++) {
		char **words = arguments->words.items;
		struct argument argument = arguments_classify(words[i], words[i + 1], language);

		if (argument.value)
			i++;
		if (argument.kind == ARGUMENT_LANGUAGE) {
			language = arguments_value(&argument);
			if (language && strcmp(language, "none") == 0)
				language = NULL;
		}
		if (arguments_is_dropped(argument.text, keeps_level))
			continue;
		if (arguments_begins(argument.text, "-fsanitize=")) {
			*wrong = argument.text;
			return -1;
		}
		arguments_note(arguments, &argument, &has_inputs);
		arguments->items[arguments->n++] = argument;
	}
	arguments->has_dependencies = (arguments_has(arguments, "-MD") || arguments_has(arguments, "-MMD")) &&
		!arguments_has(arguments, "-MF");
	if (!has_inputs)
		arguments->goal = ARGUMENTS_ASK;
	return 0;
}

void arguments_pass(const struct argument *argument, struct str_list *argv)
{
	str_list_add(argv, argument->text);
	if (argument->value)
		str_list_add(argv, argument->value);
}

void arguments_release(struct arguments *arguments)
{
	str_list_release(&arguments->words);
	free(arguments->items);
	*arguments = (struct arguments){0};
}
