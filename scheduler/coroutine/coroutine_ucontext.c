/*
 * The switch for processors without an assembly version, and a second opinion on those that have one: the C library's
 * contexts. Slower (a system call for the signal mask), and by that it also restores the signal mask.
 *
 * Rule R2 wants the whole state between the context's address and the upper end of its stack. The ucontext_t is
 * therefore allocated on the stack that it describes, by alloca(), which puts it below everything else of its function.
 * Some processors keep a little more below that (link areas, outgoing arguments), so the context's address is
 * CONTEXT_MARGIN bytes lower still.
 */
#if defined(SIM_UCONTEXT) || !(defined(__x86_64__) || defined(__aarch64__))

#include "registers.h"
#include "sanitizer.h"

#include <alloca.h>
#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>

#define CONTEXT_MARGIN 256

static ucontext_t *context_of(void *address)
{
	return (ucontext_t *)((char *)address + CONTEXT_MARGIN);
}

/* The address sanitizer would surround the ucontext_t with red zones and note that its function still runs. */
SANITIZER_IGNORE
void registers_swap(void **saved, void *to)
{
	ucontext_t *context = alloca(sizeof *context);

	/* The address sanitizer's swapcontext() looks at uc_stack, which getcontext() and swapcontext() leave alone. */
	context->uc_stack.ss_sp = NULL;
	context->uc_stack.ss_size = 0;
	*saved = (char *)context - CONTEXT_MARGIN;
	if (swapcontext(context, context_of(to)) != 0)
		abort();
}

void registers_resume(void *to)
{
	setcontext(context_of(to));
	abort();
}

/* makecontext() passes integers only: a pointer travels as its upper and its lower 32 bits. */
static void *joined(unsigned upper, unsigned lower)
{
	return (void *)(uintptr_t)((uint64_t)upper << 32 | lower);
}

static void context_start(unsigned entry_upper, unsigned entry_lower, unsigned argument_upper, unsigned argument_lower)
{
	coroutine_begin((void (*)(void *))joined(entry_upper, entry_lower), joined(argument_upper, argument_lower));
}

/* getcontext() took the frame pointer of its caller, which is on another stack: walks must not go there. */
static void end_stack_walks(ucontext_t *context)
{
#if defined(__x86_64__)
	context->uc_mcontext.gregs[REG_RBP] = 0;
#elif defined(__aarch64__)
	context->uc_mcontext.regs[29] = 0;
#else
	(void)context;
#endif
}

void *registers_prepare(char *high, void (*entry)(void *), void *argument)
{
	uint64_t entry_bits = (uintptr_t)entry;
	uint64_t argument_bits = (uintptr_t)argument;
	ucontext_t *context = (ucontext_t *)((uintptr_t)(high - sizeof *context) & ~(uintptr_t)63);

	if (getcontext(context) != 0)
		abort();
	/* makecontext() needs only the upper end of the stack; what it writes there fits in the margin. */
	context->uc_stack.ss_sp = (char *)context - CONTEXT_MARGIN;
	context->uc_stack.ss_size = CONTEXT_MARGIN;
	context->uc_link = NULL;
	makecontext(context, (void (*)(void))context_start, 4, (unsigned)(entry_bits >> 32), (unsigned)entry_bits,
	            (unsigned)(argument_bits >> 32), (unsigned)argument_bits);
	end_stack_walks(context);
	return (char *)context - CONTEXT_MARGIN;
}

#endif
