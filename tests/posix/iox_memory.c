/* Streams in memory, and reading folders. */
#define _GNU_SOURCE
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FILE *report;

static void *add_line(void *text)
{
	fprintf(report, "%s\n", (char *)text);
	return NULL;
}

static void growing(void)
{
	pthread_t threads[2];
	char *text = NULL;
	size_t length = 1;

	report = open_memstream(&text, &length);
	assert(report && fflush(report) == 0 && text && length == 0);
	pthread_create(&threads[0], NULL, add_line, "first");
	pthread_create(&threads[1], NULL, add_line, "other");
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < 1000; i++)
		fputs("0123456789", report);
	assert(fclose(report) == 0 && length == 12 + 10000 && strlen(text) == length);
	assert(strncmp(text, "first\nother\n", 12) == 0 || strncmp(text, "other\nfirst\n", 12) == 0);
	free(text);
}

static void given(void)
{
	char bytes[12] = "12 34 rest", word[8];
	int a, b;
	FILE *file = fmemopen(bytes, 10, "r");

	assert(fscanf(file, "%d%d%7s", &a, &b, word) == 3 && a == 12 && b == 34 && strcmp(word, "rest") == 0);
	assert(fgetc(file) == EOF && feof(file) && fputc('x', file) == EOF);
	rewind(file);
	assert(fgetc(file) == '1' && fseek(file, 3, SEEK_SET) == 0 && fgetc(file) == '3');
	fclose(file);
	file = fmemopen(bytes, sizeof bytes, "w");
	assert(fputs("new", file) >= 0 && fflush(file) == 0 && strcmp(bytes, "new") == 0);
	assert(ftell(file) == 3 && fclose(file) == 0);
	file = fmemopen(bytes, sizeof bytes, "a");
	assert(fputs("er", file) >= 0 && fclose(file) == 0 && strcmp(bytes, "newer") == 0);
	file = fmemopen(bytes, 5, "w");
	assert(fputs("too long", file) >= 0 && fclose(file) == EOF && strcmp(bytes, "too ") == 0);
	file = fmemopen(bytes, 4, "a+");
	assert(ftell(file) == 4 && fgetc(file) == EOF && fclose(file) == 0);
}

static void folders(void)
{
	struct dirent *entry;
	int n = 0, n_files = 0;

	assert(opendir("iox_memory.no") == NULL && errno == ENOENT);
	assert(mkdir("iox_memory.tmp", 0700) == 0);
	fclose(fopen("iox_memory.tmp/b", "w"));
	fclose(fopen("iox_memory.tmp/a", "w"));
	assert(opendir("iox_memory.tmp/a") == NULL && errno == ENOTDIR);
	DIR *folder = opendir("iox_memory.tmp");
	assert(folder);
	for (int i = 0; i < 2; i++) {
		for (n = n_files = 0; (entry = readdir(folder)); n++)
			n_files += entry->d_type == DT_REG && strlen(entry->d_name) == 1 && *entry->d_name != '.';
		assert(n == 4 && n_files == 2);
		rewinddir(folder);
	}
	assert(closedir(folder) == 0);
	assert(unlink("iox_memory.tmp/a") == 0 && unlink("iox_memory.tmp/b") == 0 && rmdir("iox_memory.tmp") == 0);
}

int main(void)
{
	growing();
	given();
	folders();
	puts("done");
	return 0;
}
