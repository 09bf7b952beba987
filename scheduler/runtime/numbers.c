/* Numbers from strings: <stdlib.h> and <inttypes.h>. A number ends with the first character that does not belong to it;
 * that is the last one that is read. */
#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Where the digits begin, behind spaces and a sign; `n` when all is that. */
static size_t numbers_start(const char *text, size_t n)
{
	size_t i = 0;
	while (i < n && isspace((unsigned char)text[i]))
		i++;
	return i < n && (text[i] == '+' || text[i] == '-') ? i + 1 : i;
}

static bool numbers_is_digit(char c, int base)
{
	int value = isdigit((unsigned char)c) ? c - '0' : isalpha((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : base;
	return value < base;
}

static bool numbers_integer_goes_on(const struct reach *reach, const void *taken, size_t n)
{
	const char *text = taken, last = text[n - 1];
	size_t start = numbers_start(text, n), digits = n - start; /* what was taken of them */
	int base = reach->base;
	if (!digits)
		return true;
	bool zero = text[start] == '0', hexadecimal = (base == 0 || base == 16) && zero;
	if (hexadecimal && digits == 2 && tolower((unsigned char)last) == 'x')
		return true;
	if (base == 0)
		base = !zero ? 10 : digits > 1 && tolower((unsigned char)text[start + 1]) == 'x' ? 16 : 8;
	return numbers_is_digit(last, base);
}

/* Decimal and hexadecimal numbers with an exponent, and the names of infinity and of what is no number. */
static bool numbers_float_goes_on(const struct reach *reach, const void *taken, size_t n)
{
	const char *text = taken, last = text[n - 1];
	size_t start = numbers_start(text, n);
	(void)reach;
	if (start == n)
		return true;
	if (isalpha((unsigned char)text[start]))
		return strchr("iInN", text[start]) && (isalnum((unsigned char)last) || strchr("()_", last)) && last;
	if (last == '+' || last == '-')
		return strchr("eEpP", text[n - 2]);
	return last && (isxdigit((unsigned char)last) || strchr(".xXpP", last));
}

static struct view numbers_view(const char *s, int base)
{
	return view_take(s, SIZE_MAX, (struct reach){.width = 1, .goes_on = numbers_integer_goes_on, .base = base});
}

static struct view numbers_view_float(const char *s)
{
	return view_take(s, SIZE_MAX, (struct reach){.width = 1, .goes_on = numbers_float_goes_on});
}

/* `call` reads the number from `text` and sets `rest`. */
#define NUMBERS_READ(type, name, parameters, view_call, call) \
	RUNTIME_API type __wrap_##name parameters \
	{ \
		char *top = scratch_top(), *rest; \
		struct view view = view_call; \
		const char *text = view.at; \
		type result = RUNTIME_CALL(call); \
		char *origin = view_origin(view, s, rest); \
		if (end) \
			runtime_put(end, &origin, sizeof *end); \
		scratch_release(top); \
		return result; \
	}

#define NUMBERS_INTEGER(type, name, real) \
	NUMBERS_READ(type, name, (const char *s, char **end, int base), numbers_view(s, base), real(text, &rest, base))
#define NUMBERS_FLOAT(type, name) \
	NUMBERS_READ(type, name, (const char *s, char **end), numbers_view_float(s), name(text, &rest))

NUMBERS_INTEGER(long, strtol, strtol)
NUMBERS_INTEGER(long long, strtoll, strtoll)
NUMBERS_INTEGER(unsigned long, strtoul, strtoul)
NUMBERS_INTEGER(unsigned long long, strtoull, strtoull)
NUMBERS_INTEGER(intmax_t, strtoimax, strtoimax)
NUMBERS_INTEGER(uintmax_t, strtoumax, strtoumax)
NUMBERS_INTEGER(long, __isoc23_strtol, strtol)
NUMBERS_INTEGER(long long, __isoc23_strtoll, strtoll)
NUMBERS_INTEGER(unsigned long, __isoc23_strtoul, strtoul)
NUMBERS_INTEGER(unsigned long long, __isoc23_strtoull, strtoull)
NUMBERS_INTEGER(intmax_t, __isoc23_strtoimax, strtoimax)
NUMBERS_INTEGER(uintmax_t, __isoc23_strtoumax, strtoumax)
NUMBERS_FLOAT(float, strtof)
NUMBERS_FLOAT(double, strtod)
NUMBERS_FLOAT(long double, strtold)

RUNTIME_API int __wrap_atoi(const char *s)
{
	return (int)__wrap_strtol(s, NULL, 10);
}

RUNTIME_API long __wrap_atol(const char *s)
{
	return __wrap_strtol(s, NULL, 10);
}

RUNTIME_API long long __wrap_atoll(const char *s)
{
	return __wrap_strtoll(s, NULL, 10);
}

RUNTIME_API double __wrap_atof(const char *s)
{
	return __wrap_strtod(s, NULL);
}

RUNTIME_API long __wrap_a64l(const char *s)
{
	char *top = scratch_top();
	struct view view = view_string(s, 6, 1);
	char text[7] = {0};
	memcpy(text, view.at, view.n);
	scratch_release(top);
	return a64l(text);
}
