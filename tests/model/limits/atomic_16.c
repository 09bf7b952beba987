/* An atomic of 16 bytes. */
#include <stdatomic.h>

static _Atomic __int128 shared;

int main(void)
{
	shared++;
	return 0;
}
