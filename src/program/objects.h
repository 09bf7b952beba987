/* The symbols of object files and shared objects. */
#ifndef SIM_OBJECTS_H
#define SIM_OBJECTS_H

#include <stdbool.h>

#include "str.h"

/* Adds the names of the functions and variables that the object file at `path` defines for other files. Returns 0, or
 * -1 when the file cannot be read as ELF. */
int objects_defined(const char *path, struct str_list *names);

/* Whether the shared object at `path` has a function `name` that dlsym() finds. */
bool objects_has_function(const char *path, const char *name);

/* Adds the names that the shared object at `path` refers to, that no library which it was linked with defines, and that
 * are not weak. Every library must have symbol versions, as the C library does: that is how they are told apart.
 * Returns 0, or -1 when the file cannot be read as ELF. */
int objects_missing(const char *path, struct str_list *names);

#endif
