/* Stubs for functions outside the program (outside.h), as in stubs_x86_64.S. x16 and x17 are free between caller and
 * callee; x8 and x0 to x7, q0 to q7 may carry arguments. */
#if defined(__aarch64__)

	.text
	.globl outside_stubs
	.hidden outside_stubs
	.balign 16
outside_stubs:
	.set index, 0
	.rept 512
	.balign 16
	mov x16, #index
	b outside_common
	.set index, index + 1
	.endr

	.type outside_common, %function
	.balign 16
outside_common:
	stp x29, x30, [sp, #-224]!
	mov x29, sp
	stp x0, x1, [sp, #16]
	stp x2, x3, [sp, #32]
	stp x4, x5, [sp, #48]
	stp x6, x7, [sp, #64]
	str x8, [sp, #80]
	stp q0, q1, [sp, #96]
	stp q2, q3, [sp, #128]
	stp q4, q5, [sp, #160]
	stp q6, q7, [sp, #192]
	mov x0, x16
	mov x1, x30
	bl outside_on_call
	mov x16, x0
	ldp x0, x1, [sp, #16]
	ldp x2, x3, [sp, #32]
	ldp x4, x5, [sp, #48]
	ldp x6, x7, [sp, #64]
	ldr x8, [sp, #80]
	ldp q0, q1, [sp, #96]
	ldp q2, q3, [sp, #128]
	ldp q4, q5, [sp, #160]
	ldp q6, q7, [sp, #192]
	ldp x29, x30, [sp], #224
	br x16
	.size outside_common, . - outside_common

#endif

	.section .note.GNU-stack, "", %progbits
