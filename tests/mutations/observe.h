/* Running a command in a folder of its own, and what is left when it has ended. */
#ifndef SIM_TEST_OBSERVE_H
#define SIM_TEST_OBSERVE_H

#include <stdbool.h>
#include <stddef.h>

/* What came of a command. Lifetime: the caller's; the texts are allocated. */
struct observed {
	int status;    /* exit status; of one that a signal ended: the signal, negative */
	bool hung;     /* it did not end in time, and was killed */
	char *output, *error, *messages; /* the last: what it wrote to descriptor 3 */
	size_t n_output, n_error;
	bool left_process; /* one that it started was still there when it had ended */
	bool left_file;    /* something was in its folder for temporary files */
};

/* Makes the folder, an empty cache in it and an empty folder for temporary files, and goes there. */
void observe_begin(void);
/* Removes it, with all that is in it. */
void observe_end(void);

/* Runs the command with `input` as its standard input, and its descriptor 3 a file `messages`, for at most `limit_s` seconds. */
struct observed observe(const char *const *arguments, const char *input, double limit_s);
void observed_release(struct observed *observed);

/* Files of the folder. Texts are allocated, and end with a zero. */
void observe_write(const char *name, const char *bytes, size_t n);
char *observe_read(const char *name, size_t *n);

#endif
