#include "search_stage.h"

#include <check.h>

struct abstract machine;
struct abstract_program program;
bool verifies;

void search_stage_setup(void)
{
	verifies = true;
	program = (struct abstract_program){0};
}

void add(int thread, struct abstract_line line)
{
	abstract_add(&program, thread, line);
}

void start_all(int n)
{
	for (int t = 1; t <= n; t++)
		add(0, abstract_start(t));
}

void add_nested(int t, int outer, int inner)
{
	add(t, abstract_at(abstract_lock(outer, 0), 10));
	add(t, abstract_at(abstract_lock(inner, 0), 20));
	add(t, abstract_unlock(inner));
	add(t, abstract_unlock(outer));
}

struct search explore_up_to(uint32_t max_events, uint64_t max_executions)
{
	struct search search = {.execution = &machine.x, .strategy = &strategy_dfs};
	search.options.keep_going = true;
	search.options.max_executions = max_executions;
	abstract_init(&machine, &program, max_events);
	machine.verifies = verifies;
	search_run(&search);
	ck_assert_uint_eq(machine.n_mismatches, 0);
	ck_assert_uint_eq(machine.x.n_events, 0);
	struct search result = search;
	abstract_release(&machine);
	search_release(&search);
	return result;
}

struct search explore(void)
{
	return explore_up_to(100, 0);
}

void expect(uint64_t executions, uint64_t classes)
{
	struct search search = explore();
	ck_assert_uint_eq(search.limit, SEARCH_NO_LIMIT);
	ck_assert_uint_eq(search.executions, executions);
	ck_assert_uint_eq(search.classes, classes);
	ck_assert_uint_eq(search.blocked, 0);
	ck_assert(search.counts_classes);
}

void expect_classes(uint64_t classes)
{
	struct search search = explore();
	ck_assert_uint_eq(search.limit, SEARCH_NO_LIMIT);
	ck_assert_uint_eq(search.classes, classes);
	ck_assert_uint_ge(search.executions, classes);
}
