#include "compare.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

/* A complete execution. Plain data. */
struct record {
	uint64_t class, outcome;
	bool is_endless;
};

/* What one search came to. Lifetime: one comparison. */
struct side {
	struct record *records; /* of the last pass; later sorted, one per class and outcome */
	size_t n, capacity;
	uint64_t executions, classes, blocked, passes;
	uint32_t deepest;
	enum search_limit limit;
	uint64_t keys[SEARCH_MAX_FINDINGS]; /* of the findings that are not races, sorted */
	int n_keys;
	bool is_full; /* there were more findings than fit */
	bool gives_up;   /* the strategy may begin redundant executions */
	bool has_wanted; /* the strategy wanted more scheduling points than races make */
	bool promoted[sizeof(struct machine_memory)];
};

static sigjmp_buf compare_aborted;

static const char *const verdicts[COMPARE_N_VERDICTS] = {
	[COMPARE_SAME] = "same",
	[COMPARE_TOO_LARGE] = "too large",
	[COMPARE_ABORTED] = "internal error",
	[COMPARE_BROKEN] = "a restore was not exact",
	[COMPARE_UNSOUND] = "a class has two outcomes",
	[COMPARE_PROMOTED] = "other locations race",
	[COMPARE_ENDLESS] = "far more executions than classes",
	[COMPARE_MISSING] = "a class is missing",
	[COMPARE_FOREIGN] = "a class is unknown to the oracle",
	[COMPARE_TWICE] = "a class comes more than once",
	[COMPARE_BLOCKED] = "executions are redundant",
	[COMPARE_OUTCOMES] = "outcomes differ",
	[COMPARE_FINDINGS] = "findings differ",
	[COMPARE_CLAIMS] = "outcomes differ from those without claims",
	[COMPARE_SPIN] = "outcomes differ from those of all attempts to poll",
};

const char *compare_verdict_name(enum compare_verdict verdict)
{
	return verdicts[verdict];
}

/* ---- collecting ------------------------------------------------------------------------------------------------- */

static void side_on_complete(struct search *search)
{
	struct side *side = search->listener;
	if (search->executions == 1)
		side->n = 0; /* another pass */
	if (side->n == side->capacity) {
		side->capacity = side->capacity ? 2 * side->capacity : 1024;
		side->records = realloc(side->records, side->capacity * sizeof *side->records);
		if (!side->records)
			abort();
	}
	struct record *record = &side->records[side->n++];
	record->class = search->class_set.prefix_sum[search->execution->n_events];
	record->outcome = machine_outcome(&record->is_endless);
}

