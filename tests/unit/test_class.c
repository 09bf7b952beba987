/*
 * Classes of executions, and the dependence that defines them.
 *
 * Mazurkiewicz equivalence is: executions that differ by swapping neighbours that are independent. So three things can
 * be checked on all executions of a program, whatever it does:
 *
 *  - swapping two independent neighbours gives an execution that exists, and that ends in the same state:
 *    `dependent` does not miss anything (were the later event disabled, another, or followed by something else, the
 *    swapped schedule would not be among the executions, or end differently);
 *  - executions connected by swaps have the same canonical form, and others have not: class.h is right;
 *  - optimal exploration executes exactly as many executions as there are classes.
 *
 * What `dependent` could spare is tested pair by pair in test_dependent.c, and by exact numbers in test_counts.c.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "abstract_random.h"
#include "class.h"
#include "sanitizer.h"
#include "search.h"

/* Random programs of each family. What they test is not memory, so that few will do where each takes long. */
#ifdef SANITIZER_ADDRESS
enum { N_PROGRAMS = 10 };
#else
enum { N_PROGRAMS = 100 };
#endif

enum { MAX_EXECUTIONS = 1500, MAX_LENGTH = 40 };

/* A complete execution. Lifetime: one program. */
struct record {
	uint16_t schedule[MAX_LENGTH]; /* thread and choice of each event */
	bool commutes[MAX_LENGTH];     /* event i is independent of event i + 1 */
	uint32_t length;
	uint64_t class, outcome;
	uint32_t group; /* index of another record of the group, or of itself: union by index */
};

static struct abstract machine;
static struct abstract_program program;
static struct class_set classes;
static struct record records[MAX_EXECUTIONS];
static uint32_t n_records;

static void visit(struct abstract *at, void *context)
{
	const struct sim_execution *x = &at->x;
	struct record *record = &records[n_records++];
	(void)context;
	memset(record, 0, sizeof *record);
	record->length = x->n_events;
	for (uint32_t i = 0; i < x->n_events; i++) {
		record->schedule[i] = (uint16_t)(x->events[i].thread << 8 | x->events[i].choice);
		record->commutes[i] = i + 1 < x->n_events && !dependent(&x->events[i], &x->events[i + 1]);
	}
	class_add(&classes, x);
	record->class = classes.prefix_sum[x->n_events];
	record->outcome = abstract_outcome_hash(at);
}

static int compare_records(const void *a, const void *b)
{
	return memcmp(((const struct record *)a)->schedule, ((const struct record *)b)->schedule,
	              sizeof records->schedule);
}

static uint32_t group_of(uint32_t i)
{
	while (records[i].group != i)
		i = records[i].group;
	return i;
}

/* The record whose schedule is that of `record` with the events i and i + 1 swapped. */
static struct record *find_swapped(const struct record *record, uint32_t i)
{
	struct record key = *record;
	key.schedule[i] = record->schedule[i + 1];
	key.schedule[i + 1] = record->schedule[i];
	return bsearch(&key, records, n_records, sizeof key, compare_records);
}

/* Millions of assertions would take Check a while: only those that fail are told. */
static void demand(bool holds, uint64_t seed, const char *what)
{
	if (!holds)
		ck_abort_msg("program %u: %s", (unsigned)seed, what);
}

static uint64_t compare_swaps(uint64_t seed)
{
	uint64_t n_swaps = 0;
	for (uint32_t r = 0; r < n_records; r++)
		for (uint32_t i = 0; i + 1 < records[r].length; i++) {
			if (!records[r].commutes[i])
				continue;
			const struct record *other = find_swapped(&records[r], i);
			n_swaps++;
			demand(other, seed, "independent events cannot be swapped");
			demand(other->outcome == records[r].outcome, seed, "a swap of independent events leads to another state");
			demand(other->class == records[r].class, seed, "a swap of independent events leads to another class");
			records[group_of(r)].group = group_of((uint32_t)(other - records));
		}
	return n_swaps;
}

static int compare_classes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

/* Returns the number of different canonical forms; checks that each is one group. */
static uint64_t count_classes(uint64_t seed)
{
	static uint64_t forms[MAX_EXECUTIONS];
	uint64_t n_groups = 0, n_forms = 0;
	for (uint32_t r = 0; r < n_records; r++) {
		n_groups += records[r].group == r;
		forms[r] = records[r].class;
	}
	qsort(forms, n_records, sizeof *forms, compare_classes);
	for (uint32_t r = 0; r < n_records; r++)
		n_forms += r == 0 || forms[r] != forms[r - 1];
	demand(n_forms == n_groups, seed, "executions that no swaps connect are in one class");
	return n_forms;
}

