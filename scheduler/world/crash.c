#include "crash.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <ucontext.h>
#include <unwind.h>

#include "invariant.h"
#include "sanitizer.h"

/* The watch looks at the step counter after each of these periods of CPU time; once a step is overdue it looks more
 * often, to find the program's own code running (it may not be stopped inside the C library). */
enum { CRASH_PERIOD_NS = 50 * 1000 * 1000, CRASH_HURRY_NS = 1000 * 1000 };

static struct world *crash_world;
static timer_t crash_timer;
static uint64_t crash_serial;
static double crash_seconds;
static volatile bool crash_unwinds; /* looking for the place of a fault */

static uintptr_t crash_pc(const ucontext_t *context)
{
#if defined(__x86_64__)
	return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	return (uintptr_t)context->uc_mcontext.pc;
#endif
}

static void **crash_frame(const ucontext_t *context)
{
#if defined(__x86_64__)
	return (void **)context->uc_mcontext.gregs[REG_RBP];
#elif defined(__aarch64__)
	return (void **)context->uc_mcontext.regs[29];
#endif
}

static void **crash_stack(const ucontext_t *context)
{
#if defined(__x86_64__)
	return (void **)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
	return (void **)context->uc_mcontext.sp;
#endif
}

/* Where a function that was just called returns to. */
SANITIZER_IGNORE
static uintptr_t crash_return_address(const ucontext_t *context)
{
#if defined(__x86_64__)
	void **top = crash_stack(context);
	return world_on_stack(crash_world, crash_world->current, (uintptr_t)top) ? (uintptr_t)*top : 0;
#elif defined(__aarch64__)
	return (uintptr_t)context->uc_mcontext.regs[30];
#endif
}

static bool crash_in_program(uintptr_t pc)
{
	const struct world_program *program = &crash_world->program;
	return pc - program->code_low < program->code_high - program->code_low;
}

/* The innermost function of the program, found by frame pointers. Stack words are read as they are: the stack may hold
 * red zones. */
SANITIZER_IGNORE
static uintptr_t crash_find_by_frames(const ucontext_t *context)
{
	void **inner = NULL, **frame = crash_frame(context);
	for (; frame > inner && world_on_stack(crash_world, crash_world->current, (uintptr_t)frame); frame = frame[0]) {
		if (crash_in_program((uintptr_t)frame[1]))
			return (uintptr_t)frame[1];
		inner = frame;
	}
	return 0;
}

static _Unwind_Reason_Code crash_on_frame(struct _Unwind_Context *frame, void *found)
{
	uintptr_t pc = _Unwind_GetIP(frame);
	if (!crash_in_program(pc))
		return _URC_NO_REASON;
	*(uintptr_t *)found = pc;
	return _URC_END_OF_STACK;
}

/* The same with the tables of the compiler: the C library has no frame pointers. A stack that was overwritten may make
 * this fault again: see crash_on_fault(). */
static uintptr_t crash_find_by_tables(void)
{
	uintptr_t found = 0;
	crash_unwinds = true;
	_Unwind_Backtrace(crash_on_frame, &found);
	crash_unwinds = false;
	return found;
}

/* Where the program started the running thread, which may have nothing of the program on its stack. */
static uint32_t crash_start_site(void)
{
	return crash_world->threads[crash_world->current].start_site;
}

/* The program's place: where it was, or where it called or started what was running. */
static uint32_t crash_site(const ucontext_t *context, uintptr_t address)
{
	uintptr_t pc = crash_pc(context), found = 0;
	if (crash_in_program(pc))
		found = pc + 1; /* sites are return addresses */
	else if (pc == address && crash_in_program(crash_return_address(context)))
		found = crash_return_address(context); /* a call of no function */
	if (!found)
		found = crash_find_by_frames(context);
	if (!found)
		found = crash_find_by_tables();
	return found ? (uint32_t)(found - crash_world->program.base) : crash_start_site();
}

static const char *crash_cause(int signal, uintptr_t address)
{
	const struct world *world = crash_world;
	char *low = arena_stack_low(&world->arena, world->current);
	if (signal == SIGFPE)
		return "arithmetic";
	if (signal == SIGILL || signal == SIGTRAP)
		return "illegal-instruction";
	if (address - (uintptr_t)(low - ARENA_TLS_SIZE) < ARENA_TLS_SIZE)
		return "stack-overflow";
	return address < 4096 ? "null-access" : "wild-access";
}

static void crash_on_fault(int signal, siginfo_t *info, void *context)
{
	if (!world_running || world_running->current == SIM_NOBODY) {
		invariant_escape();
		/* Ours: fault again, with the default effect. */
		struct sigaction action = {.sa_handler = SIG_DFL};
		sigaction(signal, &action, NULL);
		return;
	}
	static struct incident incident;
	if (crash_unwinds) {
		crash_unwinds = false;
		world_fail(incident);
	}
	bool memory = signal == SIGSEGV || signal == SIGBUS;
	/* The processor does not tell addresses that can never be any: all ones stand for them. */
	uintptr_t address = !memory ? 0 : info->si_code == SI_KERNEL ? UINTPTR_MAX : (uintptr_t)info->si_addr;
	incident = (struct incident){.kind = INCIDENT_CRASH, .cause = crash_cause(signal, address), .address = address,
	                             .site = crash_start_site()};
	incident.site = crash_site(context, address);
	world_fail(incident);
}

static void crash_rearm(long period_ns)
{
	struct itimerspec spec = {.it_value.tv_nsec = period_ns, .it_interval.tv_nsec = period_ns};
	timer_settime(crash_timer, 0, &spec, NULL);
}

/* Counts the CPU time for which no step has ended. A thread that is inside the C library is stopped when it calls in the
 * next time (world_site()). */
static void crash_on_tick(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)info;
	struct world *world = crash_world;
	if (!world_running || world->step_serial != crash_serial) {
		if (crash_seconds >= world->options.step_timeout_s)
			crash_rearm(CRASH_PERIOD_NS);
		crash_serial = world->step_serial;
		crash_seconds = 0;
		return;
	}
	if (crash_seconds < world->options.step_timeout_s) {
		crash_seconds += CRASH_PERIOD_NS / 1e9;
		if (crash_seconds >= world->options.step_timeout_s)
			crash_rearm(CRASH_HURRY_NS);
		return;
	}
	if (!crash_in_program(crash_pc(context))) {
		world->overdue_step = crash_serial;
		return;
	}
	crash_seconds = 0;
	crash_rearm(CRASH_PERIOD_NS);
	world_fail((struct incident){.kind = INCIDENT_NONTERMINATION, .site = crash_site(context, 0)});
}

static void crash_handle(int signal, void (*handler)(int, siginfo_t *, void *))
{
	/* SA_NODEFER: handlers are left by a jump, which does not restore the signal mask. */
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	sigaction(signal, &action, NULL);
}

void crash_watch(struct world *world)
{
	static char stack[64 * 1024] __attribute__((aligned(16)));
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
	crash_world = world;
	sigaltstack(&alternate, NULL);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		crash_handle(faults[i], crash_on_fault);
	crash_handle(SIGVTALRM, crash_on_tick);
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGVTALRM};
	if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &crash_timer)) {
		perror("simcheck: no timer");
		abort();
	}
	crash_rearm(CRASH_PERIOD_NS);
}

void crash_unwatch(void)
{
	timer_delete(crash_timer);
}
