/* Vector clocks: for each thread slot, how far into that thread one has seen. */
#ifndef SIM_VCLOCK_H
#define SIM_VCLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "op.h"

/* Lifetime: that of what it belongs to. Only the first n entries (slots in use) are ever looked at. */
struct vclock {
	int64_t now_ns; /* the time that its thread believes it to be: joined like the rest (DESIGN 5, time) */
	uint32_t at[SIM_MAX_THREADS];
};

/* Bytes of the part of a clock that n threads use. */
static inline size_t vclock_size(uint32_t n)
{
	return offsetof(struct vclock, at) + n * sizeof(uint32_t);
}

/* to := the pointwise maximum of `to` and `from`. */
static inline void vclock_join(struct vclock *to, const struct vclock *from, uint32_t n)
{
	if (from->now_ns > to->now_ns)
		to->now_ns = from->now_ns;
	for (uint32_t i = 0; i < n; i++)
		if (from->at[i] > to->at[i])
			to->at[i] = from->at[i];
}

static inline void vclock_copy(struct vclock *to, const struct vclock *from, uint32_t n)
{
	to->now_ns = from->now_ns;
	for (uint32_t i = 0; i < n; i++)
		to->at[i] = from->at[i];
}

#endif
