#include "examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SIM_GOLDEN_DIR, where the sources lie, comes from the build. */
#define AT(name, number, where) \
	{.file = name, .path = SIM_GOLDEN_DIR "/" name, .function = where, .line = number}
#define N(array) (sizeof(array) / sizeof((array)[0]))
#define CAUSES(...) \
	.causes = (struct sim_edge[]){__VA_ARGS__}, \
	.n_causes = N(((struct sim_edge[]){__VA_ARGS__}))
#define NO_WAIT .waits_for = {.holder = SIM_NONE}

/* ---- abba.c ---- */

static struct sim_trace_event abba_events[] = {
	{.thread = 0, .op = "start", .object = "T1", .place = AT("abba.c", 30, "main")},
	{.thread = 0, .op = "start", .object = "T2", .place = AT("abba.c", 31, "main")},
	{.thread = 1, .op = "acquire", .object = "left", .acquires = "left", .place = AT("abba.c", 9, "first"),
		CAUSES({0, SIM_EDGE_START})},
	{.thread = 2, .op = "acquire", .object = "right", .acquires = "right", .preemption = true,
		.place = AT("abba.c", 18, "second"), CAUSES({1, SIM_EDGE_START})},
};

static struct sim_hold abba_holds[] = {
	{.object = "left", .since = AT("abba.c", 9, "first"), .event = 2},
	{.object = "right", .since = AT("abba.c", 18, "second"), .event = 3},
};

static struct sim_trace_thread abba_threads[] = {
	{.name = "main", .function = "main", .state = "blocked", .place = AT("abba.c", 32, "main"),
		.waits_for = {.op = "join", .object = "T1", .holder = 1}},
	{.name = "T1", .function = "first", .state = "blocked", .place = AT("abba.c", 10, "first"),
		.holds = &abba_holds[0], .n_holds = 1,
		.waits_for = {.op = "acquire", .object = "right", .holder = 2, .in_cycle = true}},
	{.name = "T2", .function = "second", .state = "blocked", .place = AT("abba.c", 19, "second"),
		.holds = &abba_holds[1], .n_holds = 1,
		.waits_for = {.op = "acquire", .object = "left", .holder = 1, .in_cycle = true}},
};

static struct sim_finding abba_findings[] = {{
	.kind = "deadlock",
	.cause = "lock-cycle",
	.message = "T1 holds left (abba.c:9) and waits for right (abba.c:10), while T2 holds right (abba.c:18) and waits for "
		"left (abba.c:19)",
	.place = AT("abba.c", 10, "first"),
	.object = "right",
	.execution = 2,
	.preemptions = 1,
	.trace = {
		.threads = abba_threads, .n_threads = N(abba_threads),
		.events = abba_events, .n_events = N(abba_events),
		.time = "any",
	},
}};

const struct sim_report example_abba = {
	.files = (char *[]){"abba.c"},
	.n_files = 1,
	.verdict = "bug",
	.strategy = "dfs",
	.memory_model = "sc",
	.time = "any",
	.executions = 2,
	.classes = 2,
	.events = 14,
	.seconds = 0.000125,
	.compile_seconds = 0.25,
	.peak_kb = 5120,
	.findings = abba_findings,
	.n_findings = 1,
	.threads_seen = 3,
};

/* ---- counter.c ---- */

static struct sim_trace_event race_events[] = {
	{.thread = 0, .op = "start", .object = "T1", .place = AT("counter.c", 19, "main")},
	{.thread = 0, .op = "start", .object = "T2", .place = AT("counter.c", 20, "main")},
	{.thread = 0, .op = "join", .object = "T1", .place = AT("counter.c", 21, "main")},
	{.thread = 0, .op = "join", .object = "T2", .place = AT("counter.c", 22, "main")},
};

static struct sim_trace_thread race_threads[] = {
	{.name = "main", .function = "main", .state = "ended", .place = AT("counter.c", 25, "main"), NO_WAIT},
	{.name = "T1", .function = "increment", .state = "ended", .place = AT("counter.c", 11, "increment"), NO_WAIT},
	{.name = "T2", .function = "increment", .state = "ended", .place = AT("counter.c", 11, "increment"), NO_WAIT},
};

static struct sim_trace_event update_events[] = {
	{.thread = 0, .op = "start", .object = "T1", .place = AT("counter.c", 19, "main")},
	{.thread = 0, .op = "start", .object = "T2", .place = AT("counter.c", 20, "main")},
	{.thread = 1, .op = "read", .object = "counter", .value = "0", .place = AT("counter.c", 10, "increment"),
		CAUSES({0, SIM_EDGE_START})},
	{.thread = 2, .op = "read", .object = "counter", .value = "0", .preemption = true,
		.place = AT("counter.c", 10, "increment"), CAUSES({1, SIM_EDGE_START})},
	{.thread = 2, .op = "write", .object = "counter", .value = "0 -> 1", .place = AT("counter.c", 10, "increment")},
	{.thread = 1, .op = "write", .object = "counter", .value = "1 -> 1", .place = AT("counter.c", 10, "increment")},
	{.thread = 0, .op = "join", .object = "T1", .place = AT("counter.c", 21, "main"), CAUSES({5, SIM_EDGE_JOIN})},
	{.thread = 0, .op = "join", .object = "T2", .place = AT("counter.c", 22, "main"), CAUSES({4, SIM_EDGE_JOIN})},
	{.thread = 0, .op = "read", .object = "counter", .value = "1", .place = AT("counter.c", 23, "main"),
		CAUSES({5, SIM_EDGE_READS})},
	{.thread = 0, .op = "read", .object = "counter", .value = "1", .failing = true,
		.place = AT("counter.c", 24, "main"), CAUSES({5, SIM_EDGE_READS})},
};

