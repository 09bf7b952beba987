/*
 * The part of a switch that depends on the processor: coroutine_x86_64.S, coroutine_aarch64.S, coroutine_ucontext.c.
 * Used by coroutine.c only. A "saved context" is named by the lowest address of what it consists of: the bytes from
 * there to the upper end of its stack are all of it.
 */
#ifndef SIM_REGISTERS_H
#define SIM_REGISTERS_H

#define REGISTERS_INTERNAL __attribute__((visibility("hidden")))

/* Saves the running context on its own stack, stores its address in `*saved`, and resumes the context `to`. Returns
 * when the context stored in `*saved` is resumed. */
REGISTERS_INTERNAL void registers_swap(void **saved, void *to);

/* Resumes the context `to`; the running one is lost. */
REGISTERS_INTERNAL _Noreturn void registers_resume(void *to);

/*
 * Builds, below `high` (16-byte aligned), a context that calls coroutine_begin(entry, argument) when resumed, with the
 * floating point control words of now. Its outermost frame has no caller: the frame pointer found there is 0. Returns
 * the context's address; nothing below it is written.
 */
REGISTERS_INTERNAL void *registers_prepare(char *high, void (*entry)(void *), void *argument);

/* Where a new context starts (coroutine.c). */
REGISTERS_INTERNAL _Noreturn void coroutine_begin(void (*entry)(void *), void *argument);

#endif
