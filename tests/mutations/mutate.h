/* Small random changes of a text: of bytes, of lines, of tokens. The same seed makes the same changes everywhere. */
#ifndef SIM_TEST_MUTATE_H
#define SIM_TEST_MUTATE_H

#include <stddef.h>
#include <stdint.h>

/* A text that is changed. Lifetime: the caller's; `bytes` is allocated, and has a zero behind its `n` bytes. */
struct mutant {
	char *bytes;
	size_t n;
	uint64_t random; /* the state that all choices come from */
};

/* A mutant of a copy of these bytes. */
struct mutant mutant_make(const char *bytes, size_t n, uint64_t seed);
void mutant_release(struct mutant *mutant);

/* A number below `n`, which is not 0. */
unsigned mutant_below(struct mutant *mutant, unsigned n);

/* One of the values that programs are seldom ready for: numbers at limits, empty and odd words. */
const char *mutant_odd_value(struct mutant *mutant);

/* Makes one change, or sometimes up to four. */
void mutant_change(struct mutant *mutant);

#endif
