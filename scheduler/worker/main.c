/*
 * The worker: reads a configuration, loads the program, explores or replays, and reports (doc/architecture.md).
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "area.h"
#include "backend.h"
#include "channel.h"
#include "ending_calls.h"
#include "config.h"
#include "coverage.h"
#include "crash.h"
#include "descriptor.h"
#include "format.h"
#include "intended.h"
#include "invariant.h"
#include "library.h"
#include "load.h"
#include "names.h"
#include "outside.h"
#include "reach.h"
#include "replay.h"
#include "report.h"
#include "search.h"
#include "shorten.h"
#include "stream.h"
#include "tell.h"
#include "thread.h"
#include "variables.h"
#include "verifier.h"
#include "world.h"

enum { WORKER_STACK = 1 << 30 };

static struct sim_config worker_config;
static struct world worker_world;
static struct names worker_names;
static struct search worker_search;
static char **worker_environment; /* the program has one of its own */

/* ---- messages to the front -------------------------------------------------------------------------------------- */

static _Noreturn void worker_error(int status, const char *message)
{
	channel_send(json_pack("{s:s, s:i, s:s}", "type", "error", "exit", status, "message", message));
	_exit(0);
}

static void worker_progress(const struct search *search)
{
	channel_send(json_pack("{s:s, s:I, s:I, s:i, s:I}", "type", "progress", "executions", (json_int_t)search->executions,
	                      "events", (json_int_t)search->execution->n_steps, "findings", search->n_findings, "depth",
	                      (json_int_t)search->execution->n_events));
}

/* Bytes that the program has printed so far. They stay where they are when the execution is taken back. */
static size_t worker_printed;

/* Sends those that were not sent yet. */
static void worker_show_output(size_t printed)
{
	if (!worker_config.live_output || printed <= worker_config.output_shown)
		return;
	channel_send_output(worker_world.output + worker_config.output_shown, printed - worker_config.output_shown);
	worker_config.output_shown = printed;
}

static void worker_on_event(struct search *search)
{
	(void)search;
	worker_printed = worker_world.n_output;
	const char *end = memrchr(worker_world.output, '\n', worker_printed);
	worker_show_output(end ? (size_t)(end + 1 - worker_world.output) : 0);
}

/* ---- set-up ----------------------------------------------------------------------------------------------------- */

/* Addresses must not differ between runs: programs print them and order by them. The search recurses as deep as its tree
 * of executions is. Both are settled when a process begins. */
static void worker_fix_addresses(char **argv)
{
	int persona = personality(0xffffffff);
	if (persona < 0 || persona & ADDR_NO_RANDOMIZE)
		return;
	struct rlimit stack;
	if (getrlimit(RLIMIT_STACK, &stack) == 0) {
		stack.rlim_cur = stack.rlim_max < WORKER_STACK ? stack.rlim_max : WORKER_STACK;
		setrlimit(RLIMIT_STACK, &stack);
	}
	if (personality((unsigned)persona | ADDR_NO_RANDOMIZE) >= 0)
		execv("/proc/self/exe", argv);
}

static void worker_read_config(void)
{
	json_error_t problem;
	char error[256];
	json_t *json = json_loadf(stdin, 0, &problem);
	if (!json)
		worker_error(70, "the worker got no configuration");
	if (config_from_json(&worker_config, json, error, sizeof error))
		worker_error(70, error);
	json_decref(json);
	if (strcmp(worker_config.time, "any") != 0 && strcmp(worker_config.time, "virtual") != 0)
		worker_error(2, "there is no such --time: any and virtual are there");
}

/* Starts the worker again from the beginning, with page copies. The configuration goes the way it came. */
static _Noreturn void worker_restart_with_pages(char **argv)
{
	int file = memfd_create("config", 0);
	worker_config.page_copies = true;
	json_t *json = config_to_json(&worker_config);
	if (file < 0 || json_dumpfd(json, file, 0) || lseek(file, 0, SEEK_SET) || dup2(file, STDIN_FILENO) < 0)
		worker_error(70, "cannot start again with page copies");
	close(file);
	execve("/proc/self/exe", argv, worker_environment);
	worker_error(70, "cannot start again with page copies");
}

