/* What a compiler says about the files that it read (-MMD). */
#ifndef SIM_DEPFILE_H
#define SIM_DEPFILE_H

#include "str.h"

/* Adds the prerequisites of the make rule `text` ("target: a.c b\ c.h \") to `files`, unescaped, each name once. */
void depfile_parse(const char *text, struct str_list *files);

#endif
