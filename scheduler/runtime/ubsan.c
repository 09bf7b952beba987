/*
 * The interface of -fsanitize=bounds, implemented: the compiler compares each index of an array whose length it knows, and
 * calls this before an access that would leave the array.
 */
#include <stdint.h>

#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* A type as the compiler describes it. Of an integer `info` is twice the binary logarithm of its width in bits, plus 1 if it
 * is signed. */
struct ubsan_type {
	uint16_t kind, info;
	char name[]; /* "'int [4]'" */
};

/* What the compiler says of one index expression. */
struct ubsan_index {
	const char *file;
	uint32_t line, column;
	const struct ubsan_type *array, *index;
};

static int64_t ubsan_extend(const struct ubsan_type *type, uintptr_t value)
{
	unsigned unused = 64 - (1u << (type->info >> 1));
	return type->info & 1 ? (int64_t)(value << unused) >> unused : (int64_t)value;
}

RUNTIME_API void __wrap___ubsan_handle_out_of_bounds(const struct ubsan_index *expression, uintptr_t index)
{
	if (world_running)
		world_fail((struct incident){.kind = INCIDENT_MEMORY, .cause = "out-of-bounds", .text = expression->array->name,
		                             .index = ubsan_extend(expression->index, index), .is_index = true,
		                             .site = world_site()});
}
