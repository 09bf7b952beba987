/*
 * The second net: catches changes of memory that nothing announced (inline assembly, struct results returned in memory,
 * code of libraries that were not instrumented), which the undo log alone would not take back.
 *
 *   watch    for the first restores of a search: the hash of the world at each node is compared when the search comes
 *            back to it. Then off.
 *   verify   the same for all restores (--verify-restore).
 *   pages    after each step memory is compared with a mirror and what differs goes to the undo log: exact whatever
 *            wrote it, at the price of a comparison per step.
 *
 * On a mismatch the execution is `broken`: the search must start again from a fresh process, with pages.
 */
#ifndef SIM_NET_H
#define SIM_NET_H

#include <stdbool.h>
#include <stdint.h>

struct world;

enum net_mode { NET_OFF, NET_WATCH, NET_VERIFY, NET_PAGES, NET_PAGES_VERIFY };

/* Lifetime: one check. */
struct net {
	enum net_mode mode;
	uint32_t n_left;     /* restores still to be compared when watching */
	uint64_t *hashes;    /* of the world at depth i, for i < n_hashes */
	uint32_t n_hashes;
	uint64_t n_verified; /* restores compared */
	char *arena_mirror, *globals_mirror;
};

/* Returns 0, or -1 with errno. */
int net_init(struct net *net, enum net_mode mode, const struct world *world);
void net_release(struct net *net, const struct world *world);

/* The world is at its beginning. */
void net_begin(struct world *world);
/* A step of `thread` has ended. */
void net_on_step(struct world *world, int thread);
/* The world is back at `depth`, for a moment: only compares. */
void net_compare_hash(struct world *world, uint32_t depth);
/* The world is back at `depth`. */
void net_on_restore(struct world *world, uint32_t depth);

#endif
