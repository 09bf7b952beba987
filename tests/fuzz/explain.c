#include "explain.h"

#include <stdlib.h>
#include <string.h>

#include "machine.h"

/* A complete execution. Lifetime: one explanation. */
struct witness {
	uint64_t class;
	char *schedule;
};

struct witnesses {
	struct witness *items;
	size_t n;
};

static void explain_print_event(const struct sim_event *event, FILE *out)
{
	fprintf(out, " T%d.%u:%s", event->thread, event->index, op_name(&event->op));
	if (op_is_memory(&event->op))
		fprintf(out, "@%d%s=%llu", (int)(event->op.address & 63), event->uses[0].mode == SIM_MODE_READ ? "r" : "w",
		        (unsigned long long)event->result.low);
	else if (event->result.low || event->choice)
		fprintf(out, "=%llu/%u", (unsigned long long)event->result.low, event->choice);
	if (event->ends)
		fputs("!", out);
}

static void explain_on_complete(struct search *search)
{
	const struct sim_execution *x = search->execution;
	struct witnesses *all = search->listener;
	size_t size;
	if (search->executions == 1)
		all->n = 0;
	all->items = realloc(all->items, (all->n + 1) * sizeof *all->items);
	if (!all->items)
		abort();
	struct witness *witness = &all->items[all->n++];
	witness->class = search->class_set.prefix_sum[x->n_events];
	FILE *out = open_memstream(&witness->schedule, &size);
	for (uint32_t i = 0; i < x->n_events; i++)
		explain_print_event(&x->events[i], out);
	fclose(out);
}

static void explain_run(struct witnesses *all, struct sim_execution *x, const struct strategy *strategy, uint64_t limit)
{
	struct search *search = calloc(1, sizeof *search);
	if (!search)
		abort();
	*search = (struct search){.execution = x, .strategy = strategy, .on_complete = explain_on_complete, .listener = all,
	                          .options = {.max_executions = limit, .keep_going = true, .count_classes = true}};
	search_run(search);
	search_release(search);
	free(search);
	race_demote(&x->race, 0);
}

static size_t explain_count(const struct witnesses *all, uint64_t class)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += all->items[i].class == class;
	return n;
}

static bool explain_is_first(const struct witnesses *all, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (all->items[j].class == all->items[i].class)
			return false;
	return true;
}

void explain_difference(const struct program *program, const struct compare_options *options)
{
	struct witnesses tested = {0}, oracle = {0};
	struct sim_execution *x = machine_open(program, &(struct machine_options){
		.max_events = MACHINE_MAX_EVENTS, .virtual_time = options->virtual_time});
	explain_run(&tested, x, options->tested, options->max_executions);
	explain_run(&oracle, x, &strategy_dfs, options->max_executions);
	machine_close();
	for (size_t i = 0; i < oracle.n; i++)
		if (explain_is_first(&oracle, i) && !explain_count(&tested, oracle.items[i].class))
			printf("# missing:%s\n", oracle.items[i].schedule);
	for (size_t i = 0; i < tested.n; i++)
		if (explain_count(&tested, tested.items[i].class) > 1)
			printf("# class %04x more than once:%s\n", (unsigned)(tested.items[i].class & 0xFFFF), tested.items[i].schedule);
	for (size_t i = 0; i < tested.n; i++)
		free(tested.items[i].schedule);
	for (size_t i = 0; i < oracle.n; i++)
		free(oracle.items[i].schedule);
	free(tested.items);
	free(oracle.items);
}
