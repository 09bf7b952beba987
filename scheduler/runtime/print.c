#include "print.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "heap.h"
#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

enum { PRINT_MAX = 48 };

enum print_type {
	PRINT_NOTHING, PRINT_INT, PRINT_LONG, PRINT_LONG_LONG, PRINT_DOUBLE, PRINT_LONG_DOUBLE, PRINT_POINTER,
	PRINT_STRING, PRINT_WIDE_STRING, PRINT_COUNT,
};

union print_value {
	int i;
	long l;
	long long ll;
	double d;
	long double ld;
	const void *p;
};

/* One conversion. Lifetime: one call. */
struct print_spec {
	const char *start, *end;     /* in the format */
	const char *flags;           /* n_flags characters */
	int n_flags;
	int width, precision;        /* -1: none */
	int width_at, precision_at;  /* index of the argument with it; -1: none */
	int at;                      /* of the argument that is converted */
	char modifiers[3], conversion;
	enum print_type type;
};

/* Lifetime: one call. */
struct print {
	struct print_spec specs[PRINT_MAX];
	int n;
	enum print_type types[PRINT_MAX];
	union print_value values[PRINT_MAX];
	int n_values;
	bool has_pointers; /* to strings, or to what %n stores */
};

/* ---- conversions ------------------------------------------------------------------------------------------------ */

static int print_number(const char **p)
{
	int n = 0;
	while (**p >= '0' && **p <= '9' && n < 100000000)
		n = n * 10 + *(*p)++ - '0';
	return n;
}

/* "3$": the third argument; else the next one. */
static int print_argument(struct print *format, const char **p, enum print_type type)
{
	const char *q = *p;
	int n = print_number(&q), at = format->n_values;
	if (n && *q == '$') {
		*p = q + 1;
		at = n - 1;
	}
	if (at >= PRINT_MAX)
		world_refuse("printf", "it has more than 48 arguments");
	format->types[at] = type;
	if (at >= format->n_values)
		format->n_values = at + 1;
	return at;
}

/* A width or a precision: a number, or an argument. */
static int print_size(struct print *format, const char **p, int *at)
{
	*at = -1;
	if (**p != '*')
		return print_number(p);
	++*p;
	*at = print_argument(format, p, PRINT_INT);
	return -1;
}

static enum print_type print_integer_type(const char *modifiers)
{
	switch (*modifiers) {
	case 'l':
		return modifiers[1] ? PRINT_LONG_LONG : PRINT_LONG;
	case 'q':
	case 'L':
		return PRINT_LONG_LONG;
	case 'j':
	case 'z':
	case 'Z':
	case 't':
		return PRINT_LONG; /* intmax_t, size_t, ptrdiff_t: as long as a long */
	}
	return PRINT_INT;
}

static enum print_type print_type(const struct print_spec *spec)
{
	bool wide = *spec->modifiers == 'l';
	switch (spec->conversion) {
	case 'd': case 'i': case 'o': case 'u': case 'x': case 'X':
		return print_integer_type(spec->modifiers);
	case 'a': case 'A': case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
		return *spec->modifiers == 'L' ? PRINT_LONG_DOUBLE : PRINT_DOUBLE;
	case 'c': case 'C':
		return PRINT_INT;
	case 's':
		return wide ? PRINT_WIDE_STRING : PRINT_STRING;
	case 'S':
		return PRINT_WIDE_STRING;
	case 'p':
		return PRINT_POINTER;
	case 'n':
		return PRINT_COUNT;
	}
	return PRINT_NOTHING; /* %% and %m */
}

/* One that begins at `p`, which is behind the percent sign. */
static const char *print_parse_spec(struct print *format, const char *p)
{
	struct print_spec *spec = &format->specs[format->n++];
	const char *position = p;
	int at = print_number(&p) && *p == '$' ? 0 : -1;
	*spec = (struct print_spec){.start = position - 1, .precision = -1, .precision_at = -1};
	p = at < 0 ? position : p + 1;
	spec->flags = p;
	p += spec->n_flags = (int)strspn(p, "-+ #0'I");
	spec->width = print_size(format, &p, &spec->width_at);
	if (!spec->width)
		spec->width = -1;
	if (*p == '.') {
		p++;
		spec->precision = print_size(format, &p, &spec->precision_at);
	}
	for (int n = 0; n < 2 && *p && strchr("hlqLjzZt", *p); n++)
		spec->modifiers[n] = *p++;
	spec->conversion = *p;
	spec->type = print_type(spec);
	spec->end = *p ? p + 1 : p;
	if (spec->type != PRINT_NOTHING)
		spec->at = print_argument(format, at < 0 ? &p : &position, spec->type);
	return spec->end;
}

