#include "crash.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <ucontext.h>

#include "sanitizer.h"

/* The watch looks at the step counter after each of these periods of CPU time; once a step is overdue it looks more
 * often, to find the program's own code running (it may not be stopped inside the C library). */
enum { CRASH_PERIOD_NS = 50 * 1000 * 1000, CRASH_HURRY_NS = 1000 * 1000 };

static struct world *crash_world;
static timer_t crash_timer;
static uint64_t crash_serial;
static double crash_seconds;

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

static bool crash_in_program(uintptr_t pc)
{
	const struct world_program *program = &crash_world->program;
	return pc - program->code_low < program->code_high - program->code_low;
}

/* The program's place: where it was, or where it called what was running. Stack words are read as they are: the stack may
 * hold red zones. */
SANITIZER_IGNORE
static uint32_t crash_site(const ucontext_t *context)
{
	uintptr_t pc = crash_pc(context);
	if (crash_in_program(pc))
		return (uint32_t)(pc + 1 - crash_world->program.base); /* sites are return addresses */
	for (void **frame = crash_frame(context); world_on_stack(crash_world, crash_world->current, (uintptr_t)frame);
	     frame = frame[0])
		if (crash_in_program((uintptr_t)frame[1]))
			return (uint32_t)((uintptr_t)frame[1] - crash_world->program.base);
	return 0;
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
		/* Ours: fault again, with the default effect. */
		struct sigaction action = {.sa_handler = SIG_DFL};
		sigaction(signal, &action, NULL);
		return;
	}
	uintptr_t address = signal == SIGSEGV || signal == SIGBUS ? (uintptr_t)info->si_addr : 0;
	world_fail((struct incident){.kind = INCIDENT_CRASH, .cause = crash_cause(signal, address),
	                             .site = crash_site(context), .address = address});
}

static void crash_rearm(long period_ns)
{
	struct itimerspec spec = {.it_value.tv_nsec = period_ns, .it_interval.tv_nsec = period_ns};
	timer_settime(crash_timer, 0, &spec, NULL);
}

/* Counts the CPU time for which no step has ended. */
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
	if (!crash_in_program(crash_pc(context)))
		return;
	crash_seconds = 0;
	crash_rearm(CRASH_PERIOD_NS);
	world_fail((struct incident){.kind = INCIDENT_NONTERMINATION, .site = crash_site(context)});
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
