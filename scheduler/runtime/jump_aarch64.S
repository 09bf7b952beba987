/*
 * Jumps for aarch64. A buffer holds, by words of 8 bytes: x19 to x28, x29, x30 (the address to return to), the stack pointer,
 * d8 to d15.
 */
#if defined(__aarch64__)

#define BTI_CALL hint #34

	.text

/* int setjmp(void *buffer: x0), by all its names; the second argument of some, a signal mask, is of no interest. */
	.globl __wrap_setjmp
	.globl __wrap__setjmp
	.globl __wrap_sigsetjmp
	.globl __wrap___sigsetjmp
	.type __wrap_setjmp, %function
	.type __wrap__setjmp, %function
	.type __wrap_sigsetjmp, %function
	.type __wrap___sigsetjmp, %function
	.balign 16
__wrap_setjmp:
__wrap__setjmp:
__wrap_sigsetjmp:
__wrap___sigsetjmp:
	.cfi_startproc
	BTI_CALL
	stp x29, x30, [sp, #-32]! /* a frame like any other, for walks along the stack */
	.cfi_def_cfa_offset 32
	.cfi_offset x29, -32
	.cfi_offset x30, -24
	mov x29, sp
	str x0, [sp, #16]
	bl jump_announce
	ldr x0, [sp, #16]
	ldp x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore x29
	.cfi_restore x30
	stp x19, x20, [x0]
	stp x21, x22, [x0, #16]
	stp x23, x24, [x0, #32]
	stp x25, x26, [x0, #48]
	stp x27, x28, [x0, #64]
	stp x29, x30, [x0, #80]
	mov x9, sp
	str x9, [x0, #96]
	stp d8, d9, [x0, #104]
	stp d10, d11, [x0, #120]
	stp d12, d13, [x0, #136]
	stp d14, d15, [x0, #152]
	mov w0, wzr
	ret
	.cfi_endproc
	.size __wrap_setjmp, . - __wrap_setjmp

/* void jump_to(const void *buffer: x0, int value: w1) */
	.globl jump_to
	.hidden jump_to
	.type jump_to, %function
	.balign 16
jump_to:
	.cfi_startproc
	BTI_CALL
	ldp x19, x20, [x0]
	ldp x21, x22, [x0, #16]
	ldp x23, x24, [x0, #32]
	ldp x25, x26, [x0, #48]
	ldp x27, x28, [x0, #64]
	ldp x29, x30, [x0, #80]
	ldr x9, [x0, #96]
	ldp d8, d9, [x0, #104]
	ldp d10, d11, [x0, #120]
	ldp d12, d13, [x0, #136]
	ldp d14, d15, [x0, #152]
	mov sp, x9
	mov w0, w1
	ret
	.cfi_endproc
	.size jump_to, . - jump_to
	.hidden jump_announce

#endif

	.section .note.GNU-stack, "", %progbits
