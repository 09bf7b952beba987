/* Results that the operations of simcheck's primitives share. */
#ifndef SIMCHECK_STATUS_H
#define SIMCHECK_STATUS_H

#include <stdint.h>

/* What an operation came to. 0 is success; everything else says why not. */
enum sim_status {
	SIM_OK = 0,
	SIM_BUSY,    /* a non-blocking attempt that would have had to wait */
	SIM_TIMEOUT, /* the time given ran out first */
	SIM_MISUSE,  /* the call breaks the primitive's rules; see sim_on_misuse() */
	SIM_NOMEM,   /* no resources for another object or thread */
};

/* A timeout that never ends. Timeouts are in nanoseconds; 0 means "do not wait". */
#define SIM_FOREVER INT64_C(-1)

#endif
