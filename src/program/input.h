/* What kind of file a user gave: told by its name for sources, by its contents for everything else. */
#ifndef SIM_INPUT_H
#define SIM_INPUT_H

enum input_kind {
	INPUT_SOURCE,  /* .c or .i */
	INPUT_OBJECT,
	INPUT_ARCHIVE, /* a static library */
	INPUT_PROGRAM, /* an executable that simcheck-cc linked (embed.h) */
};

/* Finds out what `file` is. Returns what is wrong with it as a new line, NULL: nothing. */
char *input_classify(const char *file, enum input_kind *kind);

#endif
