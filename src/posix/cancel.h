/* Cancellation of threads. */
#ifndef SIM_CANCEL_H
#define SIM_CANCEL_H

/* [thread] Ends the calling thread, which was cancelled. */
void cancel_on_request(void);

#endif
