/* The scanf() family on streams and on strings (scan.h). */
#include <stdio.h>

#include "runtime.h"
#include "scan.h"
#include "stream.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static int scanf_peek(void *stream)
{
	return stream_peek(stream);
}

static void scanf_skip(void *stream)
{
	stream_skip(stream, 1);
}

RUNTIME_API int __wrap_vfscanf(FILE *file, const char *format, va_list arguments)
{
	struct stream *stream = stream_of(file);
	struct scan_source source = {.peek = scanf_peek, .skip = scanf_skip, .where = stream};
	stream_lock(stream);
	int n = scan(&source, format, arguments);
	stream_unlock(stream);
	return n;
}

/* A string that is read; no byte twice. Lifetime: one call. */
struct scanf_text {
	const char *next;
	int byte;     /* that one, or EOF at the end */
	bool is_read;
};

static int scanf_peek_text(void *where)
{
	struct scanf_text *text = where;
	if (text->is_read)
		return text->byte;
	runtime_reads(text->next, 1);
	text->is_read = true;
	text->byte = *text->next ? (unsigned char)*text->next : EOF;
	return text->byte;
}

static void scanf_skip_text(void *where)
{
	struct scanf_text *text = where;
	text->next++;
	text->is_read = false;
}

RUNTIME_API int __wrap_vsscanf(const char *s, const char *format, va_list arguments)
{
	struct scanf_text text = {.next = s};
	struct scan_source source = {.peek = scanf_peek_text, .skip = scanf_skip_text, .where = &text};
	return scan(&source, format, arguments);
}

/* The same function has several names in the C library, one for each standard of the language. */
#define SCANF_FAMILY(prefix) \
	RUNTIME_API int __wrap_##prefix##fscanf(FILE *file, const char *format, ...) \
	{ \
		va_list arguments; \
		va_start(arguments, format); \
		int n = __wrap_vfscanf(file, format, arguments); \
		va_end(arguments); \
		return n; \
	} \
	RUNTIME_API int __wrap_##prefix##scanf(const char *format, ...) \
	{ \
		va_list arguments; \
		va_start(arguments, format); \
		int n = __wrap_vfscanf(stdin, format, arguments); \
		va_end(arguments); \
		return n; \
	} \
	RUNTIME_API int __wrap_##prefix##sscanf(const char *s, const char *format, ...) \
	{ \
		va_list arguments; \
		va_start(arguments, format); \
		int n = __wrap_vsscanf(s, format, arguments); \
		va_end(arguments); \
		return n; \
	}

#define SCANF_FAMILY_V(prefix) \
	RUNTIME_API int __wrap_##prefix##vsscanf(const char *s, const char *format, va_list arguments) \
	{ \
		return __wrap_vsscanf(s, format, arguments); \
	} \
	RUNTIME_API int __wrap_##prefix##vfscanf(FILE *file, const char *format, va_list arguments) \
	{ \
		return __wrap_vfscanf(file, format, arguments); \
	} \
	RUNTIME_API int __wrap_##prefix##vscanf(const char *format, va_list arguments) \
	{ \
		return __wrap_vfscanf(stdin, format, arguments); \
	}

SCANF_FAMILY()
SCANF_FAMILY(__isoc99_)
SCANF_FAMILY(__isoc23_)
SCANF_FAMILY_V(__isoc99_)
SCANF_FAMILY_V(__isoc23_)

RUNTIME_API int __wrap_vscanf(const char *format, va_list arguments)
{
	return __wrap_vfscanf(stdin, format, arguments);
}
