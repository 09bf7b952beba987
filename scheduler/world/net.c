#include "net.h"

#include <string.h>

#include "world.h"
#include "reserve.h"

/* Enough to pass each operation of a small program several times. */
enum { NET_WATCHED_RESTORES = 64, NET_PAGE = 4096 };

static bool net_hashes(const struct net *net)
{
	return net->mode == NET_WATCH || net->mode == NET_VERIFY || net->mode == NET_PAGES_VERIFY;
}

static bool net_copies(const struct net *net)
{
	return net->mode == NET_PAGES || net->mode == NET_PAGES_VERIFY;
}

static size_t net_globals_size(const struct world *world)
{
	return world->program.globals_high - world->program.globals_low;
}

int net_init(struct net *net, enum net_mode mode, const struct world *world)
{
	*net = (struct net){.mode = mode, .n_left = NET_WATCHED_RESTORES};
	net->hashes = reserve(((size_t)world->options.max_events + 1) * sizeof *net->hashes);
	if (!net->hashes)
		return -1;
	if (!net_copies(net))
		return 0;
	net->arena_mirror = reserve(arena_size(&world->arena));
	net->globals_mirror = reserve(net_globals_size(world) + 1);
	return net->arena_mirror && net->globals_mirror ? 0 : -1;
}

void net_release(struct net *net, const struct world *world)
{
	reserve_release(net->hashes, ((size_t)world->options.max_events + 1) * sizeof *net->hashes);
	if (!net_copies(net))
		return;
	reserve_release(net->arena_mirror, arena_size(&world->arena));
	reserve_release(net->globals_mirror, net_globals_size(world) + 1);
}

/* Brings the mirror of [low, high) up to date and logs what the differing pages held. */
static void net_compare(struct world *world, char *low, char *high, char *mirror)
{
	struct undo *undo = &world->execution.undo;
	for (char *page = low; page < high; page += NET_PAGE, mirror += NET_PAGE) {
		size_t n = high - page < NET_PAGE ? (size_t)(high - page) : NET_PAGE;
		if (sanitizer_equal(page, mirror, n))
			continue;
		undo_save_old(undo, page, mirror, n);
		undo_save(undo, mirror, n);
		sanitizer_copy(mirror, page, n);
	}
}

static char *net_mirror(const struct world *world, const char *address)
{
	return world->net.arena_mirror + (address - world->arena.base);
}

/* The stack of the thread that ran was saved before it did: only its mirror has to follow. */
static void net_follow_stack(struct world *world, int thread)
{
	char *sp = world->threads[thread].co.sp, *high = arena_stack_high(&world->arena, thread);
	char *mirror = net_mirror(world, sp);
	undo_save(&world->execution.undo, mirror, (size_t)(high - sp));
	sanitizer_copy(mirror, sp, (size_t)(high - sp));
}

static void net_compare_thread(struct world *world, int t, int ran)
{
	const struct arena *arena = &world->arena;
	const struct sim_object *object = &world->execution.objects.items[t];
	if (object->state == SIM_THREAD_UNBORN)
		return;
	char *tls = arena_tls(arena, t), *heap = arena_heap(arena, t);
	net_compare(world, tls, tls + world->program.tls_size, net_mirror(world, tls));
	net_compare(world, heap, world->threads[t].heap_top, net_mirror(world, heap));
	if (object->state != SIM_THREAD_ALIVE)
		return;
	/* A thread that this step started had no stack before. */
	bool fresh = world->event && world->event->starts && world->event->started == t;
	if (t == ran || fresh)
		net_follow_stack(world, t);
	else
		net_compare(world, world->threads[t].co.sp, arena_stack_high(arena, t), net_mirror(world, world->threads[t].co.sp));
}

static void net_copy(struct world *world, int ran)
{
	net_compare(world, (char *)world->program.globals_low, (char *)world->program.globals_high,
	            world->net.globals_mirror);
	for (uint32_t t = 0; t < world->execution.objects.n_threads; t++)
		net_compare_thread(world, (int)t, ran);
}

static void net_remember(struct world *world)
{
	struct net *net = &world->net;
	uint32_t depth = world->execution.n_events;
	if (net_hashes(net) && net->n_hashes >= depth) {
		net->hashes[depth] = world_hash(world);
		net->n_hashes = depth + 1;
	}
}

void net_begin(struct world *world)
{
	if (net_copies(&world->net))
		net_copy(world, 0);
	net_remember(world);
}

void net_on_step(struct world *world, int thread)
{
	if (net_copies(&world->net))
		net_copy(world, thread);
	net_remember(world);
}

void net_compare_hash(struct world *world, uint32_t depth)
{
	const struct net *net = &world->net;
	if (net_hashes(net) && depth < net->n_hashes && net->hashes[depth] != world_hash(world))
		world->execution.broken = true;
}

void net_on_restore(struct world *world, uint32_t depth)
{
	struct net *net = &world->net;
	if (!net_hashes(net) || depth >= net->n_hashes)
		return;
	net_compare_hash(world, depth);
	net->n_hashes = depth + 1;
	net->n_verified++;
	if (net->mode == NET_WATCH && --net->n_left == 0)
		net->mode = NET_OFF;
}
