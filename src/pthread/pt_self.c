/* Numbers of threads, whoever started them. */
#include <unistd.h>

#include "pt.h"

static _Atomic uint64_t pt_self_last = PT_SELF_MAIN;
static _Thread_local uint64_t pt_self_number; /* 0: none drawn yet */

uint64_t pt_self_draw(void)
{
	return atomic_fetch_add(&pt_self_last, 1) + 1;
}

void pt_self_adopt(uint64_t self)
{
	pt_self_number = self;
}

uint64_t pt_self(void)
{
	if (pt_self_number == 0)
		pt_self_adopt(gettid() == getpid() ? PT_SELF_MAIN : pt_self_draw());
	return pt_self_number;
}
