/*
 * Files and names of the simulated system. The program sees the files of the machine as they were when it first asked
 * for them in this check, and what it changes is changed in memory, in the present execution only: nothing is written
 * to disk. A name is an absolute path without "." and "..", and stays what it is for the whole check; which file it
 * names is undone. All functions: [thread].
 */
#ifndef SIM_FILE_H
#define SIM_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "area.h"
#include "call.h"

enum file_kind {
	FILE_REGULAR,
	FILE_FOLDER,
	FILE_NULL,   /* /dev/null */
	FILE_ZERO,   /* /dev/zero */
	FILE_OTHER,  /* none that can be opened */
};

/* Lifetime: one check if it comes from disk, or else one execution; contents: one execution. */
struct file {
	const char *name; /* for reports */
	enum file_kind kind;
	struct blob bytes;
	mode_t mode;      /* permissions */
	bool readable, writable;
	bool loaded;      /* of one that comes from disk: its bytes are here; not undone */
	struct path *origin; /* where these are found; NULL: nowhere */
};

/* Lifetime: one check; what it names: one execution. */
struct path {
	const char *name;  /* as the program wrote it first */
	const char *full;
	struct path *next; /* of all */
	struct path *folder; /* that it is in; the root: itself */
	uint64_t key;      /* that stands for it in calls */
	struct file *file; /* NULL: there is none */
	int error;         /* why disk does not tell; 0: it does */
};

/* The path for `text`, seen from the working directory. */
struct path *path_of(const char *text);

/* Why a path that names nothing cannot be used: an error of errno. */
int path_error(const struct path *path);

/* All names together, or one of them, as what a call uses. */
struct call_range path_range_all(enum sim_mode mode);
struct call_range path_range(const struct path *path, enum sim_mode mode);

/* The next of all known paths that name a file in the folder, after `path` (NULL: the first), in no particular
 * order. Those on disk are known after path_load_folder(). */
struct path *path_next_in(const struct path *folder, struct path *path);
void path_load_folder(const struct path *folder);

/* The last part of the path. */
const char *path_last(const struct path *path);

/* A new, empty file; files without a path have only a name. */
struct file *file_make(const char *name, enum file_kind kind, mode_t mode);

/* Gets the bytes of a file from disk if that was not done yet. Returns 0 or an error of errno. */
int file_load(struct file *file);

/* `n` bytes of the file from `at` on, as what a call uses; all of them and those to come. */
struct call_range file_range(const struct file *file, uint64_t at, uint64_t n, enum sim_mode mode);
struct call_range file_range_all(const struct file *file, enum sim_mode mode);

/* Up to `n` bytes from `at` on: how many there are, and in *found where. They stay as they are until the next
 * operation. */
size_t file_read(struct file *file, uint64_t at, size_t n, const void **found);

/* Puts bytes in. Returns 0, or EFBIG. */
int file_write(struct file *file, uint64_t at, const void *from, size_t n);

#endif
