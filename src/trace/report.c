#include "report.h"

#include <stdlib.h>
#include <string.h>

void place_release(struct sim_place *place)
{
	free(place->file);
	free(place->path);
	free(place->function);
}

static void report_release_strings(char **strings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(strings[i]);
	free(strings);
}

static void report_release_event(struct sim_trace_event *event)
{
	free(event->op);
	free(event->object);
	free(event->value);
	free(event->acquires);
	free(event->releases);
	place_release(&event->place);
	free(event->causes);
}

static void report_release_thread(struct sim_trace_thread *thread)
{
	free(thread->name);
	free(thread->id);
	free(thread->function);
	free(thread->state);
	place_release(&thread->place);
	for (size_t i = 0; i < thread->n_holds; i++) {
		free(thread->holds[i].object);
		place_release(&thread->holds[i].since);
	}
	free(thread->holds);
	free(thread->waits_for.op);
	free(thread->waits_for.object);
}

static void report_release_trace(struct sim_trace *trace)
{
	for (size_t i = 0; i < trace->n_threads; i++)
		report_release_thread(&trace->threads[i]);
	free(trace->threads);
	for (size_t i = 0; i < trace->n_events; i++)
		report_release_event(&trace->events[i]);
	free(trace->events);
	free(trace->output);
	free(trace->time);
	report_release_strings(trace->promoted, trace->n_promoted);
}

static void report_release_coverage(struct sim_coverage *coverage)
{
	if (!coverage)
		return;
	for (size_t i = 0; i < coverage->n_gaps; i++) {
		free(coverage->gaps[i].file);
		free(coverage->gaps[i].function);
		free(coverage->gaps[i].operation);
	}
	free(coverage->gaps);
	free(coverage);
}

void finding_release(struct sim_finding *finding)
{
	free(finding->kind);
	free(finding->cause);
	free(finding->message);
	place_release(&finding->place);
	free(finding->object);
	for (size_t i = 0; i < 2; i++) {
		free(finding->accesses[i].op);
		place_release(&finding->accesses[i].place);
	}
	report_release_trace(&finding->trace);
	memset(finding, 0, sizeof(*finding));
}

void report_release(struct sim_report *report)
{
	report_release_strings(report->files, report->n_files);
	free(report->verdict);
	free(report->limit);
	free(report->strategy);
	free(report->memory_model);
	free(report->time);
	for (size_t i = 0; i < report->n_findings; i++)
		finding_release(&report->findings[i]);
	free(report->findings);
	if (report->run)
		finding_release(report->run);
	free(report->run);
	report_release_strings(report->assumes, report->n_assumes);
	report_release_coverage(report->coverage);
	report_release_strings(report->notes, report->n_notes);
	memset(report, 0, sizeof(*report));
}