static struct search explore(const struct strategy *strategy)
{
	struct search search = {.execution = &machine.x, .strategy = strategy};
	search.options.count_classes = true;
	search.options.keep_going = true;
	search.options.max_executions = MAX_EXECUTIONS;
	search_run(&search);
	struct search result = search;
	search_release(&search);
	return result;
}

/* Explores the program twice. Returns the number of swaps that were compared; 0 if it is too large. */
static uint64_t compare_program(uint64_t seed)
{
	uint64_t n_swaps = 0;
	abstract_init(&machine, &program, MAX_LENGTH);
	machine.verifies = true;
	struct search dfs = explore(&strategy_dfs);
	if (dfs.limit == SEARCH_NO_LIMIT) {
		/* Races have been promoted by now: what follows sees the same operations. */
		n_records = 0;
		ck_assert_int_eq(class_init(&classes, MAX_LENGTH), 0);
		demand(abstract_each(&machine, visit, NULL) == dfs.executions, seed, "recursion finds other executions");
		class_release(&classes);
		qsort(records, n_records, sizeof *records, compare_records);
		for (uint32_t r = 0; r < n_records; r++)
			records[r].group = r;
		n_swaps = compare_swaps(seed);
		demand(count_classes(seed) == dfs.classes, seed, "the search counts other classes");
		struct search optimal = explore(&strategy_dpor);
		demand(optimal.classes == dfs.classes, seed, "optimal exploration finds other classes");
		demand(optimal.executions == dfs.classes, seed, "optimal exploration is not optimal");
	}
	demand(machine.n_mismatches == 0, seed, "a restore was not exact");
	abstract_release(&machine);
	return n_swaps;
}

static const int families[] = {
	ABSTRACT_ATOMICS,
	ABSTRACT_LOCKS | ABSTRACT_ATOMICS,
	ABSTRACT_LOCKS | ABSTRACT_TIMED,
	ABSTRACT_CONDITIONS,
	ABSTRACT_CONDITIONS | ABSTRACT_TIMED,
	ABSTRACT_CONDITIONS | ABSTRACT_LOCKS,
	ABSTRACT_THREAD_OPS | ABSTRACT_ATOMICS,
	ABSTRACT_THREAD_OPS | ABSTRACT_LOCKS | ABSTRACT_TIMED,
	ABSTRACT_CHOICES | ABSTRACT_ATOMICS,
	ABSTRACT_PLAIN | ABSTRACT_LOCKS,
	ABSTRACT_ALL & ~ABSTRACT_TIMED,
	ABSTRACT_ALL,
};

START_TEST(random_programs)
{
	uint64_t n_swaps = 0;
	for (uint64_t i = 0; i < N_PROGRAMS; i++) {
		struct abstract_random random = {.state = (uint64_t)_i << 32 | i};
		int n_threads = 3 + (int)abstract_random_below(&random, 2);
		abstract_random_program(&random, &program, n_threads, n_threads == 3 ? 3 : 2, families[_i]);
		n_swaps += compare_program(i);
	}
	ck_assert_uint_gt(n_swaps, 10 * N_PROGRAMS);
}
END_TEST

/* An execution added again, or after others, is not new; the table grows as needed. */
START_TEST(many_classes)
{
	static struct abstract_program choices;
	choices = (struct abstract_program){0};
	abstract_add(&choices, 0, abstract_choose(3000, 1));
	abstract_init(&machine, &choices, 2);
	ck_assert_int_eq(class_init(&classes, 2), 0);
	for (int round = 0; round < 2; round++)
		for (unsigned choice = 0; choice < 3000; choice++) {
			execution_step(&machine.x, 0, choice);
			if (class_add(&classes, &machine.x) != (round == 0))
				ck_abort_msg("round %d, choice %u", round, choice);
			execution_restore(&machine.x, 0);
		}
	ck_assert_uint_eq(classes.n, 3000);
	class_release(&classes);
	abstract_release(&machine);
}
END_TEST

/* The class of an execution of no event at all is a class. */
START_TEST(empty_execution)
{
	static const struct abstract_program nothing;
	abstract_init(&machine, &nothing, 2);
	ck_assert_int_eq(class_init(&classes, 2), 0);
	ck_assert(class_add(&classes, &machine.x));
	ck_assert(!class_add(&classes, &machine.x));
	class_release(&classes);
	abstract_release(&machine);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("class");
	TCase *tests = tcase_create("class");
	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, random_programs, 0, sizeof families / sizeof *families);
	tcase_add_test(tests, many_classes);
	tcase_add_test(tests, empty_execution);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
