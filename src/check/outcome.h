/* From a report to the result that a test sees. */
#ifndef SIM_OUTCOME_H
#define SIM_OUTCOME_H

#include <simcheck/check.h>

/*
 * Reads the report in `file` into `result`, the schedules of its findings included. Returns SIM_CHECK_OK, or another
 * status with result->error.
 */
enum sim_check_status outcome_read(struct sim_check_result *result, const char *file);

/* Sets result->error, trailing white space cut, and returns `status`. */
__attribute__((format(printf, 3, 4)))
enum sim_check_status outcome_fail(struct sim_check_result *result, enum sim_check_status status,
	const char *format, ...);

/* Sets result->summary. */
void outcome_summarise(struct sim_check_result *result);

#endif