static void print_parse(struct print *format, const char *text)
{
	format->n = format->n_values = 0;
	format->has_pointers = false;
	memset(format->types, 0, sizeof format->types);
	for (const char *p = strchr(text, '%'); p; p = strchr(p, '%')) {
		if (format->n == PRINT_MAX)
			world_refuse("printf", "it has more than 48 conversions");
		p = print_parse_spec(format, p + 1);
		format->has_pointers |= format->specs[format->n - 1].type >= PRINT_STRING;
	}
}

/* ---- arguments -------------------------------------------------------------------------------------------------- */

static void print_fetch(struct print *format, va_list arguments)
{
	for (int i = 0; i < format->n_values; i++) {
		union print_value *value = &format->values[i];
		switch (format->types[i]) {
		case PRINT_LONG:
			value->l = va_arg(arguments, long);
			break;
		case PRINT_LONG_LONG:
			value->ll = va_arg(arguments, long long);
			break;
		case PRINT_DOUBLE:
			value->d = va_arg(arguments, double);
			break;
		case PRINT_LONG_DOUBLE:
			value->ld = va_arg(arguments, long double);
			break;
		case PRINT_NOTHING: /* a position that no conversion uses */
		case PRINT_INT:
			value->i = va_arg(arguments, int);
			break;
		case PRINT_POINTER:
		case PRINT_STRING:
		case PRINT_WIDE_STRING:
		case PRINT_COUNT:
			value->p = va_arg(arguments, const void *);
			break;
		}
	}
}

/* What an argument said; a negative precision is none. */
static void print_resolve(struct print *format)
{
	for (int i = 0; i < format->n; i++) {
		struct print_spec *spec = &format->specs[i];
		if (spec->width_at >= 0)
			spec->width = format->values[spec->width_at].i;
		if (spec->precision_at >= 0)
			spec->precision = format->values[spec->precision_at].i < 0 ? -1 : format->values[spec->precision_at].i;
	}
}

/* Reads the strings. Returns whether all is where it was, so that the C library may do the rest. */
static bool print_read_strings(struct print *format)
{
	bool in_place = true;
	for (int i = 0; i < format->n; i++) {
		const struct print_spec *spec = &format->specs[i];
		size_t most = spec->precision < 0 ? SIZE_MAX : (size_t)spec->precision;
		const void **string = &format->values[spec->at].p;
		if (spec->type == PRINT_COUNT)
			in_place = false;
		if ((spec->type != PRINT_STRING && spec->type != PRINT_WIDE_STRING) || !*string)
			continue;
		struct view view = view_string(*string, most, spec->type == PRINT_STRING ? 1 : sizeof(wchar_t));
		in_place &= view.at == *string;
		*string = view.at;
	}
	return in_place;
}

/* ---- pieces ----------------------------------------------------------------------------------------------------- */

/* The conversion alone, with numbers for what arguments said. */
static void print_spell(const struct print_spec *spec, char *text, size_t size)
{
	bool left = spec->width_at >= 0 && spec->width < 0;
	unsigned width = spec->width < 0 ? 0U - (unsigned)spec->width : (unsigned)spec->width;
	size_t n = (size_t)snprintf(text, size, "%%%s%.*s", left ? "-" : "", spec->n_flags > 16 ? 16 : spec->n_flags, spec->flags);
	if (spec->width >= 0 || left)
		n += (size_t)snprintf(text + n, size - n, "%u", width);
	if (spec->precision >= 0)
		n += (size_t)snprintf(text + n, size - n, ".%d", spec->precision);
	snprintf(text + n, size - n, "%s%c", spec->modifiers, spec->conversion);
}

static int print_convert(const struct print *format, const struct print_spec *spec, char *to, size_t size)
{
	char text[64];
	const union print_value *value = &format->values[spec->at];
	print_spell(spec, text, sizeof text);
	switch (spec->type) {
	case PRINT_NOTHING:
		return snprintf(to, size, text, 0);
	case PRINT_INT:
		return snprintf(to, size, text, value->i);
	case PRINT_LONG:
		return snprintf(to, size, text, value->l);
	case PRINT_LONG_LONG:
		return snprintf(to, size, text, value->ll);
	case PRINT_DOUBLE:
		return snprintf(to, size, text, value->d);
	case PRINT_LONG_DOUBLE:
		return snprintf(to, size, text, value->ld);
	case PRINT_POINTER:
	case PRINT_STRING:
	case PRINT_WIDE_STRING:
		return snprintf(to, size, text, value->p);
	case PRINT_COUNT:
		return 0;
	}
	return 0;
}

