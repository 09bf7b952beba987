#include "race_reference.h"

#include <stdlib.h>
#include <string.h>

static bool reference_has(const struct reference_set *set, int n)
{
	return set->bits[n >> 6] >> (n & 63) & 1;
}

void reference_init(struct reference *reference)
{
	memset(reference, 0, sizeof *reference);
	for (int t = 0; t < REFERENCE_THREADS; t++)
		reference->last[t] = REFERENCE_NONE;
	for (int b = 0; b < REFERENCE_BYTES; b++)
		reference->last_write[b] = REFERENCE_NONE;
}

void reference_order(struct reference *reference, int from, int to)
{
	if (from == REFERENCE_NONE)
		return;
	struct reference_set *before = &reference->nodes[to].before;
	for (int word = 0; word < REFERENCE_NODES / 64; word++)
		before->bits[word] |= reference->nodes[from].before.bits[word];
	before->bits[from >> 6] |= UINT64_C(1) << (from & 63);
}

int reference_add(struct reference *reference, int thread)
{
	if (reference->n == REFERENCE_NODES)
		abort();
	int n = reference->n++;
	reference->nodes[n] = (struct reference_node){
		.thread = thread, .reads_from = REFERENCE_NONE, .previous_write = REFERENCE_NONE};
	reference_order(reference, reference->last[thread], n);
	return reference->last[thread] = n;
}

void reference_start(struct reference *reference, int parent, int child)
{
	reference->last[child] = reference->last[parent];
}

void reference_access(struct reference *reference, int n, uint32_t low, uint32_t size, int type, int step)
{
	struct reference_node *node = &reference->nodes[n];
	node->accesses = true;
	node->low = low;
	node->size = size;
	node->type = type;
	node->step = step;
}

static bool reference_acquires(enum sim_order order)
{
	return order == SIM_ACQUIRE || order == SIM_CONSUME || order == SIM_ACQ_REL || order == SIM_SEQ_CST;
}

static bool reference_releases(enum sim_order order)
{
	return order == SIM_RELEASE || order == SIM_ACQ_REL || order == SIM_SEQ_CST;
}

/* Orders everything that releases into the write that `read` reads from before `to`. */
static void reference_synchronise(struct reference *reference, int read, int to)
{
	for (int w = reference->nodes[read].reads_from; w != REFERENCE_NONE;) {
		const struct reference_node *write = &reference->nodes[w];
		if (write->releases)
			reference_order(reference, w, to);
		for (int f = 0; f < w; f++)
			if (reference->nodes[f].is_release_fence && reference->nodes[f].thread == write->thread)
				reference_order(reference, f, to);
		w = write->is_rmw ? write->previous_write : REFERENCE_NONE;
	}
}

void reference_atomic(struct reference *reference, int n, bool reads, bool writes, enum sim_order order)
{
	struct reference_node *node = &reference->nodes[n];
	int *last = &reference->last_write[node->low];
	if (reads) {
		node->reads_from = *last;
		if (reference_acquires(order))
			reference_synchronise(reference, n, n);
	}
	if (writes) {
		node->is_rmw = reads;
		node->previous_write = *last;
		node->releases = reference_releases(order);
		*last = n;
	}
}

void reference_fence(struct reference *reference, int thread, enum sim_order order)
{
	int n = reference_add(reference, thread);
	for (int r = 0; reference_acquires(order) && r < n; r++)
		if (reference->nodes[r].thread == thread && reference->nodes[r].reads_from != REFERENCE_NONE)
			reference_synchronise(reference, r, n);
	reference->nodes[n].is_fence = true;
	reference->nodes[n].is_release_fence = reference_releases(order);
}

static bool reference_covers_byte(const struct reference_node *node, uint32_t byte)
{
	return node->accesses && byte - node->low < node->size;
}

static bool reference_conflict(int a, int b)
{
	bool one_writes = (a & RACE_WRITE) || (b & RACE_WRITE);
	bool both_atomic = (a & RACE_ATOMIC) && (b & RACE_ATOMIC);
	return one_writes && !both_atomic;
}

bool reference_races(const struct reference *reference, int a, int b, uint32_t byte)
{
	const struct reference_node *first = &reference->nodes[a], *second = &reference->nodes[b];
	return reference_covers_byte(first, byte) && reference_covers_byte(second, byte) &&
	       first->thread != second->thread && reference_conflict(first->type, second->type) &&
	       !reference_has(&second->before, a);
}

bool reference_races_at_all(const struct reference *reference, int b, uint32_t byte)
{
	for (int a = 0; a < b; a++)
		if (reference_races(reference, a, b, byte))
			return true;
	return false;
}

bool reference_is_repeated(const struct reference *reference, int b, uint32_t byte)
{
	const struct reference_node *second = &reference->nodes[b];
	for (int a = b - 1; a >= 0; a--) {
		const struct reference_node *first = &reference->nodes[a];
		if (first->thread != second->thread || (first->is_fence && !first->is_release_fence))
			continue;
		if (!first->accesses || first->step != second->step)
			return false;
		bool says_as_much = true;
		for (int other = 0; other < 4; other++)
			if (reference_conflict(second->type, other) && !reference_conflict(first->type, other))
				says_as_much = false;
		if (says_as_much && reference_covers_byte(first, byte))
			return true;
	}
	return false;
}
