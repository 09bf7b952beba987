/* The schedule of a finding as a table: one column per thread, time downwards. */
#ifndef SIM_TABLE_H
#define SIM_TABLE_H

#include <stdio.h>

#include "text.h"

/* Writes the table and a legend of the marks that it uses. Where the columns do not fit into the width, each row names
 * its thread instead. */
void table_print(FILE *out, const struct sim_finding *finding, const struct text_options *options);

#endif
