/* What happens when a primitive's rules are broken. */
#ifndef SIMCHECK_MISUSE_H
#define SIMCHECK_MISUSE_H

/* Called on real threads with the cause ("unlock-not-owner") and a sentence. */
typedef void sim_misuse_handler(const char *cause, const char *what);
sim_misuse_handler *sim_on_misuse(sim_misuse_handler *handler);

#endif
