/*
 * Plain depth-first search over all schedules: every enabled thread, in every way, at every point. It reduces nothing and
 * depends on no theory, which is why it stays: it is the oracle that all reductions are compared with.
 *
 *  I1  The path in `frames` is the present execution: frame d holds the alternative taken as events[d].
 *  I2  Alternatives of a node are ordered by thread, then by choice; all before the present one are done.
 *
 * Cost: as many executions as there are schedules. Memory: the path.
 */
#include <stdio.h>
#include <stdlib.h>

#include "search.h"

/* An alternative at one node. */
struct dfs_frame {
	uint16_t thread, choice;
};

/* Lifetime: one pass. */
struct dfs {
	struct search *search;
	struct dfs_frame *frames;
};

/* Moves `frame` to the next alternative of the present state, beginning with frame itself. False: there is none. */
static bool dfs_settle(const struct sim_execution *x, struct dfs_frame *frame)
{
	for (; frame->thread < x->objects.n_threads; frame->thread++, frame->choice = 0)
		if (frame->choice < execution_choices(x, frame->thread))
			return true;
	return false;
}

/* Takes `frame`, which is settled, or the first alternative after it that makes an event. False: there is none. Where the
 * last enabled thread turns out to poll, the clock of virtual time goes on and enables others, which are all new. */
static bool dfs_take(struct search *search, struct dfs_frame *frame)
{
	struct sim_execution *x = search->execution;
	do {
		int64_t before_ns = x->objects.now_ns;
		if (search_step(search, frame->thread, frame->choice))
			return true;
		if (x->objects.now_ns != before_ns)
			*frame = (struct dfs_frame){0};
	} while (!search->restart && dfs_settle(x, frame));
	return false;
}

/* Extends the execution until no thread is enabled, always by the first alternative. False: it may not grow so long. */
static bool dfs_descend(struct dfs *dfs)
{
	struct sim_execution *x = dfs->search->execution;
	for (;;) {
		struct dfs_frame *frame = &dfs->frames[x->n_events];
		*frame = (struct dfs_frame){0};
		if (!dfs_settle(x, frame))
			return true;
		if (!search_may_step(dfs->search))
			return false;
		if (!dfs_take(dfs->search, frame))
			return !dfs->search->restart;
	}
}

/* Goes back to the deepest node with an untried alternative and takes it. False: there is none left. */
static bool dfs_backtrack(struct dfs *dfs)
{
	struct sim_execution *x = dfs->search->execution;
	for (uint32_t depth = x->n_events; depth-- > 0 && !dfs->search->restart;) {
		struct dfs_frame *frame = &dfs->frames[depth];
		execution_restore(x, depth);
		frame->choice++;
		if (dfs_settle(x, frame) && dfs_take(dfs->search, frame))
			return true;
	}
	return false;
}

static void dfs_explore(struct search *search)
{
	struct sim_execution *x = search->execution;
	struct dfs dfs = {.search = search};
	dfs.frames = calloc((size_t)x->capacity + 1, sizeof *dfs.frames);
	if (!dfs.frames) {
		fputs("simcheck: no memory left to search in\n", stderr);
		abort();
	}
	do {
		if (dfs_descend(&dfs) && !search_complete(search))
			break;
	} while (!search->restart && !search->done && !search_interrupted && dfs_backtrack(&dfs));
	free(dfs.frames);
}

const struct strategy strategy_dfs = {
	.name = "dfs", .exhaustive = true, .counts_classes = true, .virtual_time = true, .explore = dfs_explore};
