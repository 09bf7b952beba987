#include "posix.h"

#include "world.h"

void posix_misuse(const char *cause, const char *what)
{
	world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = cause, .text = what, .site = world_site()});
}

static void posix_visit(uint64_t address, enum sim_op_kind kind, uint64_t operand)
{
	struct sim_op op = {.kind = (uint8_t)kind, .rmw = SIM_RMW_ADD, .size = sizeof(uint64_t), .order = SIM_RELAXED,
	                    .address = address, .operand.low = operand,
	                    .object = world_object((const void *)(uintptr_t)address, SIM_OBJECT_ATOMIC)};
	world_call(&op);
}

void posix_look(const uint64_t *n_changes)
{
	posix_visit((uintptr_t)n_changes, SIM_OP_ATOMIC_LOAD, 0);
}

void posix_change(uint64_t *n_changes)
{
	posix_visit((uintptr_t)n_changes, SIM_OP_ATOMIC_RMW, 1);
}
