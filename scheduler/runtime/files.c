/* Functions on names of files: what is there, and changing that (file.h). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The path that the program names. */
static struct path *files_path(const char *text)
{
	runtime_reads_string(text, SIZE_MAX);
	return path_of(text);
}

static int files_result(int error)
{
	return error ? call_fail(error) : 0;
}

/* ---- asking ----------------------------------------------------------------------------------------------------- */

/* Announces a look at what the path names. NULL, with errno: nothing. */
static struct file *files_look_up(const char *text)
{
	const struct path *path = files_path(text);
	call_announce(SIM_CALL_LOOK_UP, path, SIM_MODE_NONE, path_range(path, SIM_MODE_READ));
	if (path->file && *text)
		return path->file;
	call_fail(*text ? path_error(path) : ENOENT);
	return NULL;
}

/* What the program may depend on: kind, permissions, size. Times are those of the beginning of all clocks. */
static int files_tell(const struct file *file, mode_t type, struct stat *status)
{
	struct stat told = {.st_mode = type | (file ? file->mode : 0600), .st_nlink = 1, .st_blksize = 4096, .st_uid = getuid(),
	                    .st_gid = getgid()};
	if (file) {
		call_announce(SIM_CALL_LOOK_UP, file, SIM_MODE_READ, file_range_all(file, SIM_MODE_READ));
		told.st_size = (off_t)file->bytes.size;
		told.st_blocks = (blkcnt_t)((file->bytes.size + 511) / 512);
		told.st_ino = area_index(file) + 1;
	}
	call_give(status, &told, sizeof told);
	return 0;
}

static mode_t files_type(const struct file *file)
{
	return file->kind == FILE_REGULAR ? S_IFREG : file->kind == FILE_FOLDER ? S_IFDIR : S_IFCHR;
}

RUNTIME_API int __wrap_stat(const char *text, struct stat *status)
{
	const struct file *file = files_look_up(text);
	return file ? files_tell(file, files_type(file), status) : -1;
}
RUNTIME_ALIAS(stat64, stat)
RUNTIME_ALIAS(lstat64, stat)

/* Symbolic links are followed when names are looked up first: nobody sees any. */
RUNTIME_ALIAS(lstat, stat)

RUNTIME_API int __wrap_fstat(int descriptor, struct stat *status)
{
	const struct opened *opened = descriptor_use(descriptor);
	if (!opened)
		return -1;
	if (opened->kind == OPENED_FILE)
		return files_tell(opened->file, files_type(opened->file), status);
	return files_tell(NULL, opened->kind == OPENED_COUNTER ? 0 : S_IFIFO, status);
}
RUNTIME_ALIAS(fstat64, fstat)

