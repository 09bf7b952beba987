/* quick_exit() calls what was registered for it, last first, and nothing of what exit() calls. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static int n_called;

static void never(void)
{
	abort();
}

static void last(void)
{
	assert(n_called == 1);
	puts("last");
	fflush(stdout);
}

static void first(void)
{
	n_called++;
	puts("first");
}

int main(void)
{
	assert(atexit(never) == 0 && at_quick_exit(last) == 0 && at_quick_exit(first) == 0);
	quick_exit(0);
}