/* What %n stores, in the type that its modifiers name. */
static void print_store_count(const struct print *format, const struct print_spec *spec, intmax_t n)
{
	size_t size = spec->modifiers[0] == 'h' ? (spec->modifiers[1] ? 1 : sizeof(short)) :
	              print_integer_type(spec->modifiers) == PRINT_INT ? sizeof(int) : sizeof n;
	runtime_put((void *)(uintptr_t)format->values[spec->at].p, &n, size); /* least significant byte first */
}

/* Literal text and conversions, one by one. */
static int print_pieces(const struct print *format, const char *text, char **result)
{
	char *start = scratch_reserve(0);
	const char *next = text;
	for (int i = 0; i < format->n; i++) {
		const struct print_spec *spec = &format->specs[i];
		scratch_push(next, (size_t)(spec->start - next));
		next = spec->end;
		if (spec->type == PRINT_COUNT) {
			print_store_count(format, spec, scratch_top() - start);
			continue;
		}
		int length = RUNTIME_CALL(print_convert(format, spec, NULL, 0));
		if (length < 0 || length > INT32_MAX - (scratch_top() - start) - 1)
			return -1;
		char *to = scratch_push("", 1);
		scratch_extend((size_t)length);
		print_convert(format, spec, to, (size_t)length + 1);
		scratch_release(to + length);
	}
	scratch_push(next, strlen(next) + 1);
	*result = start;
	return (int)(scratch_top() - start - 1);
}

int print_text(char **text, const char *format, va_list arguments)
{
	struct print parsed;
	va_list again;
	format = view_string(format, SIZE_MAX, 1).at;
	print_parse(&parsed, format);
	if (parsed.has_pointers) {
		va_copy(again, arguments);
		print_fetch(&parsed, again);
		va_end(again);
		print_resolve(&parsed);
		if (!print_read_strings(&parsed))
			return print_pieces(&parsed, format, text);
	}
	va_copy(again, arguments);
	errno = world_thread()->error; /* for %m */
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0) {
		world_thread()->error = errno;
		return -1;
	}
	errno = world_thread()->error;
	*text = scratch_reserve((size_t)length + 1);
	return vsnprintf(*text, (size_t)length + 1, format, arguments);
}

/* ---- into memory ------------------------------------------------------------------------------------------------ */

RUNTIME_API int __wrap_vsnprintf(char *to, size_t n, const char *format, va_list arguments)
{
	char *top = scratch_top(), *text;
	int length = print_text(&text, format, arguments);
	if (length >= 0 && n) {
		size_t size = (size_t)length < n ? (size_t)length + 1 : n;
		scratch_write(text + size - 1, "", 1);
		runtime_put(to, text, size);
	}
	scratch_release(top);
	return length;
}

RUNTIME_API int __wrap_vsprintf(char *to, const char *format, va_list arguments)
{
	return __wrap_vsnprintf(to, SIZE_MAX / 2, format, arguments);
}

RUNTIME_API int __wrap_vasprintf(char **to, const char *format, va_list arguments)
{
	char *top = scratch_top(), *text;
	int length = print_text(&text, format, arguments);
	char *block = length < 0 ? NULL : heap_allocate((size_t)length + 1, 16);
	if (block) {
		runtime_put(block, text, (size_t)length + 1);
		runtime_put(to, &block, sizeof *to);
	}
	scratch_release(top);
	return block ? length : -1;
}

/* The same functions with arguments of their own. */
#define PRINT_VARIADIC(name, parameters, call) \
	RUNTIME_API int __wrap_##name parameters \
	{ \
		va_list arguments; \
		va_start(arguments, format); \
		int length = call; \
		va_end(arguments); \
		return length; \
	}

PRINT_VARIADIC(snprintf, (char *to, size_t n, const char *format, ...), __wrap_vsnprintf(to, n, format, arguments))
PRINT_VARIADIC(sprintf, (char *to, const char *format, ...), __wrap_vsprintf(to, format, arguments))
PRINT_VARIADIC(asprintf, (char **to, const char *format, ...), __wrap_vasprintf(to, format, arguments))
