/*
 * Shorter schedules.
 *
 * A schedule that depth-first search happens upon may switch threads for no reason. What people ask is how many times a
 * thread has to be interrupted where it could have gone on: preemptions (Musuvathi and Qadeer, PLDI 2007). All schedules
 * with 0, 1, 2... preemptions are tried, fewer than the known one has, until the same defect shows again. There are few
 * of them for small bounds, and a budget of steps, not of time, keeps the result the same on every machine.
 *
 * Then events are dropped that the defect does not need: those outside its causal past. Deadlocks keep all events, since
 * a deadlock is a statement about every thread.
 *
 *  I1  A candidate replaces the schedule only after it was executed and showed a defect with the same key.
 */
#include "shorten.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORTEN_BUDGET = 400000, SHORTEN_MAX_DEPTH = 10000 }; /* steps; events of one execution */

/* Lifetime: one call. */
struct shorten {
	struct sim_execution *x;
	struct search_finding *finding;
	uint64_t last_step; /* value of x->n_steps at which the budget is used up */
};

/* ---- recognising the defect ------------------------------------------------------------------------------------- */

/* Whether the present execution shows the finding's defect; sets the number of steps that show it. */
static bool shorten_shows(const struct shorten *s, struct diagnosis *diagnosis, uint32_t *n_steps)
{
	const struct sim_execution *x = s->x;
	struct diagnosis found[EXECUTION_MAX_INCIDENTS];
	if (s->finding->diagnosis.kind == FINDING_RACE) {
		for (int i = 0; i < x->race.n_found; i++) {
			*diagnosis = diagnosis_of_race(&x->race.found[i]);
			*n_steps = x->race.found[i].position;
			if (diagnosis->key == s->finding->diagnosis.key)
				return true;
		}
		return false;
	}
	int n = diagnosis_of_end(x, found, EXECUTION_MAX_INCIDENTS);
	for (int i = 0; i < n; i++) {
		*diagnosis = found[i];
		*n_steps = diagnosis_is_of_end_state(&found[i]) ? x->n_events : found[i].incident.position;
		if (found[i].key == s->finding->diagnosis.key)
			return true;
	}
	return false;
}

static void shorten_accept(const struct shorten *s, const struct diagnosis *diagnosis, uint32_t n_steps)
{
	const struct sim_execution *x = s->x;
	struct search_step *schedule = malloc((n_steps + 1) * sizeof *schedule);
	if (!schedule) {
		fputs("simcheck: no memory left for a schedule\n", stderr);
		abort();
	}
	for (uint32_t i = 0; i < n_steps; i++)
		schedule[i] = (struct search_step){x->events[i].thread, x->events[i].choice};
	free(s->finding->schedule);
	s->finding->schedule = schedule;
	s->finding->n_steps = n_steps;
	s->finding->diagnosis = *diagnosis;
}

/* ---- fewer preemptions ------------------------------------------------------------------------------------------ */

static int shorten_last_thread(const struct sim_execution *x)
{
	return x->n_events ? x->events[x->n_events - 1].thread : 0;
}

/* Whether the step just taken shows the race that is looked for. */
static bool shorten_raced(const struct shorten *s)
{
	struct diagnosis diagnosis;
	uint32_t n_steps;
	bool shows = s->finding->diagnosis.kind == FINDING_RACE && shorten_shows(s, &diagnosis, &n_steps);
	if (!shows)
		race_forget(&s->x->race);
	return shows;
}

static bool shorten_ended(const struct shorten *s)
{
	struct diagnosis diagnosis;
	uint32_t n_steps;
	return s->finding->diagnosis.kind != FINDING_RACE && shorten_shows(s, &diagnosis, &n_steps);
}

static bool shorten_explore(const struct shorten *s, unsigned left);

/* Takes one step and explores what follows; true if the defect showed. */
static bool shorten_try(const struct shorten *s, int thread, unsigned choice, unsigned left)
{
	struct sim_execution *x = s->x;
	uint32_t depth = x->n_events;
	if (x->n_steps >= s->last_step || depth == x->capacity || depth == SHORTEN_MAX_DEPTH)
		return false;
	if (!execution_take(x, thread, choice))
		return shorten_raced(s);
	if (shorten_raced(s) || shorten_explore(s, left))
		return true;
	execution_restore(x, depth);
	return false;
}

/* Explores what follows from the present state with `left` preemptions; true if the defect showed: then the execution
 * stays where it is. The running thread goes on first, so that schedules with fewer switches come earlier. */
