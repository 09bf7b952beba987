/* How text looks on a terminal. */
#ifndef SIM_STYLE_H
#define SIM_STYLE_H

#include <stdbool.h>
#include <stdio.h>

enum style {
	STYLE_PLAIN,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_GOOD,
	STYLE_BAD,
	STYLE_WARNING,
};

/* Turns a style on, where there is colour; STYLE_PLAIN turns it off. */
void style_set(FILE *out, bool color, enum style style);

#endif
