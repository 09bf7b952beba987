/*
 * What was compiled before. The folder ${XDG_CACHE_HOME:-~/.cache}/simcheck holds
 *   SOURCES.manifest   for a key of the sources, flags, compiler: the files that were read, each with its key, and the
 *                      compiler's messages
 *   RESULT.so, .exe    what was built; RESULT is the key of SOURCES and of the keys in the manifest
 *   work-XXXXXX/       where something is being built
 *   traces/            traces of findings that nobody asked a file for
 * Files appear by rename, complete or not at all, so that any number of processes may use the folder at once. The
 * newest CACHE_N_RESULTS results are kept.
 */
#ifndef SIM_CACHE_H
#define SIM_CACHE_H

#include <stdbool.h>

#include "key.h"
#include "str.h"

#define CACHE_N_RESULTS 200

/* One thing to have built. Lifetime: one call of program_build(). Zero-filled strings are not yet known. */
struct cache_entry {
	const char *folder;        /* of the cache */
	const char *suffix;        /* ".so" or ".exe" */
	char sources[KEY_SIZE];    /* the key to look for */
	char *path;                /* out: the result, when there is one; owned */
	char *messages;            /* out: what the compiler said; owned */
};

/* The folder of the cache, or its subfolder `name` when that is not NULL, as a new string; made when it is not there.
 * Where the home folder cannot be written, it is /tmp/simcheck-<uid>. NULL, and *error a new line, when neither can. */
char *cache_folder(const char *name, char **error);

/* Looks for entry->sources and fills in the rest. Returns whether there is a result that still fits the files it was
 * made from. */
bool cache_find(struct cache_entry *entry);

/* Moves the file `built` into the cache as the result for entry->sources and fills in entry->path. `dependencies` are
 * the files that were read. Returns 0 or -1 with errno. */
int cache_store(struct cache_entry *entry, const char *built, const struct str_list *dependencies);

/* A new empty folder to build in, as a new string; NULL with errno. */
char *cache_work_folder(const char *folder);
/* Removes such a folder and the files in it, and frees `path`. */
void cache_remove_work_folder(char *path);

/* Removes the oldest of the files in `folder` that end in `suffix` until `n_kept` are left. */
void cache_prune(const char *folder, const char *suffix, size_t n_kept);

#endif
