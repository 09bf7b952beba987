/*
 * Which parts of the program's code were executed: compiled with -fsanitize-coverage=trace-pc, each basic block begins with a
 * call of __sanitizer_cov_trace_pc().
 */
#include "coverage.h"

#include "reserve.h"
#include "runtime.h"

/* One byte for each of the code. Lifetime: process. */
static struct {
	uintptr_t low;
	size_t size;
	uint8_t *reached;
} coverage;

int coverage_watch(uintptr_t code_low, uintptr_t code_high)
{
	coverage.low = code_low;
	coverage.size = code_high - code_low;
	coverage.reached = reserve(coverage.size);
	return coverage.reached ? 0 : -1;
}

bool coverage_reached(uintptr_t pc)
{
	return pc - coverage.low < coverage.size && coverage.reached[pc - coverage.low];
}

/* The compiler's interface has no header. */
RUNTIME_API void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void)
{
	uintptr_t offset = (uintptr_t)__builtin_return_address(0) - coverage.low;
	if (offset < coverage.size)
		coverage.reached[offset] = 1;
}
