#include "mutate.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A stretch of a mutant. */
struct stretch {
	size_t at, n;
};

static void *mutate_checked(void *p)
{
	if (!p) {
		fputs("no memory left for a mutant\n", stderr);
		exit(2);
	}
	return p;
}

struct mutant mutant_make(const char *bytes, size_t n, uint64_t seed)
{
	struct mutant mutant = {.bytes = mutate_checked(malloc(n + 1)), .n = n, .random = seed};

	memcpy(mutant.bytes, bytes, n);
	mutant.bytes[n] = 0;
	return mutant;
}

void mutant_release(struct mutant *mutant)
{
	free(mutant->bytes);
	mutant->bytes = NULL;
}

/* SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t mutant_next(struct mutant *mutant)
{
	uint64_t z = mutant->random += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

unsigned mutant_below(struct mutant *mutant, unsigned n)
{
	return (unsigned)(mutant_next(mutant) >> 32) % n;
}

const char *mutant_odd_value(struct mutant *mutant)
{
	static const char *const values[] = {
		"0", "1", "-1", "2", "128", "129", "65536", "2147483648", "4294967295", "4294967296", "9223372036854775807",
		"-9223372036854775808", "18446744073709551616", "1e308", "1e999", "0.5", "nan", "null", "true", "false", "\"\"", "{}",
		"[]", "[[]]", "\"main\"", "\"\\u0000\"", "NULL", "", " ", "%s%n", "(", ")", "{", "}", ";", "*", "&", "while (1)",
		"for (;;)", "return", "static", "int", "char", "if (0)", "1000000000", "\xff\xfe", "\\",
	};

	return values[mutant_below(mutant, sizeof values / sizeof *values)];
}

/* Puts `n` other bytes where the stretch was. They may be a part of the mutant. */
static void mutant_replace(struct mutant *mutant, struct stretch old, const char *bytes, size_t n)
{
	char *result = mutate_checked(malloc(mutant->n - old.n + n + 1));

	memcpy(result, mutant->bytes, old.at);
	memcpy(result + old.at, bytes, n);
	memcpy(result + old.at + n, mutant->bytes + old.at + old.n, mutant->n - old.at - old.n + 1);
	free(mutant->bytes);
	mutant->bytes = result;
	mutant->n += n - old.n;
}

/* ---- what can be chosen ------------------------------------------------------------------------------------------ */

static struct stretch mutant_any_bytes(struct mutant *mutant)
{
	size_t at = mutant_below(mutant, (unsigned)mutant->n + 1), left = mutant->n - at;
	size_t n = mutant_below(mutant, 8) ? 1 : 1 + mutant_below(mutant, 60);

	return (struct stretch){at, n < left ? n : left};
}

static struct stretch mutant_line_at(const struct mutant *mutant, size_t at)
{
	size_t end = at;

	while (at > 0 && mutant->bytes[at - 1] != '\n')
		at--;
	while (end < mutant->n && mutant->bytes[end++] != '\n')
		continue;
	return (struct stretch){at, end - at};
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* A word, or a single sign. */
static struct stretch mutant_token_at(const struct mutant *mutant, size_t at)
{
	size_t end;

	while (at < mutant->n && isspace((unsigned char)mutant->bytes[at]))
		at++;
	if (at == mutant->n)
		return (struct stretch){at, 0};
	for (end = at + 1; is_word(mutant->bytes[at]) && end < mutant->n && is_word(mutant->bytes[end]); end++)
		continue;
	while (is_word(mutant->bytes[at]) && at > 0 && is_word(mutant->bytes[at - 1]))
		at--;
	return (struct stretch){at, end - at};
}

static struct stretch mutant_any(struct mutant *mutant, unsigned sort)
{
	size_t at = mutant_below(mutant, (unsigned)mutant->n + 1);

	return sort == 0 ? mutant_any_bytes(mutant) : sort == 1 ? mutant_line_at(mutant, at) : mutant_token_at(mutant, at);
}

/* ---- changes ----------------------------------------------------------------------------------------------------- */

/* Bytes one time, lines two, tokens five times of eight. */
static unsigned mutant_sort(struct mutant *mutant)
{
	unsigned n = mutant_below(mutant, 8);

	return n == 0 ? 0 : n < 3 ? 1 : 2;
}

static void mutant_change_once(struct mutant *mutant)
{
	unsigned sort = mutant_sort(mutant);
	struct stretch here = mutant_any(mutant, sort), there = mutant_any(mutant, sort);
	const char *odd = mutant_odd_value(mutant);
	char byte = (char)mutant_below(mutant, 256);

	switch (mutant_below(mutant, 8)) {
	case 0:
		mutant_replace(mutant, here, "", 0);
		break;
	case 1:
		mutant_replace(mutant, (struct stretch){here.at, 0}, mutant->bytes + here.at, here.n); /* twice */
		break;
	case 2:
	case 3:
		mutant_replace(mutant, here, mutant->bytes + there.at, there.n);
		break;
	case 4:
		mutant_replace(mutant, (struct stretch){here.at, 0}, mutant->bytes + there.at, there.n);
		break;
	case 5:
	case 6:
		mutant_replace(mutant, here, odd, strlen(odd));
		break;
	default:
		if (mutant_below(mutant, 20) == 0)
			here.n = mutant->n - here.at; /* cut off */
		mutant_replace(mutant, here, &byte, 1);
	}
}

void mutant_change(struct mutant *mutant)
{
	for (unsigned n = mutant_below(mutant, 3) ? 1 : 2 + mutant_below(mutant, 3); n > 0; n--)
		mutant_change_once(mutant);
}
