/* Response files: arguments of a compiler in a file, named by @FILE. */
#ifndef SIM_RESPONSE_H
#define SIM_RESPONSE_H

#include "str.h"

/* Adds the arguments argv[1] to argv[argc - 1], those in response files in place of their names. As gcc does it: white space
 * separates, quotes of both kinds and backslashes quote, files may name others, and a file that cannot be read is an
 * argument like any other. */
void response_expand(struct str_list *arguments, int argc, char **argv);

#endif
