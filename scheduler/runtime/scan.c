#include "scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "area.h"
#include "call.h"
#include "heap.h"
#include "runtime.h"
#include "world.h"

/* Longer numbers than that are cut: their value is out of range, or their last digits do not count. */
enum { SCAN_NUMBER = 512 };

/* One conversion of the format. */
struct scan_item {
	bool suppressed, allocates;
	bool is_limited;  /* by a width */
	size_t width;
	char length;      /* 'H': hh; 'L': ll or L; 0: none */
	char conversion;
	const char *set;  /* of %[: what follows the bracket; ends at `set_end` */
	const char *set_end;
	bool excludes;    /* %[^ */
};

/* One call. */
struct scan {
	const struct scan_source *source;
	size_t n_read;
	size_t left;      /* bytes that the present item may still have */
	bool ended;       /* the input has */
	int n_stored;
};

/* The next byte that the item may have, or EOF. */
static int scan_peek(struct scan *s)
{
	int byte = s->left ? s->source->peek(s->source->where) : EOF;
	s->ended = s->left && byte == EOF;
	return byte;
}

static void scan_skip(struct scan *s)
{
	s->source->skip(s->source->where);
	s->n_read++;
	s->left--;
}

static void scan_space(struct scan *s)
{
	s->left = SIZE_MAX;
	for (int byte; (byte = scan_peek(s)) != EOF && isspace(byte);)
		scan_skip(s);
}

/* Whether the next byte is this one, which is taken then. */
static bool scan_literal(struct scan *s, char c)
{
	s->left = SIZE_MAX;
	if (scan_peek(s) != (unsigned char)c)
		return false;
	scan_skip(s);
	return true;
}

/* ---- the format ------------------------------------------------------------------------------------------------- */

static const char *scan_parse_length(struct scan_item *item, const char *p)
{
	if (*p && strchr("hlLqjzt", *p)) {
		item->length = *p == 'q' ? 'L' : *p;
		p++;
		if (*p == item->length && (*p == 'h' || *p == 'l')) {
			item->length = *p == 'h' ? 'H' : 'L';
			p++;
		}
	}
	return p;
}

/* Reads the item after the percent sign at p[-1]. Returns what follows it. */
static const char *scan_parse(struct scan_item *item, const char *p)
{
	char *end;
	*item = (struct scan_item){.width = SIZE_MAX};
	item->suppressed = *p == '*';
	p += item->suppressed;
	if (isdigit((unsigned char)*p)) {
		item->width = strtoul(p, &end, 10);
		item->is_limited = true;
		p = end;
	}
	if (*p == '$')
		world_refuse("scanf", "numbered arguments are not modelled");
	item->allocates = *p == 'm';
	p = scan_parse_length(item, p + item->allocates);
	item->conversion = *p;
	if (!*p)
		return p;
	if (*p++ == '[') {
		item->excludes = *p == '^';
		p += item->excludes;
		item->set = p;
		p += *p == ']'; /* as the first it is an ordinary one */
		p += strcspn(p, "]");
		item->set_end = p;
		p += *p != 0;
	}
	return p;
}

