/* What is in object files, archives of them, and shared objects. */
#ifndef SIM_OBJECTS_H
#define SIM_OBJECTS_H

#include <stdbool.h>

#include "str.h"

/* Adds the names of the functions and variables that the object file or archive at `path` defines for other files. Returns
 * 0, or -1 when the file cannot be read as one. */
int objects_defined(const char *path, struct str_list *names);

/* Whether the shared object at `path` has a function `name` that dlsym() finds. */
bool objects_has_function(const char *path, const char *name);

/* Adds the names that the shared object at `path` refers to, that no library which it was linked with defines, and that
 * are not weak. Every library must have symbol versions, as the C library does: that is how they are told apart.
 * Returns 0, or -1 when the file cannot be read as ELF. */
int objects_missing(const char *path, struct str_list *names);

/* The bytes of a section of the file at `path`, as a new string that ends in a 0 byte not counted in *size; NULL: there is
 * no such section. */
char *objects_read_section(const char *path, const char *section, size_t *size);

/* Adds the functions that other files can call of those objects, in the object file or archive at `path`, which were not
 * built by simcheck-cc; `origins` gets the name of the object of each, "other.o" or "libx.a(other.o)". Returns the name of
 * an object that another version of simcheck-cc built, as a new string; NULL: there is none. */
char *objects_unchecked(const char *path, struct str_list *functions, struct str_list *origins);

#endif
