/*
 * How the programs of this folder say what came of an execution: outcome n is the failed assertion "outcome n", at a line
 * of its own, so that the findings of a check are the outcomes that are possible.
 */
#ifndef SIM_TEST_OUTCOME_H
#define SIM_TEST_OUTCOME_H

#undef NDEBUG
#include <assert.h>

static inline void come_to(int outcome)
{
	assert(outcome != 0 && "outcome 0");
	assert(outcome != 1 && "outcome 1");
	assert(outcome != 2 && "outcome 2");
	assert(outcome != 3 && "outcome 3");
}

#endif
