#include "search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

volatile sig_atomic_t search_interrupted;

static const struct strategy *const search_strategies[] = {&strategy_dpor, &strategy_sleepsets, &strategy_dfs};

const struct strategy *strategy_find(const char *name)
{
	for (size_t i = 0; i < sizeof search_strategies / sizeof *search_strategies; i++)
		if (strcmp(search_strategies[i]->name, name) == 0)
			return search_strategies[i];
	return NULL;
}

double search_now_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void search_stop(struct search *search, enum search_limit limit)
{
	search->limit = limit;
	search->done = true;
}

/* ---- findings --------------------------------------------------------------------------------------------------- */

static bool search_is_known(const struct search *search, uint64_t key)
{
	for (int i = 0; i < search->n_findings; i++)
		if (search->findings[i].diagnosis.key == key)
			return true;
	return false;
}

/* Describes what is shown by the first `n_steps` events of the present execution. */
static void search_keep(struct search *search, struct search_finding *finding, const struct diagnosis *diagnosis,
                        uint64_t execution, uint32_t n_steps)
{
	const struct sim_execution *x = search->execution;
	*finding = (struct search_finding){.diagnosis = *diagnosis, .execution = execution, .n_steps = n_steps,
	                                   .n_promoted = x->race.n_promoted};
	finding->schedule = malloc((n_steps + 1) * sizeof *finding->schedule);
	if (!finding->schedule) {
		fputs("simcheck: no memory left for a schedule\n", stderr);
		abort();
	}
	for (uint32_t i = 0; i < n_steps; i++)
		finding->schedule[i] = (struct search_step){x->events[i].thread, x->events[i].choice};
}

/* Records a finding. */
static void search_add(struct search *search, const struct diagnosis *diagnosis, uint64_t execution, uint32_t n_steps)
{
	if (search->n_findings < SEARCH_MAX_FINDINGS && !search_is_known(search, diagnosis->key))
		search_keep(search, &search->findings[search->n_findings++], diagnosis, execution, n_steps);
}

void search_keep_run(struct search *search)
{
	const struct diagnosis nothing = {.kind = FINDING_NONE};
	search_keep(search, &search->run, &nothing, 1, search->execution->n_events);
}

/* Whether an earlier finding is a race on some of the same bytes: one variable, one finding. */
static bool search_is_known_location(const struct search *search, const struct race_found *race)
{
	for (int i = 0; i < search->n_findings; i++) {
		const struct diagnosis *known = &search->findings[i].diagnosis;
		if (known->kind == FINDING_RACE && known->race.address < race->address + race->size &&
		    race->address < known->race.address + known->race.size)
			return true;
	}
	return false;
}

/* A race voids the pass: its location becomes a scheduling point, and executions are counted anew. `execution` is
 * the number of the present one, which is not counted when it is cut. */
static void search_take_races(struct search *search, uint64_t execution)
{
	struct race *race = &search->execution->race;
	for (int i = 0; i < race->n_found; i++) {
		struct diagnosis diagnosis = diagnosis_of_race(&race->found[i]);
		if (!search_is_known_location(search, &race->found[i]))
			search_add(search, &diagnosis, execution, race->found[i].position);
	}
	search->restart = race->n_found > 0;
}

static void search_promote(struct search *search)
{
	struct race *race = &search->execution->race;
	for (int i = 0; i < race->n_found; i++)
		race_promote(race, race->found[i].address, race->found[i].size);
	race_forget(race);
	for (int i = 0; i < search->execution->n_wanted; i++)
		race_expose(race, search->execution->wanted[i].address, search->execution->wanted[i].size);
	search->execution->n_wanted = 0;
}

bool search_step(struct search *search, int thread, unsigned choice)
{
	if (execution_take(search->execution, thread, choice))
		return true;
	if (search->execution->race.n_found)
		search_take_races(search, search->executions + 1);
	return false;
}

bool search_want(struct search *search, uintptr_t address, size_t size)
{
	if (race_promoted_run(&search->execution->race, address, size) == size)
		return false;
	if (search->execution->race.n_found)
		search_take_races(search, search->executions + 1);
	execution_want(search->execution, address, size);
	search->n_wanted++;
	return search->restart = true;
}

static void search_take_end(struct search *search)
{
	struct diagnosis found[EXECUTION_MAX_INCIDENTS];
	int n = diagnosis_of_end(search->execution, found, EXECUTION_MAX_INCIDENTS);
	for (int i = 0; i < n; i++)
		search_add(search, &found[i], search->executions,
		           diagnosis_is_of_end_state(&found[i]) ? search->execution->n_events : found[i].incident.position);
	if (n && !search->options.keep_going)
		search->done = true;
}

/* ---- limits ----------------------------------------------------------------------------------------------------- */

enum { SEARCH_CLOCK_STEPS = 1024 };

/* The clock is read once in a while: reading it costs as much as a step. */
static void search_check_clock(struct search *search)
{
	if (search->execution->n_steps < search->clock_due)
		return;
	search->clock_due = search->execution->n_steps + SEARCH_CLOCK_STEPS;
	double now = search_now_s();
	if (search_interrupted)
		search_stop(search, SEARCH_INTERRUPTED);
	if (search->options.timeout_s > 0 && now - search->started_s >= search->options.timeout_s)
		search_stop(search, SEARCH_TIMEOUT);
	if (search->on_progress && now - search->progressed_s >= 0.1) {
		search->progressed_s = now;
		search->on_progress(search);
	}
}

/* Whether another execution may not be begun. As many as the limit allows may be all there are: only one more ends
 * it. */
