/* Names of files. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "file.h"

/* Keys that are neither addresses nor those of files. */
static const uint64_t path_keys = UINT64_C(0x7F) << 56;

static struct path *path_first; /* lifetime: process */

/* Stands for all names that are no paths. Nothing ever becomes of it. */
static struct path path_too_long = {.name = "a name that is too long", .full = "", .folder = &path_too_long,
                                    .error = ENAMETOOLONG};

/* Appends to the absolute path `full` what `text` adds to it, part by part. */
static void path_append(char *full, size_t size, const char *text)
{
	size_t n = strlen(full);
	while (*text) {
		size_t part = strcspn(text, "/");
		if (part == 2 && strncmp(text, "..", 2) == 0) {
			while (n && full[--n] != '/')
				;
		} else if (part && !(part == 1 && *text == '.') && n + part + 2 < size) {
			full[n++] = '/';
			memcpy(full + n, text, part);
			n += part;
		}
		full[n] = 0;
		text += part + (text[part] == '/');
	}
}

static enum file_kind path_kind(const char *full, mode_t mode)
{
	if (strcmp(full, "/dev/null") == 0)
		return FILE_NULL;
	if (strcmp(full, "/dev/zero") == 0)
		return FILE_ZERO;
	return S_ISREG(mode) ? FILE_REGULAR : S_ISDIR(mode) ? FILE_FOLDER : FILE_OTHER;
}

/* Looks what the path names on disk. */
static void path_import(struct path *path)
{
	struct stat status;
	const char *full = *path->full ? path->full : "/";
	if (stat(full, &status)) {
		path->error = errno == ENOENT || errno == ENOTDIR ? 0 : errno;
		return;
	}
	struct file *file = area_keep(sizeof *file);
	*file = (struct file){.name = path->name, .kind = path_kind(path->full, status.st_mode), .mode = status.st_mode & 07777,
	                      .readable = access(full, R_OK) == 0, .writable = access(full, W_OK) == 0, .origin = path};
	file->bytes.size = file->kind == FILE_REGULAR ? (size_t)status.st_size : 0;
	path->file = file;
}

static struct path *path_intern(const char *full, const char *name)
{
	for (struct path *path = path_first; path; path = path->next)
		if (strcmp(path->full, full) == 0)
			return path;
	struct path *path = area_keep(sizeof *path);
	const char *slash = strrchr(full, '/');
	*path = (struct path){.name = area_keep_copy(name), .full = area_keep_copy(full), .folder = path,
	                      .key = path_keys | (uint32_t)(XXH3_64bits(full, strlen(full)) >> 33)};
	path_import(path);
	if (slash) {
		char *folder = strndup(full, (size_t)(slash - full));
		path->folder = path_intern(folder, *folder ? folder : "/");
		free(folder);
	}
	path->next = path_first;
	return path_first = path;
}

struct path *path_of(const char *text)
{
	char full[8192] = "";
	if (strlen(text) >= PATH_MAX)
		return &path_too_long;
	if (*text != '/' && !getcwd(full, sizeof full))
		*full = 0;
	path_append(full, sizeof full, text);
	return path_intern(full, text);
}

int path_error(const struct path *path)
{
	if (path->error)
		return path->error;
	for (const struct path *folder = path->folder; folder != folder->folder; folder = folder->folder)
		if (folder->file)
			return folder->file->kind == FILE_FOLDER ? ENOENT : ENOTDIR;
	return ENOENT;
}

struct call_range path_range_all(enum sim_mode mode)
{
	return (struct call_range){path_keys, UINT32_MAX, mode};
}

struct call_range path_range(const struct path *path, enum sim_mode mode)
{
	return (struct call_range){path->key, 1, mode};
}

struct path *path_next_in(const struct path *folder, struct path *path)
{
	for (path = path ? path->next : path_first; path; path = path->next)
		if (path->folder == folder && path != folder && path->file)
			return path;
	return NULL;
}

void path_load_folder(const struct path *folder)
{
	char full[8192];
	DIR *directory = opendir(*folder->full ? folder->full : "/");
	for (struct dirent *entry; directory && (entry = readdir(directory));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(full, sizeof full, "%s/%s", folder->full, entry->d_name);
		path_intern(full, full);
	}
	if (directory)
		closedir(directory);
}

const char *path_last(const struct path *path)
{
	const char *slash = strrchr(path->full, '/');
	return slash ? slash + 1 : path->full;
}
