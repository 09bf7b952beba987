/* A private temporary folder and the files in it. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int folder_create(struct folder *folder)
{
	const char *parent = getenv("TMPDIR");

	if (parent == NULL || *parent == '\0')
		parent = "/tmp";
	if (asprintf(&folder->path, "%s/simcheck-XXXXXX", parent) < 0) {
		folder->path = NULL;
		errno = ENOMEM;
		return -1;
	}
	if (mkdtemp(folder->path) == NULL) {
		int error = errno;

		free(folder->path);
		folder->path = NULL;
		errno = error;
		return -1;
	}
	return 0;
}

void folder_remove(struct folder *folder)
{
	DIR *entries;
	struct dirent *entry;

	if (folder->path == NULL)
		return;
	entries = opendir(folder->path);
	while (entries != NULL && (entry = readdir(entries)) != NULL)
		unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries != NULL)
		closedir(entries);
	rmdir(folder->path);
	free(folder->path);
	folder->path = NULL;
}

char *folder_file(const struct folder *folder, const char *name)
{
	char *file;

	return asprintf(&file, "%s/%s", folder->path, name) < 0 ? NULL : file;
}

int folder_write(const char *file, const char *text)
{
	FILE *out = fopen(file, "we");

	if (out == NULL)
		return -1;
	if (fputs(text, out) == EOF) {
		fclose(out);
		return -1;
	}
	return fclose(out) == 0 ? 0 : -1;
}

char *folder_read(const char *file, long limit)
{
	FILE *in = fopen(file, "re");
	char *text = NULL;
	size_t size = 0;
	long n = 0;
	int byte;
	FILE *out = in != NULL ? open_memstream(&text, &size) : NULL;

	if (out != NULL) {
		while (n++ < limit && (byte = getc(in)) != EOF)
			putc(byte, out);
		if (fclose(out) != 0) {
			free(text);
			text = NULL;
		}
	}
	if (in != NULL)
		fclose(in);
	return text;
}
