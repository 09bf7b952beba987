/* Lines tagged with the name of the thread that writes them. */
#include <stdio.h>

#include "facade.h"

enum { LOG_SHORT = 256 }; /* lines below this length need no memory */

/* Writes the line, its newline included, to `line`. Returns its length, which may be `size` and more, as snprintf(). */
static size_t log_format(char *line, size_t size, const char *name, const char *format, va_list arguments)
{
	size_t n_tag = (size_t)snprintf(line, size, "[%s] ", name), n_text;
	va_list again;

	va_copy(again, arguments);
	n_text = (size_t)vsnprintf(n_tag < size ? line + n_tag : NULL, n_tag < size ? size - n_tag : 0, format, again);
	va_end(again);
	if (n_tag + n_text + 1 < size)
		line[n_tag + n_text] = '\n';
	return n_tag + n_text + 1;
}

void sim_vlog(const char *format, va_list arguments)
{
	const struct sim_backend *backend = sim_backend_current();
	struct sim_thread *thread = sim_thread_current();
	const char *name = thread != NULL ? sim_thread_name(thread) : "?";
	char line[LOG_SHORT], *longer;
	size_t n = log_format(line, sizeof(line), name, format, arguments);

	if (n < sizeof(line)) {
		backend->print(line, n);
		return;
	}
	longer = backend->allocate(n + 1);
	if (longer == NULL)
		return;
	backend->writes(longer, n + 1);
	log_format(longer, n + 1, name, format, arguments);
	backend->print(longer, n);
	backend->release(longer);
}

void sim_log(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	sim_vlog(format, arguments);
	va_end(arguments);
}
