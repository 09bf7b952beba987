/* What the program prints goes to the world's output, per execution. Only the standard streams exist. */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "print.h"
#include "runtime.h"
#include "scratch.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static void stdio_check(FILE *stream)
{
	if (stream != stdout && stream != stderr)
		world_refuse("output to a file", "files are not modelled yet");
}

RUNTIME_API int __wrap_vfprintf(FILE *stream, const char *format, va_list arguments)
{
	char *top = scratch_top(), *text;
	stdio_check(stream);
	int length = print_text(&text, format, arguments);
	if (length > 0)
		world_print(text, (size_t)length);
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

RUNTIME_API int __wrap_fprintf(FILE *stream, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = __wrap_vfprintf(stream, format, arguments);
	va_end(arguments);
	return length;
}

RUNTIME_API int __wrap_fputs(const char *text, FILE *stream)
{
	stdio_check(stream);
	world_print(text, runtime_reads_string(text, SIZE_MAX));
	return 1;
}

RUNTIME_API int __wrap_puts(const char *text)
{
	__wrap_fputs(text, stdout);
	world_print("\n", 1);
	return 1;
}

RUNTIME_API int __wrap_fputc(int character, FILE *stream)
{
	char c = (char)character;
	stdio_check(stream);
	world_print(&c, 1);
	return (unsigned char)c;
}

RUNTIME_API int __wrap_putc(int character, FILE *stream)
{
	return __wrap_fputc(character, stream);
}

RUNTIME_API int __wrap_putchar(int character)
{
	return __wrap_fputc(character, stdout);
}

RUNTIME_API size_t __wrap_fwrite(const void *from, size_t size, size_t n, FILE *stream)
{
	stdio_check(stream);
	runtime_reads(from, size * n);
	world_print(from, size * n);
	return n;
}

RUNTIME_API int __wrap_fflush(FILE *stream)
{
	if (stream)
		stdio_check(stream);
	return 0;
}

RUNTIME_API int __wrap_setvbuf(FILE *stream, char *buffer, int mode, size_t size)
{
	(void)buffer, (void)mode, (void)size;
	stdio_check(stream);
	return 0;
}

RUNTIME_API void __wrap_setbuf(FILE *stream, char *buffer)
{
	__wrap_setvbuf(stream, buffer, _IOFBF, BUFSIZ);
}

RUNTIME_API void __wrap_perror(const char *text)
{
	const char *message = strerrordesc_np(world_thread()->error);
	if (text && *text)
		__wrap_fprintf(stderr, "%s: ", text);
	__wrap_fprintf(stderr, "%s\n", message ? message : "Unknown error");
}

RUNTIME_API ssize_t __wrap_write(int file, const void *from, size_t n)
{
	if (file != STDOUT_FILENO && file != STDERR_FILENO)
		world_refuse("write", "files are not modelled yet");
	runtime_reads(from, n);
	world_print(from, n);
	return (ssize_t)n;
}
