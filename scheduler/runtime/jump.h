/*
 * Jumps back into a function of the calling thread: setjmp() and longjmp().
 *
 * A buffer is memory of the program like any other, announced and undone; what it holds, the registers that a called
 * function keeps, is written by the processor-specific part (jump_*.S). Only the first words of a jmp_buf are used, those
 * that the beginning of a cancellation buffer (src/posix/cleanup.c) has, too. Signal masks are not kept.
 */
#ifndef SIM_JUMP_H
#define SIM_JUMP_H

/* [thread] Makes the setjmp() that filled the buffer return once more, with `value`. */
_Noreturn void jump_to(const void *buffer, int value);

/* [thread] Called by setjmp() before it fills the buffer. */
void jump_announce(void *buffer);

#endif
