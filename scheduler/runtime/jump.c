#include "jump.h"

#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Words of a buffer, and which of them is the stack pointer, as in jump_*.S. */
#if defined(__x86_64__)
enum { JUMP_WORDS = 8, JUMP_STACK = 6 };
#elif defined(__aarch64__)
enum { JUMP_WORDS = 21, JUMP_STACK = 12 };
#else
#error "jumps are not written for this processor"
#endif

void jump_announce(void *buffer)
{
	world_access((uintptr_t)buffer, JUMP_WORDS * sizeof(uintptr_t), RACE_WRITE, world_site());
}

/* The function that called setjmp() must still be active, and be one of the calling thread's. `top`: where its stack ended
 * before it called longjmp(). */
static void jump_check(const uintptr_t *buffer, uintptr_t top)
{
	const struct world *world = world_running;
	uintptr_t sp = buffer[JUMP_STACK];
	if (!world_on_stack(world, world->current, sp) || sp < top)
		runtime_misuse("jump-invalid", "a jump goes to a function that has returned, or that another thread has called");
}

static _Noreturn void jump_back(const uintptr_t *buffer, int value, uintptr_t top)
{
	world_access((uintptr_t)buffer, JUMP_WORDS * sizeof *buffer, RACE_READ, world_site());
	jump_check(buffer, top);
	jump_to(buffer, value ? value : 1);
}

#define JUMP(name) \
	RUNTIME_API _Noreturn void __wrap_##name(const uintptr_t *buffer, int value) \
	{ \
		jump_back(buffer, value, (uintptr_t)__builtin_dwarf_cfa()); \
	}

JUMP(longjmp)
JUMP(_longjmp)
JUMP(siglongjmp)
