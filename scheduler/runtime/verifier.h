/*
 * The builtins of verification benchmarks (SV-COMP), which programs declare themselves: what the worker has to know of
 * them. The functions that programs call are in verifier.c.
 */
#ifndef SIM_VERIFIER_H
#define SIM_VERIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From where the values of __VERIFIER_nondet_*() are taken, as far as they are of the type; but all truth values are. */
void verifier_set_range(int64_t low, int64_t high);

/* A __VERIFIER_nondet_*() was called in some execution and not all values of its type were tried: its name and the first
 * such call. NULL: none was. */
const char *verifier_bounded(uint32_t *site);

/* A function of the program that nobody interrupts: its code. Up to a hundred are remembered; false: this is one more. */
bool verifier_add_atomic(uintptr_t low, uintptr_t high);

/* How many such functions there are. */
extern size_t verifier_n_atomic;

/* [thread] A function of the program was entered, or is about to be left; `pc` is in it. */
void verifier_on_entry(uintptr_t pc);
void verifier_on_exit(uintptr_t pc);

#endif