static int side_order_keys(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static int side_order_records(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	int order = side_order_keys(&x->class, &y->class);
	return order ? order : side_order_keys(&x->outcome, &y->outcome);
}

static int side_order_outcomes(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	return side_order_keys(&x->outcome, &y->outcome);
}

/* Sorts the records and keeps one of each class and outcome. */
static void side_settle(struct side *side)
{
	size_t n = 0;
	if (!side->executions)
		side->n = 0; /* those there are were made by an earlier pass */
	if (side->n)
		qsort(side->records, side->n, sizeof *side->records, side_order_records);
	for (size_t i = 0; i < side->n; i++)
		if (!n || side_order_records(&side->records[n - 1], &side->records[i]) != 0)
			side->records[n++] = side->records[i];
	side->n = n;
	qsort(side->keys, (size_t)side->n_keys, sizeof *side->keys, side_order_keys);
}

static void side_run(struct side *side, struct sim_execution *x, const struct strategy *strategy, uint64_t max_executions)
{
	static struct search search;
	search = (struct search){.execution = x, .strategy = strategy, .on_complete = side_on_complete, .listener = side,
	                         .options = {.max_executions = max_executions, .keep_going = true, .count_classes = true}};
	search_run(&search);
	side->executions = search.executions;
	side->classes = search.classes;
	side->blocked = search.blocked;
	side->passes = search.passes;
	side->deepest = search.deepest;
	side->limit = search.limit;
	side->gives_up = strategy->gives_up;
	side->has_wanted = search.n_wanted > 0;
	side->is_full = search.n_findings == SEARCH_MAX_FINDINGS;
	for (int i = 0; i < search.n_findings; i++)
		if (search.findings[i].diagnosis.kind != FINDING_RACE)
			side->keys[side->n_keys++] = search.findings[i].diagnosis.key;
	machine_promoted(side->promoted);
	side_settle(side);
	search_release(&search);
}

/* ---- comparing -------------------------------------------------------------------------------------------------- */

static bool side_is_ambiguous(const struct side *side)
{
	for (size_t i = 1; i < side->n; i++)
		if (side->records[i].class == side->records[i - 1].class)
			return true;
	return false;
}

/* Whether each class of `a` is one of `b`. */
static bool side_includes(const struct side *b, const struct side *a)
{
	size_t j = 0;
	for (size_t i = 0; i < a->n; i++) {
		while (j < b->n && b->records[j].class < a->records[i].class)
			j++;
		if (j == b->n || b->records[j].class != a->records[i].class)
			return false;
	}
	return true;
}

/* Whether each outcome of `a` is one of `b`. With `ends`, endless ones of `a` excepted. Sorts b by outcome. */
static bool side_includes_outcomes(struct side *b, const struct side *a, bool ends)
{
	if (b->n)
		qsort(b->records, b->n, sizeof *b->records, side_order_outcomes);
	for (size_t i = 0; i < a->n; i++)
		if (!(ends && a->records[i].is_endless) && (!b->n || !bsearch(&a->records[i], b->records, b->n, sizeof *b->records,
		                                                             side_order_outcomes)))
			return false;
	return true;
}

static bool side_same_findings(const struct side *a, const struct side *b)
{
	if (a->is_full || b->is_full)
		return true; /* which of them were kept depends on the order of discovery */
	return a->n_keys == b->n_keys && memcmp(a->keys, b->keys, (size_t)a->n_keys * sizeof *a->keys) == 0;
}

static enum compare_verdict compare_sides(struct side *oracle, struct side *tested)
{
	if (side_is_ambiguous(oracle) || side_is_ambiguous(tested))
		return COMPARE_UNSOUND;
	if (memcmp(oracle->promoted, tested->promoted, sizeof oracle->promoted) != 0)
		return COMPARE_PROMOTED;
	if (!side_includes(tested, oracle))
		return tested->limit ? COMPARE_ENDLESS : COMPARE_MISSING;
	if (!side_includes(oracle, tested))
		return COMPARE_FOREIGN;
	if (tested->executions != tested->classes || tested->limit)
		return COMPARE_TWICE;
	if (!tested->gives_up && tested->blocked > oracle->blocked)
		return COMPARE_BLOCKED;
	if (!side_includes_outcomes(tested, oracle, false) || !side_includes_outcomes(oracle, tested, false))
		return COMPARE_OUTCOMES;
	return side_same_findings(oracle, tested) ? COMPARE_SAME : COMPARE_FINDINGS;
}

/* Makes scheduling points of what the strategy under test ended with: classes are compared where both see the same. */
static void compare_expose(struct sim_execution *x, const struct side *tested)
{
	for (size_t i = 0; i < sizeof tested->promoted; i++)
		if (tested->promoted[i])
			race_expose(&x->race, machine_base() + i, 1);
}

/* More scheduling points than needed must hide nothing. There may be more classes: the end of the program, or a question
 * whether a thread has ended, comes before or after each of them; and so more states in which a program ends. */
static enum compare_verdict compare_exposed(struct sim_execution *x, struct side *oracle, struct side *tested,
                                            uint64_t max_executions)
{
	struct side exposed = {0};
	compare_expose(x, tested);
	side_run(&exposed, x, &strategy_dfs, max_executions);
	race_demote(&x->race, 0);
	enum compare_verdict verdict = exposed.limit ? COMPARE_TOO_LARGE : compare_sides(&exposed, tested);
	if (verdict == COMPARE_SAME && exposed.classes < oracle->classes)
		verdict = COMPARE_PROMOTED;
	if (verdict == COMPARE_SAME && !side_includes_outcomes(tested, oracle, false))
		verdict = COMPARE_OUTCOMES;
	free(exposed.records);
	return verdict;
}

enum { COMPARE_MORE_EVENTS = 3 };

/* The rule about polls must neither add nor hide outcomes: with all attempts explored, up to a length at which every
 * execution under the rule is reached, they are the same but for those where a thread polls for ever, which then are executions without end. */
static enum compare_verdict compare_polls(const struct program *program, struct side *oracle, uint64_t max_executions,
                                          struct compare_result *result)
{
	struct side all = {0};
	const struct machine_options options = {
		.max_events = oracle->deepest + COMPARE_MORE_EVENTS, .explores_spin = true};
	machine_close();
	side_run(&all, machine_open(program, &options), &strategy_dfs, max_executions);
	result->has_polls = true;
	result->compared_polls = all.limit != SEARCH_MAX_EXECUTIONS;
	bool differs = result->compared_polls && memcmp(all.promoted, oracle->promoted, sizeof all.promoted) == 0 &&
	               !(side_includes_outcomes(oracle, &all, false) && side_includes_outcomes(&all, oracle, true));
	free(all.records);
	return differs ? COMPARE_SPIN : COMPARE_SAME;
}

/* Claims are a means of the search (semantics_rwlock.c): a writer that takes the lock in one operation comes to the same.
 * One thing more is seen with them where the program ends early: a thread that was about to wait for itself, but had not
 * come to it. */
static enum compare_verdict compare_claims(const struct program *program, struct side *oracle, uint64_t max_executions)
{
	struct side once = {0};
	const struct machine_options options = {.max_events = MACHINE_MAX_EVENTS, .claims_nothing = true};
	machine_close();
	side_run(&once, machine_open(program, &options), &strategy_dfs, max_executions);
	bool differs = !once.limit && memcmp(once.promoted, oracle->promoted, sizeof once.promoted) == 0 &&
	               !(side_includes_outcomes(oracle, &once, false) &&
	                 (program_may_end_early(program) || side_includes_outcomes(&once, oracle, false)));
	free(once.records);
	return differs ? COMPARE_CLAIMS : COMPARE_SAME;
}

/* The oracle goes second, in a world where all threads have their slots; the strategy under test sees them come. */
static enum compare_verdict compare_run(const struct program *program, const struct compare_options *options,
                                        struct side *oracle, struct side *tested, struct compare_result *result)
{
	const struct machine_options machine = {.max_events = MACHINE_MAX_EVENTS, .verifies = options->verifies,
	                                       .virtual_time = options->virtual_time};
	struct sim_execution *x = machine_open(program, &machine);
	side_run(tested, x, options->tested, options->max_executions);
	race_demote(&x->race, 0);
	side_run(oracle, x, &strategy_dfs, options->max_executions);
	race_demote(&x->race, 0);
	if (x->broken)
		return COMPARE_BROKEN;
	if (oracle->limit)
		return COMPARE_TOO_LARGE;
	enum compare_verdict verdict = tested->has_wanted ? compare_exposed(x, oracle, tested, options->max_executions)
	                                                  : compare_sides(oracle, tested);
	if (verdict == COMPARE_SAME && program_lets_readers_pass(program) && !options->virtual_time)
		verdict = compare_claims(program, oracle, options->max_executions);
	/* In virtual time polling holds the clock up, unless the rule takes it for waiting. */
	if (verdict != COMPARE_SAME || !program_polls(program) || options->virtual_time)
		return verdict;
	return compare_polls(program, oracle, options->max_executions, result);
}

static void compare_on_abort(int signal)
{
	(void)signal;
	siglongjmp(compare_aborted, 1);
}

struct compare_result compare_program(const struct program *program, const struct compare_options *options)
{
	static struct side oracle, tested; /* static: must survive the jump */
	static struct compare_result result;
	struct sigaction action = {.sa_handler = compare_on_abort}, before;
	oracle = tested = (struct side){0};
	result = (struct compare_result){0};
	sigaction(SIGABRT, &action, &before);
	if (sigsetjmp(compare_aborted, 1))
		result.verdict = COMPARE_ABORTED;
	else
		result.verdict = compare_run(program, options, &oracle, &tested, &result);
	sigaction(SIGABRT, &before, NULL);
	machine_close();
	result.oracle_executions = oracle.executions;
	result.classes = oracle.classes;
	result.executions = tested.executions;
	result.found_classes = tested.classes;
	result.passes = oracle.passes;
	free(oracle.records);
	free(tested.records);
	return result;
}