RUNTIME_API int __wrap_access(const char *text, int mode)
{
	const struct file *file = files_look_up(text);
	if (!file)
		return -1;
	bool allowed = (!(mode & R_OK) || file->readable) && (!(mode & W_OK) || file->writable) &&
	               (!(mode & X_OK) || file->mode & 0111);
	return files_result(allowed ? 0 : EACCES);
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

static bool files_is_empty(const struct path *folder)
{
	path_load_folder(folder);
	return !path_next_in(folder, NULL);
}

/* Whether names can be changed in the folder: 0 or an error. */
static int files_check_folder(const struct path *path)
{
	const struct file *folder = path->folder->file;
	if (!folder)
		return path_error(path);
	return folder->kind != FILE_FOLDER ? ENOTDIR : folder->writable ? 0 : EACCES;
}

static int files_unlink(struct path *path)
{
	int error = path->file ? files_check_folder(path) : path_error(path);
	if (!error && path->file->kind == FILE_FOLDER)
		error = EISDIR;
	if (!error)
		area_set(path->file, NULL);
	return files_result(error);
}

static int files_remove_folder(struct path *path)
{
	int error = path->file ? files_check_folder(path) : path_error(path);
	if (!error)
		error = path->file->kind != FILE_FOLDER ? ENOTDIR : files_is_empty(path) ? 0 : ENOTEMPTY;
	if (!error)
		area_set(path->file, NULL);
	return files_result(error);
}

RUNTIME_API int __wrap_unlink(const char *text)
{
	struct path *path = files_path(text);
	call_announce(SIM_CALL_RENAME, path, SIM_MODE_NONE, path_range(path, SIM_MODE_WRITE));
	return files_unlink(path);
}

RUNTIME_API int __wrap_rmdir(const char *text)
{
	struct path *path = files_path(text);
	call_announce(SIM_CALL_RENAME, path, SIM_MODE_NONE, path_range_all(SIM_MODE_WRITE));
	return files_remove_folder(path);
}

RUNTIME_API int __wrap_remove(const char *text)
{
	struct path *path = files_path(text);
	call_announce(SIM_CALL_RENAME, path, SIM_MODE_NONE, path_range_all(SIM_MODE_WRITE));
	return path->file && path->file->kind == FILE_FOLDER ? files_remove_folder(path) : files_unlink(path);
}

RUNTIME_API int __wrap_mkdir(const char *text, mode_t mode)
{
	struct path *path = files_path(text);
	call_announce(SIM_CALL_RENAME, path, SIM_MODE_NONE, path_range(path, SIM_MODE_WRITE));
	int error = path->file ? EEXIST : path->error ? path->error : files_check_folder(path);
	if (!error)
		area_set(path->file, file_make(path->name, FILE_FOLDER, mode & ~(mode_t)022));
	return files_result(error);
}

/* Folders that have something in them keep their names. */
RUNTIME_API int __wrap_rename(const char *from_text, const char *to_text)
{
	struct path *from = files_path(from_text), *to = files_path(to_text);
	call_announce(SIM_CALL_RENAME, from, SIM_MODE_NONE, path_range_all(SIM_MODE_WRITE));
	int error = from->file ? files_check_folder(to) : path_error(from);
	if (!error && from->file->kind == FILE_FOLDER && !files_is_empty(from))
		world_refuse("rename", "the new name of a folder with something in it is not modelled");
	if (!error && to->file && to->file != from->file && to->file->kind == FILE_FOLDER)
		error = from->file->kind != FILE_FOLDER ? EISDIR : files_is_empty(to) ? 0 : ENOTEMPTY;
	else if (!error && to->file && from->file->kind == FILE_FOLDER && to->file->kind != FILE_FOLDER)
		error = ENOTDIR;
	if (error || from == to)
		return files_result(error);
	area_set(to->file, from->file);
	area_set(from->file, NULL);
	return 0;
}

RUNTIME_API int __wrap_truncate(const char *text, off_t size)
{
	struct opened *opened;
	runtime_reads_string(text, SIZE_MAX);
	opened = descriptor_open(text, O_WRONLY, 0);
	return opened ? opened_resize(opened, size) : -1;
}
RUNTIME_ALIAS(truncate64, truncate)

/* ---- names that nobody has -------------------------------------------------------------------------------------- */

/* Fills in the six X of the template, in a new way for each call of the thread. False: there are none. */
static bool files_fill_in(char *template)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	size_t n = runtime_reads_string(template, SIZE_MAX);
	if (n < 6 || strcmp(template + n - 6, "XXXXXX") != 0)
		return false;
	struct world_thread *thread = world_thread();
	uint64_t number = (uint64_t)world_self() << 16 | ++thread->n_temporary;
	char filled[6];
	for (int i = 6; i-- > 0; number /= 32)
		filled[i] = letters[number % 32];
	call_give(template + n - 6, filled, sizeof filled);
	return true;
}

RUNTIME_API int __wrap_mkstemp(char *template)
{
	if (!files_fill_in(template))
		return call_fail(EINVAL);
	struct opened *opened = descriptor_open(template, O_RDWR | O_CREAT | O_EXCL, 0600);
	return opened ? descriptor_add(opened, 0, false) : -1;
}
RUNTIME_ALIAS(mkstemp64, mkstemp)

RUNTIME_API char *__wrap_mkdtemp(char *template)
{
	if (!files_fill_in(template)) {
		call_fail(EINVAL);
		return NULL;
	}
	return __wrap_mkdir(template, 0700) ? NULL : template;
}
