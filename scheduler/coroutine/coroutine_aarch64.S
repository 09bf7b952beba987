/*
 * The switch for aarch64, AAPCS64: callers save everything but x19 to x29, sp, the lower halves of v8 to v15 and the
 * floating point control register; x30 holds the address to return to.
 *
 * A saved context, upwards from its address:
 *     +0    x29, x30      +48   x23, x24     +96   d8, d9       +144  d14, d15
 *     +16   x19, x20      +64   x25, x26     +112  d10, d11     +160  fpcr, 0
 *     +32   x21, x22      +80   x27, x28     +128  d12, d13
 */
#if defined(__aarch64__) && !defined(SIM_UCONTEXT)

#define CONTEXT_SIZE 176
#define BTI_CALL hint #34

	.macro load_registers
	ldr x9, [sp, #160]
	mrs x10, fpcr
	cmp x9, x10
	b.eq 1f
	msr fpcr, x9 /* slow on many processors, and hardly ever needed */
1:
	ldp d14, d15, [sp, #144]
	ldp d12, d13, [sp, #128]
	ldp d10, d11, [sp, #112]
	ldp d8, d9, [sp, #96]
	ldp x27, x28, [sp, #80]
	ldp x25, x26, [sp, #64]
	ldp x23, x24, [sp, #48]
	ldp x21, x22, [sp, #32]
	ldp x19, x20, [sp, #16]
	ldp x29, x30, [sp]
	add sp, sp, #CONTEXT_SIZE
	.endm

	.text

/* void registers_swap(void **saved: x0, void *to: x1) */
	.globl registers_swap
	.hidden registers_swap
	.type registers_swap, %function
	.balign 16
registers_swap:
	.cfi_startproc
	BTI_CALL
	sub sp, sp, #CONTEXT_SIZE
	.cfi_def_cfa_offset CONTEXT_SIZE
	stp x29, x30, [sp]
	.cfi_rel_offset x29, 0
	.cfi_rel_offset x30, 8
	stp x19, x20, [sp, #16]
	.cfi_rel_offset x19, 16
	.cfi_rel_offset x20, 24
	stp x21, x22, [sp, #32]
	.cfi_rel_offset x21, 32
	.cfi_rel_offset x22, 40
	stp x23, x24, [sp, #48]
	.cfi_rel_offset x23, 48
	.cfi_rel_offset x24, 56
	stp x25, x26, [sp, #64]
	.cfi_rel_offset x25, 64
	.cfi_rel_offset x26, 72
	stp x27, x28, [sp, #80]
	.cfi_rel_offset x27, 80
	.cfi_rel_offset x28, 88
	stp d8, d9, [sp, #96]
	stp d10, d11, [sp, #112]
	stp d12, d13, [sp, #128]
	stp d14, d15, [sp, #144]
	mrs x9, fpcr
	stp x9, xzr, [sp, #160]
	mov x10, sp
	str x10, [x0]

	/* The other context was left by the same instructions, so the unwind information above holds for it too. */
	mov sp, x1
	load_registers
	.cfi_def_cfa_offset 0
	.cfi_restore x19
	.cfi_restore x20
	.cfi_restore x21
	.cfi_restore x22
	.cfi_restore x23
	.cfi_restore x24
	.cfi_restore x25
	.cfi_restore x26
	.cfi_restore x27
	.cfi_restore x28
	.cfi_restore x29
	.cfi_restore x30
	ret
	.cfi_endproc
	.size registers_swap, . - registers_swap

/* void registers_resume(void *to: x0) */
	.globl registers_resume
	.hidden registers_resume
	.type registers_resume, %function
	.balign 16
registers_resume:
	.cfi_startproc
	.cfi_undefined x30
	BTI_CALL
	mov sp, x0
	load_registers
	ret
	.cfi_endproc
	.size registers_resume, . - registers_resume

/* void *registers_prepare(char *high: x0, entry: x1, argument: x2) */
	.globl registers_prepare
	.hidden registers_prepare
	.type registers_prepare, %function
	.balign 16
registers_prepare:
	.cfi_startproc
	BTI_CALL
	sub x0, x0, #CONTEXT_SIZE
	adr x9, registers_start
	stp xzr, x9, [x0]
	stp x1, x2, [x0, #16]
	stp xzr, xzr, [x0, #32]
	stp xzr, xzr, [x0, #48]
	stp xzr, xzr, [x0, #64]
	stp xzr, xzr, [x0, #80]
	stp xzr, xzr, [x0, #96]
	stp xzr, xzr, [x0, #112]
	stp xzr, xzr, [x0, #128]
	stp xzr, xzr, [x0, #144]
	mrs x9, fpcr
	stp x9, xzr, [x0, #160]
	ret
	.cfi_endproc
	.size registers_prepare, . - registers_prepare

/* First code of a new context: x19 is its entry, x20 the argument, x29 is 0. No caller: stack walks end here. */
	.type registers_start, %function
	.balign 16
registers_start:
	.cfi_startproc
	.cfi_undefined x30
	mov x0, x19
	mov x1, x20
	mov x30, xzr
	b coroutine_begin
	.cfi_endproc
	.size registers_start, . - registers_start
	.hidden coroutine_begin

#endif

	.section .note.GNU-stack, "", %progbits
