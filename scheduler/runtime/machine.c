/* What a program may ask about its process and its machine: the same answers everywhere (doc/limits.md). */
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

enum { MACHINE_PROCESS = 100, MACHINE_PARENT = 1, MACHINE_USER = 1000, MACHINE_PROCESSORS = 2, MACHINE_PAGE = 4096 };

#define MACHINE_ANSWER(type, name, answer) \
	RUNTIME_API type __wrap_##name(void) \
	{ \
		return answer; \
	}

MACHINE_ANSWER(pid_t, getpid, MACHINE_PROCESS)
MACHINE_ANSWER(pid_t, getppid, MACHINE_PARENT)
MACHINE_ANSWER(uid_t, getuid, MACHINE_USER)
MACHINE_ANSWER(uid_t, geteuid, MACHINE_USER)
MACHINE_ANSWER(gid_t, getgid, MACHINE_USER)
MACHINE_ANSWER(gid_t, getegid, MACHINE_USER)
MACHINE_ANSWER(int, getpagesize, MACHINE_PAGE)
MACHINE_ANSWER(int, get_nprocs, MACHINE_PROCESSORS)
MACHINE_ANSWER(int, get_nprocs_conf, MACHINE_PROCESSORS)
MACHINE_ANSWER(int, sched_getcpu, 0)
MACHINE_ANSWER(long, gethostid, 0)

/* The main thread's is that of the process; others follow from who started them, as which of its threads. */
RUNTIME_API pid_t __wrap_gettid(void)
{
	const struct sim_execution *x = &world_running->execution;
	uint32_t path = 0;
	for (int t = world_self(); x->info[t].parent != SIM_NOBODY; t = x->info[t].parent)
		path = path * SIM_MAX_THREADS + x->info[t].nth;
	return MACHINE_PROCESS + (pid_t)(path % (1 << 22));
}

RUNTIME_API long __wrap_sysconf(int name)
{
	switch (name) {
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return MACHINE_PROCESSORS;
	case _SC_PAGESIZE:
		return MACHINE_PAGE;
	case _SC_PHYS_PAGES:
	case _SC_AVPHYS_PAGES:
		return 1 << 20;
	case _SC_OPEN_MAX:
	case _SC_CHILD_MAX:
		return 1024;
	case _SC_ARG_MAX:
		return 1 << 21;
	}
	if (name >= _SC_LEVEL1_ICACHE_SIZE && name <= _SC_LEVEL4_CACHE_LINESIZE)
		return 0;
	return RUNTIME_CALL(sysconf(name));
}

RUNTIME_API int __wrap_uname(struct utsname *to)
{
	static const struct utsname machine = {.sysname = "Linux", .nodename = "localhost", .release = "6.1.0",
	                                       .version = "#1", .machine = "x86_64", .domainname = "(none)"};
	runtime_put(to, &machine, sizeof machine);
	return 0;
}

RUNTIME_API int __wrap_gethostname(char *to, size_t n)
{
	static const char name[] = "localhost";
	runtime_put(to, name, n < sizeof name ? n : sizeof name);
	if (n >= sizeof name)
		return 0;
	world_thread()->error = ENAMETOOLONG;
	return -1;
}

/* There is no locale but that of C. */
RUNTIME_API char *__wrap_setlocale(int category, const char *name)
{
	static char c[] = "C";
	(void)category;
	if (!name)
		return c;
	char *top = scratch_top();
	const char *wanted = view_string(name, SIZE_MAX, 1).at;
	bool known = !*wanted || strcmp(wanted, "C") == 0 || strcmp(wanted, "POSIX") == 0;
	scratch_release(top);
	return known ? c : NULL;
}

/* ---- time that was used ----------------------------------------------------------------------------------------- */

/* A process that computes all the time: as much as has passed. */
static int64_t machine_used_us(void)
{
	return world_now() / 1000;
}

RUNTIME_API clock_t __wrap_clock(void)
{
	return machine_used_us() * CLOCKS_PER_SEC / 1000000;
}

RUNTIME_API clock_t __wrap_times(struct tms *to)
{
	clock_t ticks = machine_used_us() / 10000; /* 100 in a second */
	struct tms used = {.tms_utime = ticks};
	if (to)
		runtime_put(to, &used, sizeof used);
	return ticks;
}

RUNTIME_API int __wrap_getrusage(int who, struct rusage *to)
{
	struct rusage used = {0};
	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD) {
		world_thread()->error = EINVAL;
		return -1;
	}
	int64_t us = who == RUSAGE_CHILDREN ? 0 : machine_used_us();
	used.ru_utime = (struct timeval){.tv_sec = us / 1000000, .tv_usec = us % 1000000};
	runtime_put(to, &used, sizeof used);
	return 0;
}

RUNTIME_API int __wrap_clock_getres(clockid_t clock, struct timespec *to)
{
	static const struct timespec finest = {.tv_nsec = 1};
	(void)clock;
	if (to)
		runtime_put(to, &finest, sizeof finest);
	return 0;
}
