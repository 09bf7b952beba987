/* The folders of the cache: where they are, making them, sweeping them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cache.h"

#define CACHE_WORK_PREFIX "work-"
#define CACHE_WORK_SECONDS 3600 /* a work folder that is older was left behind by a process that was killed */

/* Makes `path` and the folders above it, for this user alone. Returns 0 or -1 with errno. */
static int cache_make_folder(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		if (mkdir(path, 0777) < 0 && errno != EEXIST) {
			*slash = '/';
			return -1;
		}
		*slash = '/';
	}
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

/* What is in the cache gets run: it must belong to this user, and nobody else may put anything there. */
static bool cache_is_ours(const char *path)
{
	struct stat status;

	if (lstat(path, &status) < 0)
		return false;
	if (!S_ISDIR(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 022)) {
		errno = EPERM;
		return false;
	}
	return access(path, W_OK | X_OK) == 0;
}

static char *cache_home_folder(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && cache[0] == '/')
		return str_printf("%s/simcheck", cache);
	if (home && home[0] == '/')
		return str_printf("%s/.cache/simcheck", home);
	return NULL;
}

static char *cache_usable(char *path)
{
	if (path && cache_make_folder(path) == 0 && cache_is_ours(path))
		return path;
	free(path);
	return NULL;
}

char *cache_folder(const char *name, char **error)
{
	char *folder = cache_usable(cache_home_folder());
	char *fallback = str_printf("/tmp/simcheck-%u", (unsigned)geteuid());

	if (!folder)
		folder = cache_usable(str_copy(fallback));
	if (folder && name) {
		char *inner = str_printf("%s/%s", folder, name);

		free(folder);
		folder = cache_usable(inner);
	}
	if (!folder)
		*error = str_printf("no folder to build in: neither ~/.cache/simcheck nor %s can be used (%s)", fallback,
			strerror(errno));
	free(fallback);
	return folder;
}

static bool cache_ends_in(const char *name, const char *suffix)
{
	size_t length = strlen(name), n = strlen(suffix);

	return length > n && strcmp(name + length - n, suffix) == 0;
}

/* A file of the cache by age. */
struct cache_file {
	char *name;
	struct timespec changed;
};

static int cache_by_age(const void *a, const void *b)
{
	const struct timespec *x = &((const struct cache_file *)a)->changed, *y = &((const struct cache_file *)b)->changed;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? -1 : 1;
	return (x->tv_nsec > y->tv_nsec) - (x->tv_nsec < y->tv_nsec);
}

/* All files of `folder` that end in `suffix`, oldest first; the caller frees the array and the names. */
static struct cache_file *cache_list(DIR *folder, const char *suffix, size_t *n)
{
	struct cache_file *files = NULL;
	struct stat status;

	*n = 0;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (!cache_ends_in(entry->d_name, suffix) ||
			fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		files = str_checked(realloc(files, (*n + 1) * sizeof *files));
		files[(*n)++] = (struct cache_file){.name = str_copy(entry->d_name), .changed = status.st_mtim};
	}
	if (files)
		qsort(files, *n, sizeof *files, cache_by_age);
	return files;
}

void cache_prune(const char *path, const char *suffix, size_t n_kept)
{
	DIR *folder = opendir(path);
	struct cache_file *files;
	size_t n;

	if (!folder)
		return;
	files = cache_list(folder, suffix, &n);
	for (size_t i = 0; i < n; i++) {
		if (i + n_kept < n)
			unlinkat(dirfd(folder), files[i].name, 0);
		free(files[i].name);
	}
	free(files);
	closedir(folder);
}

/* Work folders that nobody works in any more. */
static void cache_sweep(const char *path)
{
	DIR *folder = opendir(path);
	time_t now = time(NULL);
	struct stat status;

	if (!folder)
		return;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (strncmp(entry->d_name, CACHE_WORK_PREFIX, strlen(CACHE_WORK_PREFIX)) == 0 &&
			fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
			status.st_mtim.tv_sec + CACHE_WORK_SECONDS < now)
			cache_remove_work_folder(str_printf("%s/%s", path, entry->d_name));
	}
	closedir(folder);
}

char *cache_work_folder(const char *folder)
{
	char *path = str_printf("%s/" CACHE_WORK_PREFIX "XXXXXX", folder);

	cache_sweep(folder);
	if (mkdtemp(path))
		return path;
	free(path);
	return NULL;
}

void cache_remove_work_folder(char *path)
{
	DIR *folder = opendir(path);

	if (folder) {
		for (struct dirent *entry; (entry = readdir(folder));) {
			if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
				unlinkat(dirfd(folder), entry->d_name, 0);
		}
		closedir(folder);
		rmdir(path);
	}
	free(path);
}