static bool shorten_explore(const struct shorten *s, unsigned left)
{
	const struct sim_execution *x = s->x;
	int last = shorten_last_thread(x);
	for (unsigned choice = 0; choice < execution_choices(x, last); choice++)
		if (shorten_try(s, last, choice, left))
			return true;
	/* Asked only now: the attempt may have shown that the thread polls. */
	bool preempts = execution_goes_on(x, last);
	for (uint32_t t = 0; t < x->objects.n_threads && (left || !preempts); t++)
		for (unsigned choice = 0; (int)t != last && choice < execution_choices(x, (int)t); choice++)
			if (shorten_try(s, (int)t, choice, left - preempts))
				return true;
	return execution_first_enabled(x) == SIM_NOBODY && shorten_ended(s);
}

static unsigned shorten_count_preemptions(const struct shorten *s)
{
	struct sim_execution *x = s->x;
	const struct search_finding *finding = s->finding;
	unsigned n = 0;
	execution_restore(x, 0);
	for (uint32_t i = 0; i < finding->n_steps; i++) {
		const struct search_step *step = &finding->schedule[i];
		execution_settle(x);
		n += i && step->thread != step[-1].thread && execution_goes_on(x, step[-1].thread);
		execution_step(x, step->thread, step->choice);
	}
	execution_restore(x, 0);
	race_forget(&x->race);
	return n;
}

static void shorten_preemptions(struct shorten *s)
{
	unsigned known = shorten_count_preemptions(s);
	for (unsigned bound = 0; bound < known; bound++) {
		struct diagnosis diagnosis;
		uint32_t n_steps;
		if (!shorten_explore(s, bound))
			continue;
		if (shorten_shows(s, &diagnosis, &n_steps))
			shorten_accept(s, &diagnosis, n_steps);
		break;
	}
	execution_restore(s->x, 0);
	race_forget(&s->x->race);
}

/* ---- fewer events ----------------------------------------------------------------------------------------------- */

static void shorten_need(const struct sim_execution *x, bool *needed, const struct race_record *record)
{
	int position = execution_event_of(x, record);
	if (position >= 0)
		needed[position] = true;
}

/* The events in whose steps the defect shows. */
static void shorten_need_roots(const struct shorten *s, bool *needed)
{
	const struct diagnosis *d = &s->finding->diagnosis;
	if (d->kind != FINDING_RACE) {
		needed[s->finding->n_steps - 1] = true;
		return;
	}
	shorten_need(s->x, needed, &d->race.first);
	shorten_need(s->x, needed, &d->race.second);
}

/* Marks everything that a marked event depends on. */
static void shorten_close(const struct sim_execution *x, bool *needed)
{
	for (uint32_t later = x->n_events; later-- > 0;)
		for (uint32_t earlier = 0; needed[later] && earlier < later; earlier++)
			needed[earlier] = needed[earlier] || dependent(&x->events[earlier], &x->events[later]);
}

/* Executes the known schedule without the events that are not needed. */
static void shorten_execute(const struct shorten *s, const bool *needed)
{
	struct sim_execution *x = s->x;
	const struct search_finding *finding = s->finding;
	execution_restore(x, 0);
	race_forget(&x->race);
	for (uint32_t i = 0; i < finding->n_steps; i++) {
		const struct search_step *step = &finding->schedule[i];
		if (needed && !needed[i])
			continue;
		if (!execution_choices(x, step->thread))
			execution_settle(x);
		if (execution_choices(x, step->thread) > step->choice)
			execution_step(x, step->thread, step->choice);
	}
	execution_settle(x);
}

static void shorten_events(struct shorten *s)
{
	struct sim_execution *x = s->x;
	struct diagnosis diagnosis;
	uint32_t n_steps;
	if (diagnosis_is_of_end_state(&s->finding->diagnosis) || !s->finding->n_steps)
		return;
	bool *needed = calloc(s->finding->n_steps, sizeof *needed);
	if (!needed)
		return;
	shorten_execute(s, NULL);
	shorten_need_roots(s, needed);
	shorten_close(x, needed);
	shorten_execute(s, needed);
	if (x->n_events < s->finding->n_steps && shorten_shows(s, &diagnosis, &n_steps))
		shorten_accept(s, &diagnosis, n_steps);
	free(needed);
	execution_restore(x, 0);
	race_forget(&x->race);
}

void shorten_finding(struct sim_execution *x, struct search_finding *finding)
{
	struct shorten s = {.x = x, .finding = finding, .last_step = x->n_steps + SHORTEN_BUDGET};
	execution_restore(x, 0);
	race_forget(&x->race);
	if (finding->diagnosis.kind == FINDING_NONTERMINATION)
		return; /* each schedule that shows it costs seconds */
	shorten_preemptions(&s);
	shorten_events(&s);
}
