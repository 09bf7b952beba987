/*
 * Threads on the cooperative backend.
 *
 * sim_thread.opaque[0] is the slot plus one. The new thread itself sets it and the other words of the library, in the
 * step that starts it: of several starts the first to be executed counts. Whether a thread has been started is something
 * that others can observe: the start writes the handle, as a place in memory, and whoever did not start the thread itself
 * reads it before it looks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coop.h"
#include "thread.h"
#include "world.h"

static int coop_slot(const struct sim_thread *thread)
{
	return thread == &thread_shared.main ? 0 : (int)thread->opaque[0] - 1;
}

/* The slot of the thread, as of now; SIM_NOBODY if it was not started. */
static int coop_look_up(const struct sim_thread *thread)
{
	int slot = coop_slot(thread);
	if (slot == 0 || (slot != SIM_NOBODY &&
	                  (slot == world_self() || world_running->execution.info[slot].parent == world_self())))
		return slot;
	struct sim_op op = {.kind = SIM_OP_READ, .address = (uintptr_t)thread, .argument = 1, .look_up = true};
	world_call(&op);
	return coop_slot(thread);
}

/* ---- start ------------------------------------------------------------------------------------------------------ */

/* "Thread-1.2": where the thread stands in the tree of who started whom. */
static size_t coop_default_name(int slot, char *name, size_t size)
{
	const struct thread_info *info = &world_running->execution.info[slot];
	if (info->parent == 0) {
		snprintf(name, size, "Thread-%u", info->nth);
		return strlen(name);
	}
	size_t n = coop_default_name(info->parent, name, size);
	snprintf(name + n, size - n, ".%u", info->nth);
	return strlen(name);
}

/* What the new thread runs. Nobody else looks at the words of the library before the start is over. */
static void coop_thread_main(void *argument)
{
	struct sim_thread *thread = argument;
	int slot = world_self();
	if (coop_slot(thread) != SIM_NOBODY)
		return;
	undo_save(&world_running->execution.undo, thread, sizeof *thread);
	coop_default_name(slot, thread->own_name, sizeof thread->own_name);
	bool detains = world_running->execution.objects.items[slot].flags & SIM_THREAD_DETAINS;
	thread->daemon = detains ? THREAD_WAITED_FOR : THREAD_DAEMON;
	thread->opaque[0] = (uint64_t)slot + 1;
	thread_run(thread);
}

static void coop_started_twice(void)
{
	coop_misuse("start-twice", "a thread is started a second time");
}

enum sim_status coop_thread_start(struct sim_thread *thread)
{
	if (coop_slot(thread) != SIM_NOBODY && coop_look_up(thread) != SIM_NOBODY)
		coop_started_twice();
	coop_reads(thread, offsetof(struct sim_thread, own_name));
	coop_reads(&thread->daemon, sizeof thread->daemon);
	bool daemon = thread_becomes_daemon(thread);
	struct world_start start = {.function = coop_thread_main, .argument = thread, .handle = thread,
	                            .routine = thread->run ? (void *)thread->run : (void *)thread->function,
	                            .name = thread->name, .caller = "sim_thread_start"};
	int slot = world_new_thread(&start);
	world_launch(slot, !daemon);
	if (coop_slot(thread) != slot)
		coop_started_twice();
	return SIM_OK;
}

/* ---- others ----------------------------------------------------------------------------------------------------- */

enum sim_status coop_thread_join(struct sim_thread *thread, int64_t timeout_ns)
{
	int slot = coop_look_up(thread);
	if (slot == SIM_NOBODY)
		coop_misuse("join-unstarted", "a thread is joined that was never started");
	if (slot == world_self())
		coop_misuse("join-self", "a thread joins itself");
	struct sim_op op = {.kind = SIM_OP_JOIN, .object = (uint32_t)slot};
	coop_set_timeout(&op, timeout_ns);
	if (world_call(&op).low == SIM_RESULT_OK)
		return SIM_OK;
	return timeout_ns ? SIM_TIMEOUT : SIM_BUSY;
}