static void worker_on_refusal(const char *function, const char *why, uint32_t site)
{
	char message[512];
	worker_show_output(worker_world.n_output);
	struct sim_place place = names_place(&worker_names, site);
	if (place.file)
		snprintf(message, sizeof message, "%s:%d: the call of %s cannot be checked: %s", place.file, place.line, function,
		         why);
	else
		snprintf(message, sizeof message, "the call of %s cannot be checked: %s", function, why);
	worker_error(2, message);
}

/* A program that does not do the same again cannot be searched: nothing that is found would mean anything. */
static void worker_on_drift(const struct sim_event *event, bool called)
{
	char message[768];
	const struct sim_op *op = &event->op;
	struct sim_place place = names_place(&worker_names, op->site);
	char *thread = names_thread(&worker_names, event->thread), *object = names_object(&worker_names, op);
	int n = snprintf(message, sizeof message, "%s:%d: executed again, %s does something else after %s%s%s: ",
	                 place.file ? place.file : "?", place.line, thread, op_name(op), object ? " of " : "", object ? object : "");
	if (called) {
		const struct outside_call *call = outside_last_called();
		place = names_place(&worker_names, call->site);
		snprintf(message + n, sizeof message - (size_t)n, "%s (called at %s:%d), which simcheck does not know, has a state of its own",
		         call->name, place.file ? place.file : "?", place.line);
	} else {
		snprintf(message + n, sizeof message - (size_t)n,
		         "it reads what simcheck does not see (inline assembly, a library that is not instrumented)");
	}
	worker_error(2, message);
}

static void worker_on_interrupt(int signal)
{
	(void)signal;
	search_interrupted = 1;
}

