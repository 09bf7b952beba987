/* Cleanup handlers: what a thread has pushed, and leaves to be called when it ends early. All functions: [thread]. */
#ifndef SIM_CLEANUP_H
#define SIM_CLEANUP_H

/* Calls the handlers of the calling thread, last first, and then ends it. */
_Noreturn void cleanup_unwind(void);

#endif
