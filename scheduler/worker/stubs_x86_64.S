/*
 * Stubs for functions outside the program (outside.h): each pushes its index and goes to outside_common, which keeps all
 * registers that may carry arguments, asks outside_on_call() where to go on, and goes there as if nothing had happened.
 *
 * On entry to outside_common: (rsp) = index, 8(rsp) = return address into the program. The index is exchanged for the
 * caller's frame pointer, so that the frame looks like any other to a walk of the stack.
 */
#if defined(__x86_64__)

	.text
	.globl outside_stubs
	.hidden outside_stubs
	.balign 16
outside_stubs:
	.set index, 0
	.rept 512
	.balign 16
	endbr64
	pushq $index
	jmp outside_common
	.set index, index + 1
	.endr

	.type outside_common, @function
	.balign 16
outside_common:
	movq (%rsp), %r11
	movq %rbp, (%rsp)
	movq %rsp, %rbp
	pushq %rax
	pushq %rdi
	pushq %rsi
	pushq %rdx
	pushq %rcx
	pushq %r8
	pushq %r9
	pushq %r10
	subq $128, %rsp
	movups %xmm0, (%rsp)
	movups %xmm1, 16(%rsp)
	movups %xmm2, 32(%rsp)
	movups %xmm3, 48(%rsp)
	movups %xmm4, 64(%rsp)
	movups %xmm5, 80(%rsp)
	movups %xmm6, 96(%rsp)
	movups %xmm7, 112(%rsp)
	movq %r11, %rdi
	movq 8(%rbp), %rsi
	call outside_on_call
	movq %rax, %r11
	movups (%rsp), %xmm0
	movups 16(%rsp), %xmm1
	movups 32(%rsp), %xmm2
	movups 48(%rsp), %xmm3
	movups 64(%rsp), %xmm4
	movups 80(%rsp), %xmm5
	movups 96(%rsp), %xmm6
	movups 112(%rsp), %xmm7
	addq $128, %rsp
	popq %r10
	popq %r9
	popq %r8
	popq %rcx
	popq %rdx
	popq %rsi
	popq %rdi
	popq %rax
	popq %rbp
	jmp *%r11
	.size outside_common, . - outside_common

#endif

	.section .note.GNU-stack, "", %progbits
