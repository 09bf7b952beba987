/*
 * The switch for x86-64, System V calling convention: callers save everything but rbx, rbp, r12 to r15, the SSE control
 * bits and the x87 control word, so these eight words are all that a context has besides its stack.
 *
 * A saved context, upwards from its address:
 *     +0   mxcsr, x87 control word     +32  r12
 *     +8   r15                         +40  rbx
 *     +16  r14                         +48  rbp
 *     +24  r13                         +56  address to resume at
 *
 * The object is not marked as fit for shadow stacks (it returns on a stack that made no call), so that the linker
 * leaves them off for a program that contains it. endbr64 keeps indirect branch tracking possible.
 */
#if defined(__x86_64__) && !defined(SIM_UCONTEXT)

	.text

/* void registers_swap(void **saved: rdi, void *to: rsi) */
	.globl registers_swap
	.hidden registers_swap
	.type registers_swap, @function
	.balign 16
registers_swap:
	.cfi_startproc
	endbr64
	pushq %rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	pushq %rbx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbx, 0
	pushq %r12
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r12, 0
	pushq %r13
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r13, 0
	pushq %r14
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r14, 0
	pushq %r15
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r15, 0
	subq $8, %rsp
	.cfi_adjust_cfa_offset 8
	stmxcsr (%rsp)
	fnstcw 4(%rsp)
	movq %rsp, (%rdi)

	/* The other context was left by the same instructions, so the unwind information above holds for it too. */
	movq %rsi, %rsp
	ldmxcsr (%rsp)
	fldcw 4(%rsp)
	addq $8, %rsp
	.cfi_adjust_cfa_offset -8
	popq %r15
	.cfi_adjust_cfa_offset -8
	.cfi_restore r15
	popq %r14
	.cfi_adjust_cfa_offset -8
	.cfi_restore r14
	popq %r13
	.cfi_adjust_cfa_offset -8
	.cfi_restore r13
	popq %r12
	.cfi_adjust_cfa_offset -8
	.cfi_restore r12
	popq %rbx
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbx
	popq %rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbp
	/* A jump: the processor would predict that `ret` goes back to where this function was called from. */
	popq %rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register rip, rcx
	notrack jmp *%rcx
	.cfi_endproc
	.size registers_swap, . - registers_swap

/* void registers_resume(void *to: rdi) */
	.globl registers_resume
	.hidden registers_resume
	.type registers_resume, @function
	.balign 16
registers_resume:
	.cfi_startproc
	.cfi_undefined rip
	endbr64
	movq %rdi, %rsp
	ldmxcsr (%rsp)
	fldcw 4(%rsp)
	addq $8, %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	ret
	.cfi_endproc
	.size registers_resume, . - registers_resume

/*
 * void *registers_prepare(char *high: rdi, entry: rsi, argument: rdx)
 * The word at high - 8 becomes the return address of coroutine_begin(): 0, where stack walks end.
 */
	.globl registers_prepare
	.hidden registers_prepare
	.type registers_prepare, @function
	.balign 16
registers_prepare:
	.cfi_startproc
	endbr64
	leaq -72(%rdi), %rax
	xorl %ecx, %ecx
	movq %rcx, (%rax)
	stmxcsr (%rax)
	fnstcw 4(%rax)
	movq %rcx, 8(%rax)
	movq %rcx, 16(%rax)
	movq %rdx, 24(%rax)
	movq %rsi, 32(%rax)
	movq %rcx, 40(%rax)
	movq %rcx, 48(%rax)
	leaq registers_start(%rip), %rdx
	movq %rdx, 56(%rax)
	movq %rcx, 64(%rax)
	ret
	.cfi_endproc
	.size registers_prepare, . - registers_prepare

/* First code of a new context: r12 is its entry, r13 the argument, rsp points at the return address 0. */
	.type registers_start, @function
	.balign 16
registers_start:
	.cfi_startproc
	.cfi_undefined rip
	endbr64
	movq %r12, %rdi
	movq %r13, %rsi
	jmp coroutine_begin
	.cfi_endproc
	.size registers_start, . - registers_start
	.hidden coroutine_begin

#endif

	.section .note.GNU-stack, "", %progbits
