/*
 * What simcheck-cc leaves in an executable, so that simcheck can check it wherever it is moved: all objects of the program,
 * linked into one that can be linked again, and what that takes. It is a section of its own, EMBED_SECTION, which is not
 * loaded when the program runs (in the shared object that the worker loads it has no object):
 *
 *   simcheck-program 1
 *   library OPTION              for the link, one word in each line, in their order
 *   unchecked FUNCTION ORIGIN   a function that simcheck-cc did not compile, and the object that it came from
 *   object BYTES
 *                               an empty line; then the object, compressed by zlib, BYTES long when it is not
 *
 * Compressed not only for its size: build systems look for texts in executables, and must not find each twice.
 */
#ifndef SIM_EMBED_H
#define SIM_EMBED_H

#include "str.h"

#define EMBED_SECTION ".simcheck"

/* Lifetime: until embed_release(). */
struct embed {
	struct str_list libraries;
	struct str_list functions; /* unchecked ones */
	struct str_list origins;   /* and where each came from */
};

/* Adds to `program` the object at `object`, unless that is NULL, and what `embed` says. `work` is a folder for files. Returns 0, or
 * -1 with *error a new line. */
int embed_write(const struct embed *embed, const char *program, const char *object, const char *work, char **error);

/* Adds to `embed` what `program` has, and writes its object to `object` unless that is NULL. Returns 0, or -1 with *error a
 * new line. */
int embed_read(struct embed *embed, const char *program, const char *object, char **error);

void embed_release(struct embed *embed);

#endif
