/*
 * Coroutines, apart from the registers: stacks, first entry, and what sanitizers want to know at each switch.
 */
#include "coroutine.h"

#include "registers.h"
#include "sanitizer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef SANITIZER_ADDRESS
/* Weak, so that a program may have its own; it then has to say this too (sanitizer.h). */
__attribute__((weak)) const char *__asan_default_options(void);
__attribute__((weak)) const char *__asan_default_options(void)
{
	return "detect_stack_use_after_return=0";
}
#endif

int coroutine_stack_map(struct coroutine_stack *stack, void *at, size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE;

	if (size > SIZE_MAX - 2 * page) {
		errno = ENOMEM;
		return -1;
	}
	size = (size + page - 1) / page * page + page;
	char *base = mmap(at, size, PROT_READ | PROT_WRITE, at ? flags | MAP_FIXED_NOREPLACE : flags, -1, 0);
	if (base == MAP_FAILED)
		return -1;
	/* A kernel older than MAP_FIXED_NOREPLACE takes `at` as a wish. */
	int error = at && base != at ? EEXIST : mprotect(base, page, PROT_NONE) == 0 ? 0 : errno;
	if (error != 0) {
		munmap(base, size);
		errno = error;
		return -1;
	}
	stack->base = base;
	stack->size = size;
	stack->low = base + page;
	stack->high = base + size;
	stack->announced = sanitizer_stack_announce(stack->low, stack->high);
	return 0;
}

void coroutine_stack_release(struct coroutine_stack *stack)
{
	sanitizer_stack_forget(stack->announced);
	/* The address may be used again, for something that is not a stack. */
	sanitizer_unpoison(stack->low, stack->high);
	munmap(stack->base, stack->size);
	*stack = (struct coroutine_stack){0};
}

void coroutine_begin(void (*entry)(void *), void *argument)
{
	sanitizer_finish_switch(NULL);
	entry(argument);
	abort(); /* rule R3 */
}

void coroutine_init(struct coroutine *co, char *low, char *high, void (*entry)(void *), void *argument)
{
	high = (char *)((uintptr_t)high & ~(uintptr_t)15);
	sanitizer_unpoison(low, high);
	co->stack_low = low;
	co->stack_high = high;
	co->fiber = NULL;
	co->sp = registers_prepare(high, entry, argument);
}

void coroutine_init_caller(struct coroutine *co)
{
	pthread_attr_t attributes;
	void *low = NULL;
	size_t size = 0;

	if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
		if (pthread_attr_getstack(&attributes, &low, &size) != 0)
			low = NULL;
		pthread_attr_destroy(&attributes);
	}
	co->sp = NULL;
	co->stack_low = low;
	co->stack_high = low ? (char *)low + size : NULL;
	co->fiber = NULL;
}

void coroutine_switch(struct coroutine *from, struct coroutine *to)
{
	sanitizer_start_switch(&from->fiber, to->stack_low, to->stack_high);
	registers_swap(&from->sp, to->sp);
	sanitizer_finish_switch(from->fiber);
}

void coroutine_jump(struct coroutine *from, struct coroutine *to)
{
	sanitizer_unpoison(from->stack_low, from->stack_high);
	sanitizer_start_switch(NULL, to->stack_low, to->stack_high);
	registers_resume(to->sp);
}
