/*
 * One abstract program and its depth-first search: what tests of counts and of the search begin with.
 */
#ifndef TEST_SEARCH_STAGE_H
#define TEST_SEARCH_STAGE_H

#include "abstract.h"
#include "search.h"

/* Lifetime: one test. */
extern struct abstract machine;
extern struct abstract_program program;
extern bool verifies; /* compare the state after each restore; slow for large searches */

/* Check fixture: an empty program. */
void search_stage_setup(void);

void add(int thread, struct abstract_line line);
/* Main starts threads 1..n. */
void start_all(int n);
/* Thread `t` locks two locks, from sites 10 and 20, and unlocks them. */
void add_nested(int t, int outer, int inner);

/* Searches the whole program, keeping going. Afterwards the machine and the findings' schedules have been released. */
struct search explore(void);
struct search explore_up_to(uint32_t max_events, uint64_t max_executions);
/* Searches, and compares the numbers. */
void expect(uint64_t executions, uint64_t classes);
void expect_classes(uint64_t classes);

#endif
