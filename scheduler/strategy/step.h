/* One step of a schedule: which thread goes on, and in which of the ways that its operation has. */
#ifndef SIM_STEP_H
#define SIM_STEP_H

#include <stdint.h>

struct search_step {
	uint16_t thread, choice;
};

#endif