bool coop_thread_is_alive(struct sim_thread *thread)
{
	int slot = coop_look_up(thread);
	if (slot == SIM_NOBODY)
		return false;
	struct sim_op op = {.kind = SIM_OP_IS_ALIVE, .object = (uint32_t)slot};
	return world_call(&op).low;
}

uint64_t coop_thread_ident(struct sim_thread *thread)
{
	int slot = coop_look_up(thread);
	return slot == SIM_NOBODY ? 0 : world_running->execution.info[slot].key;
}

void coop_thread_renamed(struct sim_thread *thread)
{
	execution_name_thread(&world_running->execution, coop_slot(thread), thread->name ? thread->name : "");
}

/* ---- the calling thread ----------------------------------------------------------------------------------------- */

struct sim_thread *coop_thread_current(void)
{
	return world_self() == 0 ? &thread_shared.main : world_thread()->handle;
}

/* Giving way is no operation of its own: before each operation every other thread may run anyway. */
void coop_thread_yield(void) {}

/* A text that outlives the execution: reports quote it. */
static const char *coop_keep_text(const char *text)
{
	static char **texts;
	static size_t n_texts;
	for (size_t i = 0; i < n_texts; i++)
		if (strcmp(texts[i], text) == 0)
			return texts[i];
	texts = realloc(texts, (n_texts + 1) * sizeof *texts);
	if (!texts || !(texts[n_texts] = strdup(text)))
		abort();
	return texts[n_texts++];
}

void coop_thread_failed(const char *error)
{
	struct incident incident = {.kind = INCIDENT_EXCEPTION, .text = coop_keep_text(error), .site = world_site(),
	                            .thread = world_self()};
	execution_incident(&world_running->execution, incident);
}

void coop_thread_exit(void)
{
	if (world_self() == 0)
		world_end_main();
	world_end_thread();
}

/* ---- all threads ------------------------------------------------------------------------------------------------ */

static int coop_depth(const struct thread_info *info, int slot)
{
	int depth = 0;
	for (; info[slot].parent != SIM_NOBODY; slot = info[slot].parent)
		depth++;
	return depth;
}

/* Whether `a` comes before `b`, another thread, where each is followed by those that it started. */
static bool coop_comes_before(const struct thread_info *info, int a, int b)
{
	int depth_a = coop_depth(info, a), depth_b = coop_depth(info, b);
	for (int depth = depth_a; depth > depth_b; depth--)
		a = info[a].parent;
	for (int depth = depth_b; depth > depth_a; depth--)
		b = info[b].parent;
	if (a == b)
		return depth_a < depth_b;
	while (info[a].parent != info[b].parent) {
		a = info[a].parent;
		b = info[b].parent;
	}
	return info[a].nth < info[b].nth;
}

/* The slots of the set that are sim_ threads, in the order of their default names. Returns how many. */
static int coop_sort(const struct sim_thread_set *set, int *slots)
{
	const struct world *world = world_running;
	int n = 0;
	for (int i = 0; i < thread_set_count(set); i++) {
		int slot = thread_set_nth(set, i), place = n;
		if (slot != 0 && !world->threads[slot].handle)
			continue;
		for (; place > 0 && coop_comes_before(world->execution.info, slot, slots[place - 1]); place--)
			slots[place] = slots[place - 1];
		slots[place] = slot;
		n++;
	}
	return n;
}

int coop_thread_enumerate(struct sim_thread **list, int max)
{
	struct sim_op op = {.kind = SIM_OP_ENUMERATE};
	struct sim_wide result = world_call(&op);
	struct sim_thread_set alive = {.bits = {result.low, result.high}};
	int slots[SIM_MAX_THREADS], n = coop_sort(&alive, slots), n_listed = n < max ? n : max;
	if (n_listed)
		coop_writes(list, (size_t)n_listed * sizeof *list);
	for (int i = 0; i < n_listed; i++)
		list[i] = slots[i] == 0 ? &thread_shared.main : world_running->threads[slots[i]].handle;
	return n;
}
