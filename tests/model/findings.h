/* What a check found, compared with what a test expects. */
#ifndef SIM_TEST_FINDINGS_H
#define SIM_TEST_FINDINGS_H

#include <stdbool.h>

#include <simcheck/check.h>

/*
 * Whether the verdict and the findings are those expected, each finding as often: "safe", or kinds and causes as in
 * "deadlock lock-cycle, assertion", in any order.
 */
bool findings_match(const char *expected, const struct sim_check_result *result);

/* Fails the running test unless the schedule of each finding, followed again from `entry` (NULL: main), shows it. */
void findings_recur(const char *path, const char *entry, const struct sim_check_result *result);

#endif
