/* Strings on the heap. Running out of memory ends the process with a message and exit status 70. */
#ifndef SIM_STR_H
#define SIM_STR_H

#include <stdbool.h>
#include <stddef.h>

/* What printf would print, as a new string. */
char *str_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *str_copy(const char *text);

/* Lifetime: as long as its owner wants. Zero-filled is empty. A list of owned strings, followed by a NULL that is not
 * counted, so that `items` can be an argv; `items` is NULL while nothing was added. */
struct str_list {
	char **items;
	size_t n;
};

/* Adds `item`, which the list owns from now on. */
void str_list_take(struct str_list *list, char *item);
/* Adds a copy. */
void str_list_add(struct str_list *list, const char *item);
/* Adds copies of all items of `other`. */
void str_list_add_all(struct str_list *list, const struct str_list *other);
bool str_list_has(const struct str_list *list, const char *item);
/* All items with `separator` between them, as a new string. */
char *str_list_join(const struct str_list *list, const char *separator);
void str_list_release(struct str_list *list);

/* The whole file as a new string that ends in a 0 byte not counted in *size (which may be NULL). Returns NULL with
 * errno set when it cannot be read. */
char *str_read_file(const char *path, size_t *size);

/* For callers of allocating functions of the C library: the message and exit status 70 when `result` is NULL. */
void *str_checked(void *result);

#endif
