/*
 * What a link takes, sorted: objects and archives become one object that can be linked again (combine), shared libraries
 * are for the last link. Whether a -lNAME is an archive is found out here, since a link of the first kind knows archives only.
 */
#ifndef SIM_LINKLINE_H
#define SIM_LINKLINE_H

#include <stdbool.h>

#include "str.h"

/* Lifetime: until linkline_release(). Set `compiler` and `work`, then add: all folders before everything else. */
struct linkline {
	const char *compiler;      /* its path: it is asked where the system has its libraries */
	const char *work;          /* a folder for files */
	bool keeps_all;            /* unknown options for the linker count, too */
	bool prefers_archives;     /* after -Bstatic, or -static */
	struct str_list folders;   /* absolute */
	struct str_list combined;  /* for linkline_combine(), in their order: files, and options that concern them */
	struct str_list archives;  /* which of them are archives found for a -l */
	struct str_list libraries; /* options for the last link */
};

/* Adds the folder of a -L. */
void linkline_add_folder(struct linkline *line, const char *folder);

/* Adds a file: an object, archive or shared library. */
void linkline_add_file(struct linkline *line, const char *file);

/* Adds an option: -l, -Wl, with words for the linker, -static. Others, and -L, are passed over. */
void linkline_add_option(struct linkline *line, const char *option);

/* Links line->combined into the object `output` with all that refers to each other; from archives it takes what something
 * refers to, the function `entry` included. Returns 0, or -1 with *error: a line, then the linker's messages. */
int linkline_combine(const struct linkline *line, const char *entry, const char *output, char **error);

void linkline_release(struct linkline *line);

#endif