static bool search_is_used_up(struct search *search)
{
	if (!search->options.max_executions || search->executions + search->blocked + search->cut < search->options.max_executions)
		return false;
	search_stop(search, SEARCH_MAX_EXECUTIONS);
	return true;
}

static void search_check_limits(struct search *search)
{
	if (search->execution->broken)
		search->done = true;
	if (search_interrupted)
		search_stop(search, SEARCH_INTERRUPTED);
	search_check_clock(search);
}

static void search_count_threads(struct search *search)
{
	if (search->execution->objects.n_threads > search->most_threads)
		search->most_threads = search->execution->objects.n_threads;
}

static bool search_is_exhausted(struct search *search)
{
	if (!search->execution->exhausted)
		return false;
	search_count_threads(search);
	search_stop(search, SEARCH_MEMORY);
	return true;
}

/* This pass is void. What raced until here will be known from now on: it must be told. Returns false. */
static bool search_begin_again(struct search *search)
{
	if (search->execution->race.n_found)
		search_take_races(search, search->executions + 1);
	search->restart = true;
	return false;
}

bool search_may_step(struct search *search)
{
	struct sim_execution *x = search->execution;
	if (search_is_used_up(search) || search_is_exhausted(search))
		return false;
	if ((x->n_wanted || x->race.misses_records) && !search->strategy->single) {
		search->n_wanted += x->n_wanted > 0;
		return search_begin_again(search);
	}
	if (x->n_events < x->capacity) {
		search_check_clock(search);
		return !search->done;
	}
	search->cut++;
	search_count_threads(search);
	if (search->limit == SEARCH_NO_LIMIT)
		search->limit = SEARCH_MAX_EVENTS;
	if (x->race.n_found)
		search_take_races(search, search->executions + 1);
	return false;
}

/* An execution that shows nothing, but for races. */
static bool search_pass_over(struct search *search)
{
	search->blocked++;
	if (search->execution->race.n_found) {
		search_take_races(search, search->executions + 1);
		return false;
	}
	search_check_limits(search);
	return !search->done;
}

bool search_complete(struct search *search)
{
	struct sim_execution *x = search->execution;
	if (search_is_used_up(search) || search_is_exhausted(search))
		return false;
	if (x->race.misses_records && !search->strategy->single)
		return search_begin_again(search);
	if (execution_is_void(x))
		return search_pass_over(search);
	search->executions++;
	search->pruned += x->n_assumed > 0;
	if (x->n_events > search->deepest)
		search->deepest = x->n_events;
	search_count_threads(search);
	if (search->counts_classes)
		search->classes += class_add(&search->class_set, x);
	if (search->on_complete)
		search->on_complete(search);
	if (x->race.n_found) {
		search_take_races(search, search->executions);
		if (!search->strategy->single)
			return false;
	}
	search_take_end(search);
	if (!search->done)
		search_check_limits(search);
	return !search->done;
}

bool search_complete_known(struct search *search, uint32_t n_events)
{
	struct sim_execution *x = search->execution;
	if (search_is_used_up(search) || search_is_exhausted(search))
		return false;
	if (x->race.misses_records)
		return search_begin_again(search);
	search->executions++;
	if (x->n_events + n_events > search->deepest)
		search->deepest = x->n_events + n_events;
	search_check_limits(search);
	return !search->done;
}

bool search_may_leave_out(const struct search *search)
{
	return search->execution->driver->known_ending && !search->on_complete && !search->counts_classes;
}

/* ---- passes ----------------------------------------------------------------------------------------------------- */

static void search_begin_pass(struct search *search)
{
	search->passes++;
	search->execution->race.misses_records = false;
	search->executions = search->blocked = search->pruned = search->cut = search->classes = 0;
	search->restart = false;
	if (search->counts_classes)
		class_release(&search->class_set);
	search->counts_classes = search->strategy->counts_classes || search->options.count_classes;
	if (search->counts_classes && class_init(&search->class_set, search->execution->capacity)) {
		fputs("simcheck: no memory left to count classes in\n", stderr);
		abort();
	}
	if (search->limit == SEARCH_MAX_EVENTS)
		search->limit = SEARCH_NO_LIMIT;
}

void search_run(struct search *search)
{
	struct sim_execution *x = search->execution;
	search->started_s = search->progressed_s = search_now_s();
	search->clock_due = x->n_steps + SEARCH_CLOCK_STEPS;
	x->race.skips = !search->strategy->single;
	do {
		uint64_t before = x->n_steps;
		search_begin_pass(search);
		search->strategy->explore(search);
		/* What the last step wanted, or showed to be missing, nobody has seen yet: it may have been an attempt to poll. */
		if (x->n_wanted || x->race.misses_records)
			search->restart = true;
		if (search_interrupted && !search->done)
			search_stop(search, SEARCH_INTERRUPTED);
		search->events = x->n_steps - before;
		execution_restore(x, 0);
		search_promote(search);
	} while (search->restart && !search->done && !search->strategy->single);
	x->race.skips = false;
}

void search_take(struct search *search)
{
	search->executions = 1;
	search->most_threads = search->execution->objects.n_threads;
	search->options.keep_going = true;
	search->events = search->execution->n_steps;
	if (search_is_exhausted(search))
		return;
	if (search->execution->race.n_found)
		search_take_races(search, search->executions);
	if (search->execution->n_incidents || execution_first_enabled(search->execution) == SIM_NOBODY)
		search_take_end(search);
}

void search_release(struct search *search)
{
	for (int i = 0; i < search->n_findings; i++)
		free(search->findings[i].schedule);
	free(search->run.schedule);
	search->run.schedule = NULL;
	search->n_findings = 0;
	if (search->counts_classes)
		class_release(&search->class_set);
	search->counts_classes = false;
}
