/* Read-write locks as operations. */
#include "coop.h"
#include "world.h"

static struct sim_op coop_rwlock_op(enum sim_op_kind kind, struct sim_rwlock *lock)
{
	struct sim_objects *objects = &world_running->execution.objects;
	uint32_t object = coop_object(lock, &lock->opaque[0], SIM_OBJECT_RWLOCK);
	/* The second object stands for the readers: the one at the next address, which is in the same life. */
	return (struct sim_op){.kind = (uint8_t)kind, .object = object, .address = (uintptr_t)lock,
	                       .second = object_at(objects, objects->items[object].key + 1, SIM_OBJECT_READERS)};
}

static enum sim_status coop_rwlock_status(uint64_t result)
{
	if (result == SIM_RESULT_OK)
		return SIM_OK;
	return result == SIM_RESULT_TIMEOUT ? SIM_TIMEOUT : SIM_BUSY;
}

enum sim_status coop_rwlock_read_acquire(struct sim_rwlock *lock, int64_t timeout_ns)
{
	struct sim_op op = coop_rwlock_op(timeout_ns ? SIM_OP_READ_LOCK : SIM_OP_TRY_READ_LOCK, lock);
	if (timeout_ns)
		coop_set_timeout(&op, timeout_ns);
	return coop_rwlock_status(world_call(&op).low);
}

enum sim_status coop_rwlock_write_acquire(struct sim_rwlock *lock, int64_t timeout_ns)
{
	struct sim_op op = coop_rwlock_op(timeout_ns ? SIM_OP_CLAIM : SIM_OP_TRY_WRITE_LOCK, lock);
	op.site = world_site();
	if (timeout_ns)
		coop_set_timeout(&op, timeout_ns);
	uint64_t result = world_call(&op).low;
	if (timeout_ns && result == SIM_RESULT_OK) {
		op.kind = SIM_OP_WRITE_LOCK;
		result = world_call(&op).low;
	}
	return coop_rwlock_status(result);
}

enum sim_status coop_rwlock_release(struct sim_rwlock *lock)
{
	struct sim_op op = coop_rwlock_op(SIM_OP_RW_UNLOCK, lock);
	if (world_call(&op).low != SIM_RESULT_OK)
		coop_misuse("release-not-holder", "a read-write lock is released by a thread that does not hold it");
	return SIM_OK;
}
