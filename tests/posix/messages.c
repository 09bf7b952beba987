/* Texts for errors and signals, and a number as letters. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

extern int __xpg_strerror_r(int error, char *to, size_t n);

int main(void)
{
	char text[64], tiny[4] = "xyz", host[64];
	struct utsname machine;
	struct timespec finest;

	printf("%s|%s|%s\n", strerror(0), strerror(ENOENT), strerror(12345));
	printf("%s|%s\n", strerror_r(EPERM, text, sizeof text), strerror_r(54321, text, sizeof text));
	printf("%d %s|", __xpg_strerror_r(EPERM, text, sizeof text), text);
	printf("%d %s|", __xpg_strerror_r(999, text, sizeof text), text);
	printf("%d %s\n", __xpg_strerror_r(EPERM, tiny, sizeof tiny), tiny);
	printf("%s|%s\n", strsignal(SIGSEGV), strsignal(777));
	printf("%s %ld\n", l64a(123456), a64l(l64a(123456)));
	printf("%s %s %d\n", setlocale(LC_ALL, NULL), setlocale(LC_ALL, "POSIX"), !setlocale(LC_ALL, "no_such"));
	assert(getpid() == gettid() && getpid() > 1 && getpagesize() == sysconf(_SC_PAGESIZE));
	assert(sysconf(_SC_NPROCESSORS_ONLN) > 0 && sysconf(_SC_CLK_TCK) == 100);
	assert(uname(&machine) == 0 && strcmp(machine.sysname, "Linux") == 0);
	assert(gethostname(host, sizeof host) == 0 && gethostname(host, 1) == -1 && errno == ENAMETOOLONG);
	assert(clock_getres(CLOCK_MONOTONIC, &finest) == 0 && finest.tv_sec == 0 && clock() >= 0);
	return 0;
}
