/* Strings on the heap. */
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *str_checked(void *result)
{
	if (!result) {
		fputs("simcheck: out of memory\n", stderr);
		exit(70);
	}
	return result;
}

char *str_printf(const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return str_checked(text);
}

char *str_copy(const char *text)
{
	return str_checked(strdup(text));
}

void str_list_take(struct str_list *list, char *item)
{
	list->items = str_checked(realloc(list->items, (list->n + 2) * sizeof *list->items));
	list->items[list->n++] = item;
	list->items[list->n] = NULL;
}

void str_list_add(struct str_list *list, const char *item)
{
	str_list_take(list, str_copy(item));
}

void str_list_add_all(struct str_list *list, const struct str_list *other)
{
	for (size_t i = 0; i < other->n; i++)
		str_list_add(list, other->items[i]);
}

bool str_list_has(const struct str_list *list, const char *item)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->items[i], item) == 0)
			return true;
	}
	return false;
}

char *str_list_join(const struct str_list *list, const char *separator)
{
	char *text = NULL;
	size_t size = 0;
	FILE *stream = str_checked(open_memstream(&text, &size));

	for (size_t i = 0; i < list->n; i++)
		fprintf(stream, "%s%s", i ? separator : "", list->items[i]);
	fclose(stream);
	return str_checked(text);
}

void str_list_release(struct str_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i]);
	free(list->items);
	*list = (struct str_list){0};
}

static char *str_read_descriptor(int fd, size_t *size)
{
	struct stat status;
	size_t capacity = 4096, n = 0;
	char *text = NULL;

	if (fstat(fd, &status) == 0 && status.st_size > 0)
		capacity = (size_t)status.st_size + 1;
	for (;;) {
		text = str_checked(realloc(text, capacity + 1));
		ssize_t got = read(fd, text + n, capacity - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			free(text);
			return NULL;
		}
		n += (size_t)got;
		if (got == 0)
			break;
		if (n == capacity)
			capacity *= 2;
	}
	text[n] = 0;
	if (size)
		*size = n;
	return text;
}

char *str_read_file(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text;

	if (fd < 0)
		return NULL;
	text = str_read_descriptor(fd, size);
	int error = errno;

	close(fd);
	errno = error;
	return text;
}
