#include "call.h"

#include <string.h>

#include "area.h"
#include "world.h"

void call_announce(enum sim_call call, const void *named, enum sim_mode mode, struct call_range range)
{
	struct sim_op op = {.kind = SIM_OP_CALL, .rmw = (uint8_t)call, .object = world_object(named, SIM_OBJECT_FILE),
	                    .address = (uintptr_t)named, .order = (uint8_t)mode, .fail_order = (uint8_t)range.mode,
	                    .expected = {range.key, range.size}};
	world_call(&op);
}

static bool call_races(const void *memory, size_t n)
{
	return n && world_running->execution.race.n_promoted &&
	       race_is_promoted(&world_running->execution.race, (uintptr_t)memory, n);
}

const void *call_take(const void *from, size_t n)
{
	if (n)
		world_access((uintptr_t)from, n, RACE_READ, world_site());
	return call_races(from, n) ? memcpy(area_allocate(n), from, n) : from;
}

void call_give(void *to, const void *from, size_t n)
{
	if (call_races(to, n))
		from = memcpy(area_allocate(n), from, n);
	if (!n)
		return;
	world_access((uintptr_t)to, n, RACE_WRITE, world_site());
	memcpy(to, from, n);
}

int call_fail(int error)
{
	world_thread()->error = error;
	return -1;
}
