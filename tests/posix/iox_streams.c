/* Streams: modes, positions, lines, formatted input, pushing back, buffers, locks. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char path[] = "iox_streams.tmp";

static void *append(void *name)
{
	FILE *file = fopen(path, "a");

	assert(file);
	fprintf(file, "%s %d\n", (char *)name, 1);
	assert(fclose(file) == 0);
	return NULL;
}

static void two_append(void)
{
	pthread_t threads[2];
	char line[40];
	int n = 0;
	FILE *file = fopen(path, "w");

	assert(file && fclose(file) == 0);
	pthread_create(&threads[0], NULL, append, "left");
	pthread_create(&threads[1], NULL, append, "right");
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	file = fopen(path, "r");
	while (fgets(line, sizeof line, file)) {
		assert(strcmp(line, "left 1\n") == 0 || strcmp(line, "right 1\n") == 0);
		n++;
	}
	assert(n == 2 && feof(file) && !ferror(file));
	fclose(file);
}

static void positions(void)
{
	char bytes[12];
	fpos_t position;
	FILE *file = fopen(path, "w+");

	assert(fputs("0123456789", file) >= 0 && ftell(file) == 10 && fseek(file, 3, SEEK_SET) == 0);
	assert(fgetc(file) == '3' && ungetc('x', file) == 'x' && ftell(file) == 3 && fgetc(file) == 'x');
	assert(fgetpos(file, &position) == 0 && fread(bytes, 2, 2, file) == 2 && memcmp(bytes, "4567", 4) == 0);
	assert(fsetpos(file, &position) == 0 && fgetc(file) == '4' && fseek(file, -1, SEEK_END) == 0 && fgetc(file) == '9');
	assert(fgetc(file) == EOF && feof(file));
	rewind(file);
	assert(!feof(file) && fputc('A', file) == 'A' && fflush(file) == 0 && fgetc(file) == '1');
	assert(fseek(file, 0, SEEK_SET) == 0 && fread(bytes, 3, 9, file) == 3 && fseek(file, -100, SEEK_CUR) == -1);
	assert(fclose(file) == 0 && fopen("iox_missing/x", "w") == NULL && errno == ENOENT);
	assert(fopen(path, "z") == NULL && errno == EINVAL && fopen(path, "wx") == NULL && errno == EEXIST);
}

/* What is written stays in the buffer until it is flushed, or 4096 bytes are exceeded. */
static void buffers(void)
{
	static char block[5000];
	FILE *out = fopen(path, "w"), *in = fopen(path, "r");

	assert(fputs("held back", out) >= 0 && fgetc(in) == EOF);
	assert(fflush(out) == 0);
	clearerr(in);
	assert(fgetc(in) == 'h' && fwrite(block, 1, sizeof block, out) == sizeof block);
	assert(fseek(in, 0, SEEK_END) == 0);
	printf("%ld of %d\n", ftell(in), 9 + 5000);
	assert(setvbuf(out, NULL, _IONBF, 0) == 0 && fputc('!', out) == '!');
	assert(fseek(in, -1, SEEK_END) == 0 && fgetc(in) == '!');
	assert(fputc('x', in) == EOF && ferror(in) && errno == EBADF);
	fclose(out), fclose(in);
}

static void formatted(void)
{
	int a = 0, b = 0, n = 0;
	unsigned c = 0;
	char word[10], set[10], letter;
	double d = 0;
	FILE *file = tmpfile();

	fputs("12 -0x1f 777 word,abc 2.5e1%x 99999999999 nothing", file);
	rewind(file);
	assert(fscanf(file, "%d %i %o %9[a-z],%3s %lf%%%c%n", &a, &b, &c, word, set, &d, &letter, &n) == 7);
	assert(a == 12 && b == -31 && c == 0777 && strcmp(word, "word") == 0 && strcmp(set, "abc") == 0 && d == 25 && letter == 'x');
	assert(n == 29);
	assert(fscanf(file, "%*d %d", &a) == 0 && fscanf(file, "%9s", word) == 1 && strcmp(word, "nothing") == 0);
	assert(fscanf(file, "%d", &a) == EOF);
	fclose(file);
}

static void lines(void)
{
	char *line = NULL;
	size_t size = 0;
	FILE *file = tmpfile();

	fprintf(file, "short\n%0300d\nlast", 7);
	rewind(file);
	assert(getline(&line, &size, file) == 6 && strcmp(line, "short\n") == 0);
	assert(getline(&line, &size, file) == 301 && strlen(line) == 301 && size > 301);
	assert(getdelim(&line, &size, 's', file) == 3 && getline(&line, &size, file) == 1 && *line == 't');
	assert(getline(&line, &size, file) == -1 && feof(file));
	free(line);
	fclose(file);
}

static FILE *both;

static void *locked(void *text)
{
	flockfile(both);
	for (const char *c = text; *c; c++)
		putc_unlocked(*c, both);
	funlockfile(both);
	return NULL;
}

static void locks(void)
{
	pthread_t threads[2];
	char all[7] = "";

	both = tmpfile();
	assert(ftrylockfile(both) == 0 && ftrylockfile(both) == 0);
	funlockfile(both), funlockfile(both);
	pthread_create(&threads[0], NULL, locked, "abc");
	pthread_create(&threads[1], NULL, locked, "123");
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	rewind(both);
	assert(fread(all, 1, 6, both) == 6 && (strcmp(all, "abc123") == 0 || strcmp(all, "123abc") == 0));
	fclose(both);
}

int main(void)
{
	assert(getchar() == EOF && feof(stdin));
	two_append();
	positions();
	buffers();
	formatted();
	lines();
	locks();
	assert(remove(path) == 0 && remove(path) == -1 && errno == ENOENT);
	return 0;
}
