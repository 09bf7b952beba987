/*
 * Random fuzz programs. A family says what a program is made of, so that each kind of blocking is met often.
 */
#ifndef FUZZ_GENERATE_H
#define FUZZ_GENERATE_H

#include <stdint.h>

#include "program.h"

enum { GENERATE_N_FAMILIES = 37 };

/* The family's name; NULL if there are not so many. */
const char *generate_family_name(int family);
/* The family called so, or -1. */
int generate_family(const char *name);

/* The program of that seed and family: the same everywhere. */
void generate_program(struct program *program, uint64_t seed, int family);

#endif
