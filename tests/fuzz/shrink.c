#include "shrink.h"

#include <stddef.h>

/* Lifetime: one call of shrink_program(). */
struct shrinking {
	struct program *program;
	const struct compare_options *options;
	struct compare_result result;
};

/* Whether the candidate still differs; then it is the program from now on. */
static bool shrink_accept(struct shrinking *s, const struct program *candidate)
{
	struct compare_result result = compare_program(candidate, s->options);
	if (result.verdict == COMPARE_SAME || result.verdict == COMPARE_TOO_LARGE)
		return false;
	*s->program = *candidate;
	s->result = result;
	return true;
}

static bool shrink_statement(struct shrinking *s, int t, int i)
{
	struct program candidate = *s->program;
	program_remove(&candidate, t, i);
	return shrink_accept(s, &candidate);
}

/* Leaves out the statements of a thread, and those about it. */
static bool shrink_thread(struct shrinking *s, int t)
{
	struct program candidate = *s->program;
	while (candidate.n_statements[t])
		program_remove(&candidate, t, 0);
	for (int u = 0; u < candidate.n_threads; u++)
		for (int i = candidate.n_statements[u]; i-- > 0;)
			if (candidate.statements[u][i].kind <= PROGRAM_IS_ALIVE && candidate.statements[u][i].thread == t)
				program_remove(&candidate, u, i);
	return program_length(&candidate) < program_length(s->program) && shrink_accept(s, &candidate);
}

/* Makes a byte of a statement what it most simply is. */
static bool shrink_field(struct shrinking *s, int t, int i, size_t offset, uint8_t simple)
{
	struct program candidate = *s->program;
	uint8_t *field = (uint8_t *)&candidate.statements[t][i] + offset;
	if (*field == simple)
		return false;
	*field = simple;
	return shrink_accept(s, &candidate);
}

#define SIMPLER(field, simple) shrink_field(s, t, i, offsetof(struct program_statement, field), simple)

static bool shrink_fields(struct shrinking *s, int t, int i)
{
	const struct program_statement *statement = &s->program->statements[t][i];
	bool changed = SIMPLER(guard, 0);
	changed |= SIMPLER(to, 0);
	changed |= SIMPLER(lock, 0);
	changed |= SIMPLER(condition, 0);
	changed |= SIMPLER(semaphore, 0);
	changed |= SIMPLER(event, 0);
	changed |= SIMPLER(rwlock, 0);
	changed |= SIMPLER(barrier, 0);
	changed |= SIMPLER(once, 0);
	changed |= SIMPLER(queue, 0);
	if (statement->kind == PROGRAM_START || statement->kind == PROGRAM_EXIT)
		changed |= SIMPLER(detains, 1);
	if (statement->size)
		changed |= SIMPLER(order, 5);
	if (statement->n > 1)
		changed |= SIMPLER(n, (uint8_t)(statement->n - 1));
	if (statement->value > 1)
		changed |= SIMPLER(value, 1);
	return changed;
}

static bool shrink_round(struct shrinking *s)
{
	bool changed = false;
	for (int t = s->program->n_threads; t-- > 1;)
		changed |= shrink_thread(s, t);
	for (int t = 0; t < s->program->n_threads; t++)
		for (int i = s->program->n_statements[t]; i-- > 0;)
			changed |= shrink_statement(s, t, i);
	for (int t = 0; t < s->program->n_threads; t++)
		for (int i = 0; i < s->program->n_statements[t]; i++)
			changed |= shrink_fields(s, t, i);
	while (s->program->n_threads > 1 && !s->program->n_statements[s->program->n_threads - 1])
		s->program->n_threads--;
	return changed;
}

struct compare_result shrink_program(struct program *program, const struct compare_options *options)
{
	struct shrinking s = {.program = program, .options = options, .result = compare_program(program, options)};
	while (shrink_round(&s)) {
	}
	return s.result;
}
