/* Output to streams, as it is formatted. The standard streams show at once what goes there, per execution
 * (stream.h). */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "print.h"
#include "runtime.h"
#include "scratch.h"
#include "stream.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Text that is no memory of the program, or was taken. Returns 0 or EOF. */
static int stdio_put(FILE *file, const char *text, size_t n)
{
	struct stream *stream = stream_of(file);
	stream_lock(stream);
	int result = stream_put(stream, text, n);
	stream_unlock(stream);
	return result;
}

RUNTIME_API int __wrap_vfprintf(FILE *file, const char *format, va_list arguments)
{
	char *top = scratch_top(), *text;
	int length = print_text(&text, format, arguments);
	if (length > 0 && stdio_put(file, text, (size_t)length))
		length = -1;
	scratch_release(top);
	return length;
}

RUNTIME_API int __wrap_vprintf(const char *format, va_list arguments)
{
	return __wrap_vfprintf(stdout, format, arguments);
}

RUNTIME_API int __wrap_printf(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = __wrap_vfprintf(stdout, format, arguments);
	va_end(arguments);
	return length;
}

RUNTIME_API int __wrap_fprintf(FILE *file, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = __wrap_vfprintf(file, format, arguments);
	va_end(arguments);
	return length;
}

/* A string of the program, taken. */
static const char *stdio_take(const char *text, size_t *n)
{
	*n = runtime_reads_string(text, SIZE_MAX);
	return call_take(text, *n);
}

RUNTIME_API int __wrap_fputs(const char *text, FILE *file)
{
	size_t n;
	text = stdio_take(text, &n);
	return stdio_put(file, text, n) ? EOF : 1;
}

RUNTIME_API int __wrap_puts(const char *text)
{
	size_t n;
	struct stream *stream = stream_of(stdout);
	text = stdio_take(text, &n);
	stream_lock(stream);
	int result = stream_put(stream, text, n) || stream_put(stream, "\n", 1) ? EOF : 1;
	stream_unlock(stream);
	return result;
}

RUNTIME_API int __wrap_fputc(int character, FILE *file)
{
	char c = (char)character;
	return stdio_put(file, &c, 1) ? EOF : (unsigned char)c;
}
RUNTIME_ALIAS(putc, fputc)

RUNTIME_API int __wrap_putchar(int character)
{
	return __wrap_fputc(character, stdout);
}

RUNTIME_API size_t __wrap_fwrite(const void *from, size_t size, size_t n, FILE *file)
{
	from = call_take(from, size * n);
	return size && stdio_put(file, from, size * n) ? 0 : size ? n : 0;
}

RUNTIME_API void __wrap_perror(const char *text)
{
	const char *message = strerrordesc_np(world_thread()->error);
	if (text && *text)
		__wrap_fprintf(stderr, "%s: ", text);
	__wrap_fprintf(stderr, "%s\n", message ? message : "Unknown error");
}

/* ---- without taking the lock ------------------------------------------------------------------------------------ */

static int stdio_put_unlocked(FILE *file, const char *text, size_t n)
{
	struct stream *stream = stream_of(file);
	stream_enter(stream);
	return stream_put(stream, text, n);
}

RUNTIME_API int __wrap_fputc_unlocked(int character, FILE *file)
{
	char c = (char)character;
	return stdio_put_unlocked(file, &c, 1) ? EOF : (unsigned char)c;
}
RUNTIME_ALIAS(putc_unlocked, fputc_unlocked)

/* What putc_unlocked() becomes in optimised programs. */
RUNTIME_API int __wrap___overflow(FILE *file, int character)
{
	return __wrap_fputc_unlocked(character, file);
}

RUNTIME_API int __wrap_putchar_unlocked(int character)
{
	return __wrap_fputc_unlocked(character, stdout);
}

RUNTIME_API int __wrap_fputs_unlocked(const char *text, FILE *file)
{
	size_t n;
	text = stdio_take(text, &n);
	return stdio_put_unlocked(file, text, n) ? EOF : 1;
}

RUNTIME_API size_t __wrap_fwrite_unlocked(const void *from, size_t size, size_t n, FILE *file)
{
	from = call_take(from, size * n);
	return size && stdio_put_unlocked(file, from, size * n) ? 0 : size ? n : 0;
}
