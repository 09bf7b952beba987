/* Running the compiler and the linker: without a shell, their messages in the language of the C locale. */
#ifndef SIM_COMMAND_H
#define SIM_COMMAND_H

#include <stddef.h>

#include "str.h"

/* One process. Lifetime: from its set-up to command_release(). */
struct command {
	struct str_list argv;
	char *log;  /* path of the file that takes its standard output and error */
	int status; /* as wait() tells it, or -1 with `error` set when it could not be started */
	int error;  /* errno of the start */
};

/* Runs all of them, at most n_parallel at a time, and waits for them. Returns the index of the first that did not end
 * with exit status 0, or -1 when all did. */
int command_run_all(struct command *commands, size_t n, size_t n_parallel);
void command_release(struct command *command);

#endif
