/* Reading folders. What is in a folder is looked up as a whole when it is opened, and comes in the order of names. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "heap.h"
#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* What a DIR * of the program is: a block of its heap, as it is on the real library. */
struct folders_open {
	struct dirent entry; /* the last that was read */
	size_t n, at;
	const struct path *paths[]; /* from the third entry on; the first two are "." and ".." */
};

static int folders_compare(const void *a, const void *b)
{
	return strcmp(path_last(*(const struct path *const *)a), path_last(*(const struct path *const *)b));
}

RUNTIME_API DIR *__wrap_opendir(const char *text)
{
	runtime_reads_string(text, SIZE_MAX);
	const struct path *folder = path_of(text);
	call_announce(SIM_CALL_LOOK_UP, folder, SIM_MODE_NONE, path_range_all(SIM_MODE_READ));
	int error = !*text ? ENOENT : !folder->file ? path_error(folder) : folder->file->kind != FILE_FOLDER ? ENOTDIR : 0;
	if (error) {
		call_fail(error);
		return NULL;
	}
	size_t n = 0;
	path_load_folder(folder);
	for (struct path *path = NULL; (path = path_next_in(folder, path));)
		n++;
	struct folders_open *open = heap_allocate(sizeof *open + n * sizeof *open->paths, 16);
	runtime_writes(open, sizeof *open + n * sizeof *open->paths);
	*open = (struct folders_open){.n = 0};
	for (struct path *path = NULL; (path = path_next_in(folder, path));)
		open->paths[open->n++] = path;
	qsort(open->paths, open->n, sizeof *open->paths, folders_compare);
	return (DIR *)open;
}

RUNTIME_API struct dirent *__wrap_readdir(DIR *stream)
{
	struct folders_open *open = (struct folders_open *)stream;
	runtime_writes(open, sizeof *open);
	if (open->at == open->n + 2)
		return NULL;
	const struct path *path = open->at < 2 ? NULL : open->paths[open->at - 2];
	open->entry = (struct dirent){.d_ino = path && path->file ? area_index(path->file) + 1 : 1,
	                              .d_off = (off_t)++open->at, .d_reclen = sizeof open->entry,
	                              .d_type = path && path->file && path->file->kind == FILE_REGULAR ? DT_REG : DT_DIR};
	const char *name = path ? path_last(path) : open->at == 1 ? "." : "..";
	strncpy(open->entry.d_name, name, sizeof open->entry.d_name - 1);
	return &open->entry;
}
RUNTIME_ALIAS(readdir64, readdir)

RUNTIME_API void __wrap_rewinddir(DIR *stream)
{
	struct folders_open *open = (struct folders_open *)stream;
	runtime_writes(&open->at, sizeof open->at);
	open->at = 0;
}

RUNTIME_API int __wrap_closedir(DIR *stream)
{
	heap_free(stream);
	return 0;
}
