/*
 * A finding as a picture: one lane per thread, time downwards. Reads reports only; knows nothing of execution.
 *
 * The same finding gives the same bytes of DOT and SVG, whatever the version of graphviz makes of fonts in PNG. Not for
 * use from two OS threads at once: graphviz is not made for that.
 */
#ifndef SIM_VIZ_H
#define SIM_VIZ_H

#include <stddef.h>

#include "report.h"

enum viz_format {
	VIZ_DOT, /* with all positions: "neato -n2 -Tsvg" draws the same picture */
	VIZ_SVG,
	VIZ_PNG,
};

/* Writes the picture of `finding`, which is one of `report`'s, to the file `path`. Returns 0, or -1 with a sentence in
 * `error`. */
int viz_write(const struct sim_finding *finding, const struct sim_report *report, enum viz_format format,
		const char *path, char *error, size_t size);

#endif
