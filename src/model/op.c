#include "op.h"

/* The verbs that reports, pictures and traces use, one row per kind. */
static const char *const op_table[SIM_OP_N_KINDS] = {
	[SIM_OP_NONE] = "none",
	[SIM_OP_START] = "start",
	[SIM_OP_JOIN] = "join",
	[SIM_OP_IS_ALIVE] = "is-alive",
	[SIM_OP_ENUMERATE] = "enumerate",
	[SIM_OP_LOCK] = "acquire",
	[SIM_OP_TRY_LOCK] = "try-acquire",
	[SIM_OP_UNLOCK] = "release",
	[SIM_OP_IS_LOCKED] = "is-locked",
	[SIM_OP_WAIT] = "wait",
	[SIM_OP_WAKE] = "wake",
	[SIM_OP_NOTIFY] = "notify",
	[SIM_OP_SEM_ACQUIRE] = "acquire",
	[SIM_OP_SEM_TRY_ACQUIRE] = "try-acquire",
	[SIM_OP_SEM_RELEASE] = "release",
	[SIM_OP_SEM_RELEASE_BOUNDED] = "release",
	[SIM_OP_SEM_VALUE] = "value",
	[SIM_OP_NAME] = "open",
	[SIM_OP_EVENT_SET] = "set",
	[SIM_OP_EVENT_CLEAR] = "clear",
	[SIM_OP_EVENT_WAIT] = "await",
	[SIM_OP_EVENT_IS_SET] = "is-set",
	[SIM_OP_READ_LOCK] = "acquire-read",
	[SIM_OP_TRY_READ_LOCK] = "try-acquire-read",
	[SIM_OP_CLAIM] = "claim",
	[SIM_OP_WRITE_LOCK] = "acquire-write",
	[SIM_OP_TRY_WRITE_LOCK] = "try-acquire-write",
	[SIM_OP_RW_UNLOCK] = "release",
	[SIM_OP_ARRIVE] = "arrive",
	[SIM_OP_LEAVE] = "leave",
	[SIM_OP_OPEN] = "open",
	[SIM_OP_ABORT] = "abort",
	[SIM_OP_RESET] = "reset",
	[SIM_OP_ASK_BARRIER] = "n-waiting",
	[SIM_OP_BEGIN_ONCE] = "begin-once",
	[SIM_OP_END_ONCE] = "end-once",
	[SIM_OP_PUT] = "put",
	[SIM_OP_TRY_PUT] = "try-put",
	[SIM_OP_GET] = "get",
	[SIM_OP_TRY_GET] = "try-get",
	[SIM_OP_QUEUE_SIZE] = "size",
	[SIM_OP_TASK_DONE] = "task-done",
	[SIM_OP_QUEUE_JOIN] = "join-queue",
	[SIM_OP_PIPE_READ] = "read-pipe",
	[SIM_OP_PIPE_WRITE] = "write-pipe",
	[SIM_OP_PIPE_HOLD] = "close-pipe",
	[SIM_OP_COUNTER_TAKE] = "read-eventfd",
	[SIM_OP_COUNTER_ADD] = "write-eventfd",
	[SIM_OP_SLEEP] = "sleep",
	[SIM_OP_CANCEL] = "cancel",
	[SIM_OP_IS_CANCELLED] = "test-cancel",
	[SIM_OP_ATOMIC_LOAD] = "load",
	[SIM_OP_ATOMIC_STORE] = "store",
	[SIM_OP_ATOMIC_CAS] = "compare-exchange",
	[SIM_OP_READ] = "read",
	[SIM_OP_WRITE] = "write",
	[SIM_OP_CHOOSE] = "choose",
	[SIM_OP_BEGIN_BLOCK] = "begin-atomic",
	[SIM_OP_EXIT] = "exit",
};

static const char *const op_rmw_table[] = {
	[SIM_RMW_EXCHANGE] = "exchange", [SIM_RMW_ADD] = "fetch-add", [SIM_RMW_SUB] = "fetch-sub",
	[SIM_RMW_AND] = "fetch-and",     [SIM_RMW_OR] = "fetch-or",   [SIM_RMW_XOR] = "fetch-xor",
	[SIM_RMW_NAND] = "fetch-nand",
};

static const char *const op_name_call_table[] = {
	[SIM_NAME_OPEN] = "open", [SIM_NAME_CLOSE] = "close", [SIM_NAME_UNLINK] = "unlink",
};

static const char *const op_call_table[SIM_CALL_N] = {
	[SIM_CALL_OPEN] = "open",        [SIM_CALL_CLOSE] = "close", [SIM_CALL_READ] = "read-file",
	[SIM_CALL_WRITE] = "write-file", [SIM_CALL_SEEK] = "seek",   [SIM_CALL_LOOK_UP] = "look-at",
	[SIM_CALL_RENAME] = "rename",    [SIM_CALL_RESIZE] = "resize",
};

const char *op_name(const struct sim_op *op)
{
	if (op->kind == SIM_OP_ATOMIC_RMW)
		return op_rmw_table[op->rmw];
	if (op->kind == SIM_OP_NAME)
		return op_name_call_table[op->argument];
	if (op->kind == SIM_OP_CALL)
		return op_call_table[op->rmw];
	if (op->kind == SIM_OP_PIPE_HOLD && (int64_t)op->operand.low > 0)
		return "dup-pipe";
	if (op->look_up)
		return "look-up";
	if (op->unasked)
		return op->kind == SIM_OP_UNLOCK ? "abandon" : "wake-spuriously";
	if (op->kind == SIM_OP_NOTIFY && op->argument == SIM_NOTIFY_ALL)
		return "notify-all";
	if (op->kind == SIM_OP_ASK_BARRIER && op->argument == SIM_ASK_BROKEN)
		return "is-broken";
	if ((op->kind == SIM_OP_LOCK || op->kind == SIM_OP_SEM_ACQUIRE) && op->timed)
		return "acquire-for";
	if (op->kind == SIM_OP_EVENT_WAIT && op->timed)
		return "await-for";
	if (op->kind == SIM_OP_JOIN && op->timed)
		return "join-for";
	if (op->kind == SIM_OP_PUT && op->timed)
		return "put-for";
	if (op->kind == SIM_OP_GET && op->timed)
		return "get-for";
	if (op->kind == SIM_OP_QUEUE_JOIN && op->timed)
		return "join-queue-for";
	return op_table[op->kind];
}
