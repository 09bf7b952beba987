/*
 * Choices that the checker makes in every possible way: an input that may be anything, a message that may get lost.
 * The one source of nondeterminism in a program besides its schedule.
 */
#ifndef SIMCHECK_CHOOSE_H
#define SIMCHECK_CHOOSE_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One of `n` outcomes, 0 to n-1. The checker explores them all. Real threads draw one: each thread has its own
 * sequence, which depends on the environment variable SIMCHECK_SEED (a number; a fixed seed if it is not set) and on
 * where the thread stands in the tree of who started whom, not on timing. Below 1 is a misuse (bad-choice) and returns
 * 0. Any thread, any time; orders nothing.
 */
int sim_choose(int n);

#ifdef __cplusplus
}
#endif

#endif
