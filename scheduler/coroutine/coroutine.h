/*
 * Coroutines: a stack and a saved stack pointer, nothing else.
 *
 * A coroutine is the flesh of a simulated thread. Its whole machine state, when it does not run, is the contents of its
 * stack between `sp` and the stack's upper end, plus `sp` itself: callee-saved registers are pushed on the stack by the
 * switch. That makes a thread's state a byte range, which the world can copy away and put back (doc/architecture.md,
 * "Going back").
 *
 * Rules:
 *  R1  Only coroutine_switch() transfers control, and only between two contexts of the same OS thread.
 *  R2  A context is resumed at most once for each time it was left; restoring the bytes [sp, stack end) and `sp` of an
 *      earlier moment makes that earlier moment resumable again, any number of times.
 *  R3  The entry function never returns; it ends by switching away for good.
 *  R4  Switching makes no system call and leaves the signal mask alone (the ucontext fallback excepted).
 *  R5  coroutine_jump() abandons the running context; it may be called on a signal stack.
 */
#ifndef SIM_COROUTINE_H
#define SIM_COROUTINE_H

#include <stddef.h>
#include <stdint.h>

/* Lifetime: as long as its stack. Plain data; may be copied while not running. */
struct coroutine {
	void *sp;          /* where the saved registers lie; meaningless while running */
	char *stack_low;   /* lowest usable byte of the stack */
	char *stack_high;  /* one past the highest byte; 16-byte aligned */
	void *fiber;       /* for sanitizer annotations only */
};

/* What a stack needs. Lifetime: until coroutine_stack_release(). */
struct coroutine_stack {
	char *base;         /* start of the mapping, the guard page included */
	size_t size;        /* of the mapping */
	char *low, *high;   /* the usable part */
	unsigned announced; /* for valgrind only */
};

/*
 * Maps a stack of at least `size` usable bytes with an inaccessible guard page below it. With `at` not NULL the mapping
 * is placed exactly there (page-aligned); memory already mapped there is an error. Returns 0, or -1 with errno.
 */
int coroutine_stack_map(struct coroutine_stack *stack, void *at, size_t size);
void coroutine_stack_release(struct coroutine_stack *stack);

/*
 * Prepares `co` to run entry(argument) on the memory [low, high) when first switched to. Writes only [sp, stack_high):
 * at most 256 bytes (the ucontext fallback: some more than a ucontext_t). May be called again on the same memory:
 * whatever ran there is forgotten. The new coroutine starts with the floating point control words of the caller.
 */
void coroutine_init(struct coroutine *co, char *low, char *high, void (*entry)(void *), void *argument);

/* Describes the calling OS thread's own stack as a context to come back to. Its bounds are found out; they are NULL if
 * the system does not tell. */
void coroutine_init_caller(struct coroutine *co);

/* Leaves `from` (the running context) and resumes `to`; returns when somebody switches back to `from`. */
void coroutine_switch(struct coroutine *from, struct coroutine *to);

/*
 * Resumes `to` and never comes back (rule R5). `from` is what ran until now, or what the signal interrupted. A signal
 * that was blocked while its handler ran stays blocked: install the handler with SA_NODEFER, or unblock it.
 */
_Noreturn void coroutine_jump(struct coroutine *from, struct coroutine *to);

#endif