static struct sim_trace_thread update_threads[] = {
	{.name = "main", .function = "main", .state = "failed", .place = AT("counter.c", 24, "main"), NO_WAIT},
	{.name = "T1", .function = "increment", .state = "ended", .place = AT("counter.c", 11, "increment"), NO_WAIT},
	{.name = "T2", .function = "increment", .state = "ended", .place = AT("counter.c", 11, "increment"), NO_WAIT},
};

static struct sim_finding counter_findings[] = {
	{
		.kind = "data-race",
		.message = "T1 writes counter at counter.c:10 while T2 reads it at counter.c:10, and nothing orders the two",
		.place = AT("counter.c", 10, "increment"),
		.object = "counter",
		.execution = 1,
		.accesses = {
			{.thread = 1, .event = SIM_NONE, .op = "write", .place = AT("counter.c", 10, "increment")},
			{.thread = 2, .event = SIM_NONE, .op = "read", .place = AT("counter.c", 10, "increment")},
		},
		.trace = {
			.threads = race_threads, .n_threads = N(race_threads),
			.events = race_events, .n_events = N(race_events),
			.output = "counter is 2\n",
			.time = "any",
		},
	},
	{
		.kind = "assertion",
		.message = "The assertion \"counter == 2\" fails in main at counter.c:24",
		.place = AT("counter.c", 24, "main"),
		.execution = 2,
		.preemptions = 1,
		.trace = {
			.threads = update_threads, .n_threads = N(update_threads),
			.events = update_events, .n_events = N(update_events),
			.output = "counter is 1\n",
			.time = "any",
			.promoted = (char *[]){"counter:0:4"},
			.n_promoted = 1,
		},
	},
};

const struct sim_report example_counter = {
	.files = (char *[]){"counter.c"},
	.n_files = 1,
	.verdict = "bug",
	.strategy = "dfs",
	.memory_model = "sc",
	.time = "any",
	.executions = 2,
	.classes = 2,
	.events = 20,
	.seconds = 0.000211,
	.compile_seconds = 0.25,
	.peak_kb = 5120,
	.findings = counter_findings,
	.n_findings = N(counter_findings),
	.threads_seen = 3,
};

/* ---- wakeup.c ---- */

static struct sim_trace_event wakeup_events[] = {
	{.thread = 0, .op = "start", .object = "consumer", .place = AT("wakeup.c", 38, "main")},
	{.thread = 0, .op = "start", .object = "producer", .place = AT("wakeup.c", 39, "main")},
	{.thread = 1, .op = "acquire", .object = "guard", .acquires = "guard", .place = AT("wakeup.c", 13, "consumer"),
		CAUSES({0, SIM_EDGE_START})},
	{.thread = 1, .op = "release", .object = "guard", .releases = "guard", .place = AT("wakeup.c", 15, "consumer")},
	{.thread = 2, .op = "acquire", .object = "guard", .acquires = "guard", .preemption = true,
		.place = AT("wakeup.c", 26, "producer"), CAUSES({1, SIM_EDGE_START}, {3, SIM_EDGE_HANDOVER})},
	{.thread = 2, .op = "notify", .object = "ready", .value = "nobody waiting",
		.place = AT("wakeup.c", 28, "producer")},
	{.thread = 2, .op = "release", .object = "guard", .releases = "guard", .place = AT("wakeup.c", 29, "producer")},
	{.thread = 1, .op = "acquire", .object = "guard", .acquires = "guard", .place = AT("wakeup.c", 18, "consumer"),
		CAUSES({6, SIM_EDGE_HANDOVER})},
	{.thread = 1, .op = "wait", .object = "ready", .releases = "guard", .place = AT("wakeup.c", 19, "consumer")},
};

static struct sim_trace_thread wakeup_threads[] = {
	{.name = "main", .function = "main", .state = "blocked", .place = AT("wakeup.c", 40, "main"),
		.waits_for = {.op = "join", .object = "consumer", .holder = 1}},
	{.name = "consumer", .function = "consumer", .state = "blocked", .place = AT("wakeup.c", 19, "consumer"),
		.waits_for = {.op = "wait", .object = "ready", .holder = SIM_NONE}},
	{.name = "producer", .function = "producer", .state = "ended", .place = AT("wakeup.c", 30, "producer"), NO_WAIT},
};

