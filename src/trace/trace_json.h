/*
 * Findings, threads and events as JSON: what reports and trace files have in common. The names are those of
 * doc/formats.md.
 */
#ifndef SIM_TRACE_JSON_H
#define SIM_TRACE_JSON_H

#include "json_input.h"
#include "report.h"

/* Adds kind, cause, message, place, object, execution, preemptions, accesses. */
void trace_json_put_finding(json_t *json, const struct sim_finding *finding, unsigned flags);
/* New references. Events name their threads. */
json_t *trace_json_threads(const struct sim_trace *trace, unsigned flags);
json_t *trace_json_events(const struct sim_trace *trace, unsigned flags);

/* Reads threads, then the events under `events_key`, then output, time and promoted. */
void trace_json_get_trace(struct json_input *in, struct sim_trace *trace, const json_t *json, const char *events_key);
/* Reads what trace_json_put_finding() added; the trace must have been read before. */
void trace_json_get_finding(struct json_input *in, struct sim_finding *finding, const json_t *json);

#endif
