#include "variables.h"

#include <string.h>

enum { VARIABLES_CACHE = 1024 };

/* Answers already given: where a variable lies depends on the code and the distance from the frame pointer only.
 * Lifetime: process. */
static struct variables_answer {
	uintptr_t pc, distance;
	bool is_variable;
} variables_cache[VARIABLES_CACHE];

static struct symbols *variables_symbols;

/* Names that begin with two underscores are those of the compiler's own headers: the temporaries of <stdatomic.h>, which
 * are set before they are read. */
static bool variables_ask(uintptr_t pc, uintptr_t frame, uintptr_t address)
{
	char name[64];
	return symbols_local(variables_symbols, pc, frame, address, 1, name, sizeof name) == 0 && strncmp(name, "__", 2) != 0;
}

static bool variables_is_variable(uintptr_t pc, uintptr_t frame, uintptr_t address)
{
	uintptr_t distance = frame - address;
	struct variables_answer *answer = &variables_cache[(pc * 31 + distance) % VARIABLES_CACHE];
	if (answer->pc != pc || answer->distance != distance)
		*answer = (struct variables_answer){pc, distance, variables_ask(pc, frame, address)};
	return answer->is_variable;
}

void variables_watch(struct world *world, struct symbols *symbols)
{
	variables_symbols = symbols;
	if (!symbols_is_optimised(symbols) && !symbols_uses_registers(symbols))
		world->is_variable = variables_is_variable;
}
