/* Running simcheck from a test, in a folder of the test's own. */
#ifndef SIM_TEST_COMMAND_LINE_H
#define SIM_TEST_COMMAND_LINE_H

#include <stddef.h>

/* What the last simcheck() wrote, as strings, and the exit status that it ended with. */
extern char *standard_output, *standard_error;
extern int exit_status;

/* Fixture: makes the folder, with an empty cache, and goes there; the other removes it. */
void command_line_set_up(void);
void command_line_tear_down(void);

void write_file(const char *name, const char *text);
/* The caller frees the text. */
char *read_file(const char *name);

/* Runs simcheck with `arguments`, which a shell splits. */
void simcheck(const char *arguments);

/* Runs it, and fails the test unless it ends with `status`, with `line` as the first line on standard error. */
void simcheck_fails(const char *arguments, int status, const char *line);

#endif