static struct sim_finding wakeup_findings[] = {{
	.kind = "deadlock",
	.cause = "lost-wakeup",
	.message = "producer notified ready at wakeup.c:28 while nobody was waiting; consumer has waited for it since "
		"wakeup.c:19, and nobody will notify it again",
	.place = AT("wakeup.c", 19, "consumer"),
	.object = "ready",
	.execution = 3,
	.preemptions = 1,
	.trace = {
		.threads = wakeup_threads, .n_threads = N(wakeup_threads),
		.events = wakeup_events, .n_events = N(wakeup_events),
		.time = "any",
	},
}};

const struct sim_report example_wakeup = {
	.files = (char *[]){"wakeup.c"},
	.n_files = 1,
	.verdict = "bug",
	.strategy = "dfs",
	.memory_model = "sc",
	.time = "any",
	.executions = 3,
	.classes = 3,
	.events = 31,
	.seconds = 0.000317,
	.compile_seconds = 0.25,
	.peak_kb = 5120,
	.findings = wakeup_findings,
	.n_findings = 1,
	.threads_seen = 3,
};

/* ---- without findings ---- */

const struct sim_report example_proved = {
	.files = (char *[]){"safe.c"},
	.n_files = 1,
	.verdict = "proved",
	.strategy = "dfs",
	.memory_model = "sc",
	.time = "any",
	.executions = 90,
	.classes = 90,
	.events = 1620,
	.seconds = 0.002,
	.compile_seconds = 0.25,
	.peak_kb = 5120,
	.threads_seen = 4,
};

const struct sim_report example_incomplete = {
	.files = (char *[]){"large.c"},
	.n_files = 1,
	.verdict = "incomplete",
	.limit = "the limit of 1000 executions was reached (--max-executions raises it)",
	.strategy = "dfs",
	.memory_model = "sc",
	.time = "virtual",
	.executions = 1000,
	.classes = 37,
	.events = 120000,
	.seconds = 1.5,
	.compile_seconds = 0.25,
	.peak_kb = 9216,
	.notes = (char *[]){"counter.c calls puts_unlocked, which simcheck does not know: what it does to memory is not seen"},
	.n_notes = 1,
	.threads_seen = 4,
};

/* ---- a ring of any size ---- */

static char *ring_name(const char *prefix, size_t number)
{
	char *name;

	if (asprintf(&name, "%s%zu", prefix, number) < 0)
		abort();
	return name;
}

static struct sim_place ring_place(int line)
{
	return (struct sim_place){.file = strdup("ring.c"), .function = strdup("philosopher"), .line = line};
}

/* The last n_threads events take the locks that stay held, one per thread; before them, others come and go. */
static struct sim_trace_event ring_event(size_t index, size_t n_threads, size_t n_events)
{
	size_t last = n_events - n_threads, thread = index < last ? index / 2 % n_threads : index - last;
	bool take = index >= last || index % 2 == 0;
	char *lock = index < last ? ring_name("plate", thread) : ring_name("fork", thread);

	return (struct sim_trace_event){
		.thread = (int)thread,
		.op = strdup(take ? "acquire" : "release"),
		.object = lock,
		.acquires = take ? strdup(lock) : NULL,
		.releases = take ? NULL : strdup(lock),
		.preemption = index >= last && thread > 0,
		.place = ring_place(take ? 11 : 12),
	};
}

struct sim_report example_ring(size_t n_threads, size_t n_events)
{
	struct sim_report report = {.verdict = strdup("bug"), .strategy = strdup("dfs"), .executions = 1,
		.classes = SIM_NONE, .n_findings = 1};
	struct sim_finding *finding = calloc(1, sizeof(*finding));
	struct sim_trace *trace = &finding->trace;

	report.findings = finding;
	*finding = (struct sim_finding){.kind = strdup("deadlock"), .cause = strdup("lock-cycle"),
		.message = strdup("Each philosopher holds one fork and waits for the next one"),
		.place = ring_place(21), .execution = 1, .preemptions = (int)n_threads - 1};
	trace->n_threads = n_threads;
	trace->threads = calloc(n_threads, sizeof(*trace->threads));
	trace->n_events = n_events;
	trace->events = calloc(n_events, sizeof(*trace->events));
	for (size_t i = 0; i < n_events; i++)
		trace->events[i] = ring_event(i, n_threads, n_events);
	for (size_t t = 0; t < n_threads; t++) {
		struct sim_trace_thread *thread = &trace->threads[t];

		thread->name = ring_name("philosopher", t);
		thread->function = strdup("philosopher");
		thread->state = strdup("blocked");
		thread->place = ring_place(21);
		thread->holds = calloc(1, sizeof(*thread->holds));
		thread->n_holds = 1;
		thread->holds[0] = (struct sim_hold){.object = ring_name("fork", t), .since = ring_place(11),
			.event = (int)(n_events - n_threads + t)};
		thread->waits_for.op = strdup("acquire");
		thread->waits_for.object = ring_name("fork", (t + 1) % n_threads);
		thread->waits_for.holder = (int)((t + 1) % n_threads);
		thread->waits_for.in_cycle = true;
	}
	return report;
}
