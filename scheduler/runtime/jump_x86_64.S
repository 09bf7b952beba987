/*
 * Jumps for x86-64. A buffer holds, by words of 8 bytes: rbx, rbp, r12 to r15, the stack pointer after the return, and the
 * address to return to.
 */
#if defined(__x86_64__)

	.text

/* int setjmp(void *buffer: rdi), by all its names; the second argument of some, a signal mask, is of no interest. */
	.globl __wrap_setjmp
	.globl __wrap__setjmp
	.globl __wrap_sigsetjmp
	.globl __wrap___sigsetjmp
	.type __wrap_setjmp, @function
	.type __wrap__setjmp, @function
	.type __wrap_sigsetjmp, @function
	.type __wrap___sigsetjmp, @function
	.balign 16
__wrap_setjmp:
__wrap__setjmp:
__wrap_sigsetjmp:
__wrap___sigsetjmp:
	.cfi_startproc
	endbr64
	pushq %rbp /* a frame like any other, for walks along the stack */
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	movq %rsp, %rbp
	.cfi_def_cfa_register rbp
	pushq %rdi
	subq $8, %rsp
	call jump_announce
	movq -8(%rbp), %rdi
	movq %rbp, %rsp
	popq %rbp
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	movq %rbx, (%rdi)
	movq %rbp, 8(%rdi)
	movq %r12, 16(%rdi)
	movq %r13, 24(%rdi)
	movq %r14, 32(%rdi)
	movq %r15, 40(%rdi)
	leaq 8(%rsp), %rdx
	movq %rdx, 48(%rdi)
	movq (%rsp), %rdx
	movq %rdx, 56(%rdi)
	xorl %eax, %eax
	ret
	.cfi_endproc
	.size __wrap_setjmp, . - __wrap_setjmp

/* void jump_to(const void *buffer: rdi, int value: esi) */
	.globl jump_to
	.hidden jump_to
	.type jump_to, @function
	.balign 16
jump_to:
	.cfi_startproc
	endbr64
	movl %esi, %eax
	movq (%rdi), %rbx
	movq 8(%rdi), %rbp
	movq 16(%rdi), %r12
	movq 24(%rdi), %r13
	movq 32(%rdi), %r14
	movq 40(%rdi), %r15
	movq 48(%rdi), %rsp
	movq 56(%rdi), %rdx
	jmp *%rdx
	.cfi_endproc
	.size jump_to, . - jump_to
	.hidden jump_announce

#endif

	.section .note.GNU-stack, "", %progbits