static void worker_catch_interrupts(void)
{
	struct sigaction action = {.sa_handler = worker_on_interrupt, .sa_flags = SA_RESTART};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	/* A worker whose front has died has nobody to work for. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static enum net_mode worker_net_mode(void)
{
	if (worker_config.page_copies)
		return worker_config.verify_restore ? NET_PAGES_VERIFY : NET_PAGES;
	return worker_config.verify_restore ? NET_VERIFY : NET_WATCH;
}

static bool worker_refers_to_any(const struct loaded *loaded, const char *const *names)
{
	while (*names && !outside_refers(loaded, *names))
		names++;
	return *names;
}

/* What the program cannot see need not be an event. */
static void worker_look_at_calls(const struct loaded *loaded)
{
	static const char *const locks[] = {"__wrap_flockfile", "__wrap_ftrylockfile", "__wrap_freopen", "__wrap_freopen64", NULL};
	static const char *const numbers[] = {
		"__wrap_open", "__wrap_open64", "__wrap_openat", "__wrap_openat64", "__wrap_creat", "__wrap_creat64", "__wrap_close",
		"__wrap_dup", "__wrap_dup2", "__wrap_dup3", "__wrap_fcntl", "__wrap_fcntl64", "__wrap_pipe", "__wrap_pipe2",
		"__wrap_eventfd", "__wrap_fileno", "__wrap_fileno_unlocked", "__wrap_mkstemp", "__wrap_mkstemp64", NULL};
	stream_is_locked = worker_refers_to_any(loaded, locks);
	descriptor_is_seen = worker_refers_to_any(loaded, numbers);
	input_file = worker_config.input;
}

/* Which functions the program calls decides what some operations have to look at. */
static void worker_find_uses(struct loaded *loaded)
{
	static const char *const registering[] = {"__wrap_atexit", "__wrap_on_exit", "__wrap_at_quick_exit", "__wrap___cxa_atexit"};
	struct world_program *program = &loaded->program;
	for (size_t i = 0; i < sizeof registering / sizeof *registering; i++)
		program->has_exit_handlers |= outside_refers(loaded, registering[i]);
	program->deletes_keys = outside_refers(loaded, "__wrap_pthread_key_delete") || outside_refers(loaded, "__wrap_tss_delete");
	program->cancels = outside_refers(loaded, "__wrap_pthread_cancel");
}

/* Functions that the program wants to be uninterrupted, by their names. */
static void worker_find_atomic_functions(void)
{
	size_t index = 0;
	uintptr_t low, high;
	while (symbols_function(worker_names.symbols, "__VERIFIER_atomic_", &index, &low, &high) == 0)
		if (!verifier_add_atomic(low, high))
			worker_error(2, "the program has more than 100 functions whose names begin with __VERIFIER_atomic_");
}

static void worker_on_gap(void *world, uintptr_t low, size_t size, int is_gap)
{
	struct byteset *gaps = &((struct world *)world)->gaps;
	if (low - gaps->low < gaps->size && size <= gaps->size - (low - gaps->low))
		byteset_set(gaps, low, size, is_gap);
}

static void worker_make_world(void)
{
	char error[512];
	struct loaded loaded;
	struct world_options options = {
		.stack_size = worker_config.stack_size,
		.heap_size = worker_config.memory,
		.max_events = (uint32_t)worker_config.max_events,
		.uninit = worker_config.uninit,
		.leaks = worker_config.leaks,
		.step_timeout_s = worker_config.step_timeout_s,
		.spurious_wakeups = worker_config.spurious_wakeups,
	};
	sim_backend_select(&coop_backend);
	if (load_program(&loaded, &worker_config, error, sizeof error) ||
	    outside_redirect(&loaded, &worker_config, error, sizeof error))
		worker_error(2, error);
	worker_find_uses(&loaded);
	if (world_init(&worker_world, &options, &loaded.program, error, sizeof error))
		worker_error(2, error);
	worker_world.endings.enabled =
		!worker_config.n_unchecked && !worker_config.leaks && ending_calls_are_known(&loaded);
	if (net_init(&worker_world.net, worker_net_mode(), &worker_world))
		worker_error(2, "cannot reserve address space: lower --max-events");
	if (race_watch(&worker_world.execution.race, (uintptr_t)&thread_shared, sizeof thread_shared) ||
	    race_watch(&worker_world.execution.race, (uintptr_t)&descriptor_shared, sizeof descriptor_shared) ||
	    race_watch(&worker_world.execution.race, (uintptr_t)&library, sizeof library) ||
	    area_init(&worker_world))
		worker_error(2, "cannot reserve address space");
	worker_look_at_calls(&loaded);
	if (worker_config.coverage && coverage_watch(loaded.program.code_low, loaded.program.code_high))
		worker_error(2, "cannot reserve address space");
	worker_names.world = &worker_world;
	worker_names.symbols = symbols_open(worker_config.program, loaded.program.base, error, sizeof error);
	if (!worker_names.symbols)
		worker_error(70, error);
	symbols_gaps(worker_names.symbols, worker_on_gap, &worker_world);
	verifier_set_range(worker_config.nondet_low, worker_config.nondet_high);
	worker_find_atomic_functions();
}

/* ---- reporting -------------------------------------------------------------------------------------------------- */

static const char *worker_limit_text(enum search_limit limit)
{
	switch (limit) {
	case SEARCH_NO_LIMIT:
	case SEARCH_MEMORY: /* see worker_limit() */
		return NULL;
	case SEARCH_MAX_EXECUTIONS:
		return "the number of executions reached --max-executions";
	case SEARCH_MAX_EVENTS:
		return "an execution grew longer than --max-events (a loop that waits for another thread?)";
	case SEARCH_TIMEOUT:
		return "the time given by --timeout ran out";
	case SEARCH_INTERRUPTED:
		return "interrupted";
	}
	return NULL;
}

/* Appends `text`, which was allocated, to a list of strings. */
static void worker_append(char ***list, size_t *n, char *text)
{
	*list = realloc(*list, (*n + 1) * sizeof **list);
	if (!*list || !text)
		abort();
	(*list)[(*n)++] = text;
}

static char *worker_shortage(void)
{
	struct sim_place place = names_place(&worker_names, worker_world.shortage_site);
	char *text = format_text("%s (at %s:%d)", worker_world.shortage, place.file ? place.file : "?", place.line);
	place_release(&place);
	return text;
}

/* Not all values of a type were tried. */
static char *worker_bound(void)
{
	char *text;
	uint32_t site;
	const char *name = verifier_bounded(&site);
	if (!name)
		return NULL;
	struct sim_place place = names_place(&worker_names, site);
	if (asprintf(&text, "%s at %s:%d gave values from %" PRId64 " to %" PRId64 " only (--nondet=A..B sets others)", name,
	             place.file ? place.file : "?", place.line, worker_config.nondet_low, worker_config.nondet_high) < 0)
		abort();
	place_release(&place);
	return text;
}

/* What ended the search early, as a new string; NULL: nothing did. */
static char *worker_limit(void)
{
	const char *text = worker_limit_text(worker_search.limit);
	if (worker_search.limit == SEARCH_MEMORY)
		return worker_shortage();
	if (!text && outside_n_called() && !worker_search.n_findings && !worker_config.simulate)
		text = "the program calls functions that were not checked";
	if (!text && !worker_search.n_findings && !worker_config.simulate && !worker_config.replay)
		return worker_bound();
	return text ? strdup(text) : NULL;
}

static void worker_note(struct sim_report *report, char *note)
{
	worker_append(&report->notes, &report->n_notes, note);
}

/* What a proof rests on besides what was explored. */
static void worker_tell_assumptions(struct sim_report *report)
{
	char *note;
	if (!worker_world.weak_site || (strcmp(report->verdict, "proved") != 0 && strcmp(report->verdict, "bounded") != 0))
		return;
	struct sim_place place = names_place(&worker_names, worker_world.weak_site);
	if (asprintf(&note, "the program has atomic operations weaker than sequentially consistent, the first at %s:%d: what "
	                    "only they allow was not explored", place.file ? place.file : "?", place.line) < 0)
		abort();
	worker_append(&report->assumes, &report->n_assumes, strdup("sequential consistency"));
	worker_note(report, note);
	place_release(&place);
}

/* The sentence on a call of a function whose code is not instrumented. */
static char *worker_unchecked_text(const struct outside_call *call)
{
	struct sim_place place = names_place(&worker_names, call->site);
	const char *file = place.file ? place.file : "?";
	char *text = NULL;
	int length;
	if (call->origin)
		length = asprintf(&text, "%s of %s (called at %s:%d) was not compiled by simcheck-cc: what it does was not checked",
		                  call->name, call->origin, file, place.line);
	else if (call->library)
		length = asprintf(&text, "%s (called at %s:%d) is in %s: what libraries do was not checked", call->name, file,
		                  place.line, call->library);
	else
		length = asprintf(&text, "%s (called at %s:%d) is unknown to simcheck: what it does was not checked", call->name,
		                  file, place.line);
	if (length < 0)
		abort();
	place_release(&place);
	return text;
}

static void worker_notes(struct sim_report *report)
{
	for (int i = 0; i < outside_n_called(); i++)
		worker_note(report, worker_unchecked_text(outside_called(i)));
	if (worker_config.spurious_wakeups)
		worker_note(report, format_text("waits on conditions may end by themselves, up to %llu in each thread "
		                                "(--spurious-wakeups)", (unsigned long long)worker_config.spurious_wakeups));
	if (worker_search.most_threads < 2 && !report->n_findings)
		worker_note(report, strdup("nothing to interleave: the program never started a second thread"));
	/* One class, and all of it: no order of two events ever mattered. */
	else if (worker_search.executions == 1 && strcmp(report->verdict, "proved") == 0)
		worker_note(report, strdup("nothing to interleave: nothing that one thread does depends on when another one does it"));
	if (worker_search.pruned && worker_search.pruned == worker_search.executions && !report->n_findings)
		worker_note(report, strdup("in every execution a thread stopped at an assumption that does not hold: little was checked"));
	if (!worker_config.replay && worker_search.strategy == &strategy_dfs && strcmp(worker_config.strategy, "dfs") != 0)
		worker_note(report, strdup(invariant_any() ? "the program has invariants: all interleavings were executed" :
			"the program changes atomic variables in ways that cannot be followed: all interleavings were executed"));
	if (worker_config.main_ends_alone)
		worker_note(report, strdup("when main returned, the other threads went on: --main-exit=thread"));
	if (worker_config.page_copies)
		worker_note(report, strdup("the program changes memory that instrumentation does not see: page copies were used"));
}

static const char *worker_verdict(const struct sim_report *report)
{
	if (report->n_findings)
		return "bug";
	if (worker_search.limit != SEARCH_NO_LIMIT || worker_config.replay)
		return "incomplete";
	if (worker_config.simulate)
		return "sampled";
	uint32_t site;
	return outside_n_called() ? "incomplete" : verifier_bounded(&site) ? "bounded" : "proved";
}

static void worker_tell_findings(struct sim_report *report)
{
	report->findings = calloc((size_t)worker_search.n_findings + 1, sizeof *report->findings);
	if (!report->findings)
		abort();
	/* Last first: the locations that were scheduling points only grew from pass to pass. */
	report->n_findings = (size_t)worker_search.n_findings;
	for (int i = worker_search.n_findings; i-- > 0;) {
		struct search_finding *finding = &worker_search.findings[i];
		execution_restore(&worker_world.execution, 0);
		race_demote(&worker_world.execution.race, finding->n_promoted);
		if (!worker_config.replay && !worker_config.simulate)
			shorten_finding(&worker_world.execution, finding);
		tell_finding(&report->findings[i], finding, &worker_world, &worker_names);
	}
}

/* A simulation in which nothing went wrong is told like a finding. */
static void worker_tell_run(struct sim_report *report)
{
	if (!worker_config.simulate || worker_search.n_findings)
		return;
	report->run = calloc(1, sizeof *report->run);
	if (!report->run)
		abort();
	race_demote(&worker_world.execution.race, 0);
	tell_finding(report->run, &worker_search.run, &worker_world, &worker_names);
}

static void worker_report(double seconds)
{
	struct sim_report report = {0};
	const struct search *search = &worker_search;
	report.strategy = strdup(worker_config.replay ? "replay" : search->strategy->name);
	report.memory_model = strdup("sc");
	report.time = strdup(worker_config.time);
	report.executions = search->executions;
	report.blocked = search->blocked;
	report.pruned = search->pruned;
	report.classes = search->counts_classes ? (int64_t)search->classes : SIM_NONE;
	report.events = search->events;
	report.seconds = seconds;
	report.threads_seen = (int)search->most_threads;
	report.limit = worker_limit();
	worker_tell_findings(&report);
	worker_tell_run(&report);
	report.verdict = strdup(worker_verdict(&report));
	worker_tell_assumptions(&report);
	worker_notes(&report);
	intended_tell(&report);
	if (worker_config.coverage)
		reach_tell(&report, &worker_names);
	channel_send(json_pack("{s:s, s:o}", "type", "report", "report", report_to_json(&report, SIM_JSON_PATHS)));
	report_release(&report);
}

/* ---- the work --------------------------------------------------------------------------------------------------- */

static const struct strategy *worker_strategy(void)
{
	if (worker_config.simulate)
		return &strategy_simulate;
	const struct strategy *strategy = strategy_find(worker_config.strategy);
	if (!strategy)
		worker_error(2, "there is no such --strategy: dpor, sleepsets and dfs are there");
	/* The order of events that are independent may matter to an invariant. */
	if (invariant_any())
		return &strategy_dfs;
	return worker_world.execution.objects.virtual_time && !strategy->virtual_time ? &strategy_sleepsets : strategy;
}

static void worker_explore(void)
{
	worker_search.strategy = worker_strategy();
	worker_search.options = (struct search_options){.max_executions = worker_config.max_executions,
	                                                .timeout_s = worker_config.timeout_s,
	                                                .keep_going = worker_config.keep_going,
	                                                .seed = worker_config.seed};
	worker_search.on_progress = worker_config.progress ? worker_progress : NULL;
	worker_search.on_event = worker_config.live_output ? worker_on_event : NULL;
	search_run(&worker_search);
	worker_show_output(worker_printed);
}

static void worker_replay(void)
{
	char error[1024];
	if (replay_follow(&worker_search, &worker_world, &worker_names, worker_config.replay, error, sizeof error))
		worker_error(2, error);
}

int main(int argc, char **argv)
{
	(void)argc;
	worker_environment = environ;
	worker_fix_addresses(argv);
	worker_read_config();
	world_on_refusal = worker_on_refusal;
	world_on_drift = worker_on_drift;
	worker_catch_interrupts();
	worker_make_world();
	worker_search.execution = &worker_world.execution;
	worker_world.execution.detect_spin = !worker_config.explore_spin;
	worker_world.execution.objects.virtual_time = strcmp(worker_config.time, "virtual") == 0;
	intended_watch(&worker_world, &worker_names, &worker_config);
	variables_watch(&worker_world, worker_names.symbols);
	crash_watch(&worker_world);
	world_begin(&worker_world);
	double started = search_now_s();
	if (worker_config.replay)
		worker_replay();
	else
		worker_explore();
	double seconds = search_now_s() - started;
	if (worker_world.execution.broken) {
		if (worker_config.page_copies)
			worker_error(70, "the world was not restored exactly");
		worker_restart_with_pages(argv);
	}
	worker_report(seconds);
	if (worker_world.execution.broken)
		worker_error(70, "the world was not restored exactly");
	return 0;
}
