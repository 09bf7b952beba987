#include "memory.h"

#include <string.h>

typedef unsigned __int128 wide;

static wide memory_wide(struct sim_wide v)
{
	return (wide)v.high << 64 | v.low;
}

static struct sim_wide memory_narrow(wide v, unsigned size)
{
	if (size < 16)
		v &= ((wide)1 << (8 * size)) - 1;
	return (struct sim_wide){.low = (uint64_t)v, .high = (uint64_t)(v >> 64)};
}

/* Not by memcpy(): where red zones are watched, a variable of a stack may lie in one that its thread has left there. */
struct sim_wide memory_read(uint64_t address, unsigned size)
{
	struct sim_wide v = {0};
	sanitizer_copy(&v, (const void *)(uintptr_t)address, size); /* little-endian, as all supported processors */
	return v;
}

static void memory_write(uint64_t address, unsigned size, struct sim_wide value, struct undo *undo)
{
	void *p = (void *)(uintptr_t)address;
	if (undo)
		undo_save(undo, p, size);
	sanitizer_copy(p, &value, size);
}

static wide memory_combine(enum sim_rmw rmw, wide old, wide operand)
{
	switch (rmw) {
	case SIM_RMW_EXCHANGE:
		return operand;
	case SIM_RMW_ADD:
		return old + operand;
	case SIM_RMW_SUB:
		return old - operand;
	case SIM_RMW_AND:
		return old & operand;
	case SIM_RMW_OR:
		return old | operand;
	case SIM_RMW_XOR:
		return old ^ operand;
	case SIM_RMW_NAND:
		return ~(old & operand);
	}
	__builtin_unreachable();
}

void memory_apply(struct sim_event *event, struct undo *undo)
{
	const struct sim_op *op = &event->op;
	switch (op->kind) {
	case SIM_OP_ATOMIC_LOAD:
		event->result = memory_read(op->address, op->size);
		break;
	case SIM_OP_ATOMIC_STORE:
		memory_write(op->address, op->size, op->operand, undo);
		break;
	case SIM_OP_ATOMIC_RMW: {
		event->result = memory_read(op->address, op->size);
		wide v = memory_combine(op->rmw, memory_wide(event->result), memory_wide(op->operand));
		memory_write(op->address, op->size, memory_narrow(v, op->size), undo);
		break;
	}
	case SIM_OP_ATOMIC_CAS:
		event->result = memory_read(op->address, op->size);
		if (memory_wide(event->result) == memory_wide(memory_narrow(memory_wide(op->expected), op->size)))
			memory_write(op->address, op->size, op->operand, undo);
		else
			event->uses[0].mode = SIM_MODE_READ;
		break;
	default: /* not an atomic: nothing of this model's */
		break;
	}
}
