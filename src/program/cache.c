/* What was compiled before: looking up and storing. The folders are made and swept in cache_folder.c. */
#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char CACHE_FORMAT[] = "simcheck-manifest 1\n";

static char *cache_manifest_path(const struct cache_entry *entry)
{
	return str_printf("%s/%s.manifest", entry->folder, entry->sources);
}

static char *cache_result_path(const struct cache_entry *entry, struct key *key)
{
	char result[KEY_SIZE];

	key_finish(key, result);
	return str_printf("%s/%s%s", entry->folder, result, entry->suffix);
}

/* Reads lines "KEY PATH" up to an empty one, adds the keys to `key`, and checks that each file still has its own. Ends
 * the lines with 0 bytes. Returns what follows the empty line; NULL when a file changed or the text is no manifest. */
static char *cache_check_files(char *text, struct key *key)
{
	char now[KEY_SIZE], *end;

	for (char *line = text; (end = strchr(line, '\n')); line = end + 1) {
		*end = 0;
		if (line == end)
			return end + 1;
		if (end - line <= KEY_SIZE || line[KEY_SIZE - 1] != ' ')
			return NULL;
		line[KEY_SIZE - 1] = 0;
		if (key_of_file(line + KEY_SIZE, now) < 0 || strcmp(now, line) != 0)
			return NULL;
		key_add_text(key, now);
	}
	return NULL;
}

/* The rest of cache_find(), with the manifest's text, which it changes. */
static bool cache_find_in(struct cache_entry *entry, char *text)
{
	struct key key;
	char *messages = NULL, *path;

	key_start(&key);
	key_add_text(&key, entry->sources);
	if (strncmp(text, CACHE_FORMAT, strlen(CACHE_FORMAT)) == 0)
		messages = cache_check_files(text + strlen(CACHE_FORMAT), &key);
	path = cache_result_path(entry, &key);
	/* The new time stamp protects it from being the oldest. */
	if (!messages || utimensat(AT_FDCWD, path, NULL, 0) < 0) {
		free(path);
		return false;
	}
	entry->path = path;
	entry->messages = str_copy(messages);
	return true;
}

bool cache_find(struct cache_entry *entry)
{
	char *manifest = cache_manifest_path(entry);
	char *text = str_read_file(manifest, NULL);
	bool found = text && cache_find_in(entry, text);

	if (found)
		utimensat(AT_FDCWD, manifest, NULL, 0);
	free(text);
	free(manifest);
	return found;
}

static int cache_write_manifest(const struct cache_entry *entry, const char *built, const char *lines)
{
	char *manifest = cache_manifest_path(entry);
	char *temporary = str_printf("%s.manifest", built);
	FILE *file = fopen(temporary, "we");
	int result = -1;

	if (file) {
		fprintf(file, "%s%s\n%s", CACHE_FORMAT, lines, entry->messages);
		result = ferror(file) ? -1 : 0;
		if (fclose(file) != 0)
			result = -1;
	}
	if (result == 0)
		result = rename(temporary, manifest);
	free(temporary);
	free(manifest);
	return result;
}

/* The lines of the manifest for `dependencies`, as a new string, with the keys added to `key`. NULL with errno. */
static char *cache_describe(const struct str_list *dependencies, struct key *key)
{
	char *text = NULL, now[KEY_SIZE];
	size_t size = 0;
	FILE *lines = str_checked(open_memstream(&text, &size));
	bool readable = true;

	for (size_t i = 0; i < dependencies->n && readable; i++) {
		readable = key_of_file(dependencies->items[i], now) == 0;
		fprintf(lines, "%s %s\n", now, dependencies->items[i]);
		key_add_text(key, now);
	}
	fclose(lines);
	if (!readable) {
		free(text);
		return NULL;
	}
	return str_checked(text);
}

int cache_store(struct cache_entry *entry, const char *built, const struct str_list *dependencies)
{
	struct key key;
	char *lines, *path;
	int result = -1;

	key_start(&key);
	key_add_text(&key, entry->sources);
	lines = cache_describe(dependencies, &key);
	path = cache_result_path(entry, &key);
	/* The result first: a manifest without its result would cost a failed look-up, one with a wrong result a lie. */
	if (lines && rename(built, path) == 0)
		result = cache_write_manifest(entry, built, lines);
	free(lines);
	if (result < 0) {
		free(path);
		return -1;
	}
	entry->path = path;
	cache_prune(entry->folder, ".manifest", CACHE_N_RESULTS);
	cache_prune(entry->folder, ".so", CACHE_N_RESULTS);
	cache_prune(entry->folder, ".exe", CACHE_N_RESULTS / 4);
	return 0;
}
