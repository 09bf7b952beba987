/*
 * The arguments of a compiler, sorted as far as the wrapper has to know them: what is compiled, what is linked, and which
 * options belong to which of the two. An option that is not known is one for both, without a value of its own.
 */
#ifndef SIM_ARGUMENTS_H
#define SIM_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "str.h"

enum argument_kind {
	ARGUMENT_BOTH,    /* an option for compiling and linking */
	ARGUMENT_COMPILE, /* an option for one of them */
	ARGUMENT_LINK,
	ARGUMENT_SOURCE,  /* a file to compile */
	ARGUMENT_FILE,    /* a file to link */
	ARGUMENT_OUTPUT,  /* -o */
	ARGUMENT_LANGUAGE, /* -x */
};

/* One argument; of an option with its value. Strings belong to arguments.words. */
struct argument {
	enum argument_kind kind;
	const char *text;
	const char *value;    /* what stands in the argument after it: "-o" "prog"; NULL: nothing */
	const char *language; /* of a source: that of the last -x; NULL: as its name says */
};

/* How far the compiler is to go. */
enum arguments_goal {
	ARGUMENTS_ASK,  /* nothing to compile or link: --version and the like */
	ARGUMENTS_STOP, /* before the linker: -c, -S, -E, -M, ... */
	ARGUMENTS_LINK,
};

/* Lifetime: until arguments_release(). */
struct arguments {
	struct str_list words; /* all of them, expanded */
	struct argument *items;
	size_t n;
	enum arguments_goal goal;
	const char *output;    /* NULL: none was named */
	bool is_program;       /* what is linked is an executable: no shared library, no relocatable object */
	bool has_sources;      /* that are C: assembler has nothing to instrument */
	bool has_dependencies; /* -MD or -MMD, and no -MF */
};

/* Sorts argv. With `keeps_level` the -O options stay, else they are left out, as are other options that would undo
 * instrumentation. Returns 0, or -1 with *wrong an option that cannot be had, which belongs to `arguments`. */
int arguments_sort(struct arguments *arguments, int argc, char **argv, bool keeps_level, const char **wrong);
void arguments_release(struct arguments *arguments);

/* Adds the argument, and its value, to a command. */
void arguments_pass(const struct argument *argument, struct str_list *argv);

#endif
