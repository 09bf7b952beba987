/* Choices that the checker makes in every possible way. */
#ifndef SIMCHECK_CHOOSE_H
#define SIMCHECK_CHOOSE_H

int sim_choose(int n);

#endif
