/* Choices: argument checks over the vtable. */
#include "facade.h"

int sim_choose(int n)
{
	if (n < 1) {
		facade_misuse("bad-choice", "sim_choose() was called with fewer than one outcome to choose from");
		return 0;
	}
	return sim_backend_current()->choose(n);
}
