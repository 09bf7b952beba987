#include "format.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char *format_text(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	int length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0) {
		fputs("simcheck: no memory left\n", stderr);
		abort();
	}
	return text;
}
