/*
 * Room between global variables, so that who runs over the end of one does not land in the next. Objects are compiled with a
 * section for each variable; the linker is told to leave room behind those, in output sections of their own. The worker
 * finds there what belongs to no variable (symbols_gaps()).
 */
#ifndef SIM_GUARDS_H
#define SIM_GUARDS_H

#include "str.h"

/* Writes a linker script to `path` that leaves room behind each variable, in a section of its own, of the object files.
 * Others stay where they are. Returns 0 or -1. */
int guards_write(const struct str_list *objects, const char *path);

#endif
