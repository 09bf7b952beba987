/*
 * What symbols_program.c says of itself and test_symbols.c compares with the debug information.
 */
#ifndef SYMBOLS_PROGRAM_H
#define SYMBOLS_PROGRAM_H

#include <stddef.h>

/* A point that the program was at. */
struct spot {
	void *pc; /* the return address of a call in `line` */
	int line;
	const char *function;
};

/* An object, or a part of one, and the name expected for it. */
struct named {
	void *address;
	size_t size;
	const char *name;
};

/* The frame of a function that was active. */
struct frame {
	void *pc;
	void *pointer; /* its frame pointer */
	struct named variables[10];
	int n_variables;
};

/* What the program exports; the test finds it by name in each of the loaded programs. */
void *here(void);
void note_spots(struct spot *spots); /* fills 4 */
void first_address(void);
struct named first_static(int n);
struct named second_static(int n);
void note_frame(struct frame *frame, int parameter);
void note_frame_around(struct frame *frame);

#endif
