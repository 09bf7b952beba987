/* An atomic too large for the processor: a function of libatomic. */
#include <stdatomic.h>

struct wide {
	long parts[4];
};

static _Atomic struct wide shared;

int main(void)
{
	struct wide copy = atomic_load(&shared);

	return (int)copy.parts[0];
}