/* Whether the byte belongs to the set of a %[. */
static bool scan_has(const struct scan_item *item, int byte)
{
	for (const char *p = item->set; p < item->set_end; p++) {
		bool is_range = p[0] != '-' && p + 2 < item->set_end && p[1] == '-';
		if (is_range ? (unsigned char)p[0] <= byte && byte <= (unsigned char)p[2] : (unsigned char)*p == byte)
			return !item->excludes;
		p += is_range ? 2 : 0;
	}
	return item->excludes;
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

/* The bytes of a number so far. */
struct scan_number {
	char text[SCAN_NUMBER];
	size_t n;
};

static void scan_take(struct scan *s, struct scan_number *number)
{
	if (number->n < SCAN_NUMBER - 1)
		number->text[number->n++] = (char)scan_peek(s);
	number->text[number->n] = 0;
	scan_skip(s);
}

/* Takes the next byte if it is one of `bytes`. */
static bool scan_take_any(struct scan *s, struct scan_number *number, const char *bytes)
{
	int byte = scan_peek(s);
	if (byte == EOF || !byte || !strchr(bytes, byte))
		return false;
	scan_take(s, number);
	return true;
}

static bool scan_take_digits(struct scan *s, struct scan_number *number, const char *digits)
{
	bool any = false;
	while (scan_take_any(s, number, digits))
		any = true;
	return any;
}

static const char scan_hexadecimal[] = "0123456789abcdefABCDEF", scan_decimal[] = "0123456789", scan_octal[] = "01234567";

/* The longest beginning of the input that is an integer or could become one. Whether it is one. */
static bool scan_integer(struct scan *s, struct scan_number *number, int *base)
{
	bool any = false;
	scan_take_any(s, number, "+-");
	if ((*base == 0 || *base == 16) && scan_take_any(s, number, "0")) {
		any = true;
		if (scan_take_any(s, number, "xX")) {
			*base = 16;
			any = false;
		} else if (*base == 0) {
			*base = 8;
		}
	}
	if (*base == 0)
		*base = 10;
	const char *digits = *base == 16 ? scan_hexadecimal : *base == 8 ? scan_octal : scan_decimal;
	return scan_take_digits(s, number, digits) || any;
}

/* Takes a word as far as the input agrees with it. Whether all of it was there. */
static bool scan_word(struct scan *s, struct scan_number *number, const char *word)
{
	for (; *word; word++) {
		const char both[] = {*word, (char)toupper((unsigned char)*word), 0};
		if (!scan_take_any(s, number, both))
			return false;
	}
	return true;
}

static bool scan_float(struct scan *s, struct scan_number *number)
{
	const char *digits = scan_decimal, *exponent = "eE";
	bool any = false;
	scan_take_any(s, number, "+-");
	int byte = scan_peek(s);
	if (byte == 'n' || byte == 'N')
		return scan_word(s, number, "nan");
	if (byte == 'i' || byte == 'I') {
		any = scan_word(s, number, "inf");
		byte = scan_peek(s);
		return any && (byte == 'i' || byte == 'I' ? scan_word(s, number, "inity") : true);
	}
	if (scan_take_any(s, number, "0")) {
		any = true;
		if (scan_take_any(s, number, "xX")) {
			digits = scan_hexadecimal;
			exponent = "pP";
			any = false;
		}
	}
	any |= scan_take_digits(s, number, digits);
	if (scan_take_any(s, number, "."))
		any |= scan_take_digits(s, number, digits);
	if (!any || !scan_take_any(s, number, exponent))
		return any;
	scan_take_any(s, number, "+-");
	return scan_take_digits(s, number, scan_decimal);
}

/* ---- storing ---------------------------------------------------------------------------------------------------- */

static size_t scan_integer_size(char length)
{
	switch (length) {
	case 'H':
		return sizeof(char);
	case 'h':
		return sizeof(short);
	case 0:
		return sizeof(int);
	default:
		return sizeof(int64_t);
	}
}

static void scan_store_integer(const struct scan_item *item, uint64_t value, va_list *arguments)
{
	if (!item->suppressed)
		call_give(va_arg(*arguments, void *), &value, scan_integer_size(item->length)); /* little-endian */
}

static void scan_store_float(const struct scan_item *item, const char *text, va_list *arguments)
{
	if (item->suppressed)
		return;
	float narrow = strtof(text, NULL);
	double usual = strtod(text, NULL);
	long double wide = strtold(text, NULL);
	void *to = va_arg(*arguments, void *);
	if (item->length == 'L')
		call_give(to, &wide, sizeof wide);
	else if (item->length == 'l')
		call_give(to, &usual, sizeof usual);
	else
		call_give(to, &narrow, sizeof narrow);
}

/* Whether the byte belongs to the text that the item wants. */
static bool scan_wants(const struct scan_item *item, int byte)
{
	return item->conversion == 'c' || (item->conversion == 's' ? !isspace(byte) : scan_has(item, byte));
}

/* Text: %c, %s, %[. Whether there was any. */
static bool scan_text(struct scan *s, const struct scan_item *item, va_list *arguments)
{
	struct blob allocated = {0};
	char *to = item->suppressed || item->allocates ? NULL : va_arg(*arguments, char *);
	bool is_string = item->conversion != 'c';
	size_t n = 0;
	for (int byte; (byte = scan_peek(s)) != EOF && scan_wants(item, byte); n++) {
		char c = (char)byte;
		scan_skip(s);
		if (to)
			call_give(to + n, &c, 1);
		else if (item->allocates)
			blob_write(&allocated, n, &c, 1);
	}
	if (!n || (item->conversion == 'c' && s->left))
		return false;
	if (to && is_string)
		call_give(to + n, "", 1);
	if (item->allocates && !item->suppressed) {
		char *block = heap_allocate(n + is_string, 16);
		call_give(block, allocated.data, n);
		call_give(va_arg(*arguments, char **), &block, sizeof block);
	}
	return true;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static int scan_base(char conversion)
{
	return conversion == 'i' ? 0 : conversion == 'o' ? 8 : strchr("xXp", conversion) ? 16 : 10;
}

static bool scan_convert_number(struct scan *s, const struct scan_item *item, va_list *arguments)
{
	struct scan_number number = {.n = 0};
	if (strchr("aAeEfFgG", item->conversion)) {
		if (!scan_float(s, &number))
			return false;
		scan_store_float(item, number.text, arguments);
		return true;
	}
	int base = scan_base(item->conversion);
	struct scan_item stored = *item;
	if (!scan_integer(s, &number, &base))
		return false;
	if (item->conversion == 'p')
		stored.length = 'l';
	bool is_signed = item->conversion == 'd' || item->conversion == 'i';
	scan_store_integer(&stored, is_signed ? (uint64_t)strtoll(number.text, NULL, base) : strtoull(number.text, NULL, base),
	                   arguments);
	return true;
}

/* Executes one item. Whether the call goes on. */
static bool scan_convert(struct scan *s, const struct scan_item *item, va_list *arguments)
{
	if (item->conversion == 'n') {
		scan_store_integer(item, s->n_read, arguments);
		return true;
	}
	bool is_text = item->conversion && strchr("cs[", item->conversion);
	if (!item->conversion || !strchr("diuoxXpaAeEfFgGcs[", item->conversion) || (is_text && item->length))
		world_refuse("scanf", "its format has a conversion that is not modelled");
	if (item->conversion != 'c' && item->conversion != '[')
		scan_space(s);
	s->left = item->conversion == 'c' && !item->is_limited ? 1 : item->width;
	if (!(is_text ? scan_text(s, item, arguments) : scan_convert_number(s, item, arguments)))
		return false;
	s->n_stored += !item->suppressed;
	return true;
}

/* One directive. Returns what follows it; NULL: the input does not match. */
static const char *scan_directive(struct scan *s, const char *p, va_list *arguments)
{
	struct scan_item item;
	if (isspace((unsigned char)*p)) {
		scan_space(s);
		return p + 1;
	}
	if (*p != '%')
		return scan_literal(s, *p) ? p + 1 : NULL;
	if (p[1] == '%') {
		scan_space(s);
		return scan_literal(s, '%') ? p + 2 : NULL;
	}
	p = scan_parse(&item, p + 1);
	return scan_convert(s, &item, arguments) ? p : NULL;
}

int scan(const struct scan_source *source, const char *format, va_list arguments)
{
	struct scan s = {.source = source};
	va_list left;
	runtime_reads_string(format, SIZE_MAX);
	va_copy(left, arguments);
	while (format && *format)
		format = scan_directive(&s, format, &left);
	va_end(left);
	return !format && s.ended && !s.n_stored ? EOF : s.n_stored;
}
