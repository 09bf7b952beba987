#include "invariant.h"

#include <setjmp.h>

#include "world.h"

enum { INVARIANT_MAX = 64 };

/* Lifetime: process; complete before the first event. */
static struct {
	const char *text;
	int (*holds)(void);
} invariant_list[INVARIANT_MAX];
static int invariant_n;

static sigjmp_buf invariant_begin;
static volatile bool invariant_runs;

void invariant_add(struct world *world, const char *text, int (*holds)(void))
{
	if (world->execution.n_events || world->event)
		world_refuse("sim_invariant_add", "invariants are made at file scope, by sim_invariant()");
	if (invariant_n == INVARIANT_MAX)
		world_refuse("sim_invariant_add", "the program has more than 64 invariants");
	invariant_list[invariant_n].text = text;
	invariant_list[invariant_n++].holds = holds;
}

bool invariant_any(void)
{
	return invariant_n > 0;
}

void invariant_escape(void)
{
	if (invariant_runs)
		siglongjmp(invariant_begin, 1);
}

/* Runs the program's code while no simulated thread does: nothing that it reads is announced to anybody. */
static bool invariant_holds(int (*holds)(void))
{
	bool result = false;
	if (sigsetjmp(invariant_begin, 0) == 0) {
		invariant_runs = true;
		result = holds();
	}
	invariant_runs = false;
	return result;
}

static bool invariant_is_told(const struct sim_execution *x, const char *text)
{
	for (int i = 0; i < x->n_incidents; i++)
		if (x->incidents[i].text == text)
			return true;
	return false;
}

void invariant_check(struct world *world, int slot)
{
	struct sim_execution *x = &world->execution;
	for (int i = 0; i < invariant_n; i++) {
		const char *text = invariant_list[i].text;
		if (invariant_is_told(x, text) || invariant_holds(invariant_list[i].holds))
			continue;
		execution_incident(x, (struct incident){.kind = INCIDENT_ASSERTION, .cause = "invariant", .text = text, .thread = slot,
		                                        .site = world->event->op.site});
	}
}
