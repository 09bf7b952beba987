/* Where the command simcheck is. */
#ifndef SIM_LOCATE_H
#define SIM_LOCATE_H

/*
 * The command to run: `wanted` unless NULL, else the environment variable SIMCHECK, else the first executable file of
 * those known when this library was built, else "simcheck", to be looked for in the PATH. Belongs to the caller of the
 * environment or to the library; never NULL.
 */
const char *locate_command(const char *wanted);

#endif
