#include "library.h"

#include <string.h>
#include <unistd.h>

#include "runtime.h"

struct library library;

static char *library_keep(const char *text)
{
	size_t size = strlen(text) + 1;
	if (size > LIBRARY_TEXT - library.n_text)
		return NULL;
	char *copy = memcpy(library.text + library.n_text, text, size);
	library.n_text += size;
	return copy;
}

char **library_begin(char *const *args, size_t n)
{
	size_t room = (n + 1) * sizeof *args;
	char **copies = (char **)library.text;
	if (room > LIBRARY_TEXT)
		return NULL;
	library.n_text = room;
	for (size_t i = 0; i < n; i++)
		if (!(copies[i] = library_keep(args[i])))
			return NULL;
	setenv("TZ", "UTC0", 1);
	tzset();
	environ = library.variables;
	return copies;
}

void library_reads(const void *part, size_t n)
{
	runtime_reads(part, n);
}

/* A thread that changes what is remembered does not merely poll (spin.h). */
void library_writes(void *part, size_t n)
{
	world_running->effects++;
	runtime_writes(part, n);
}

#define LIBRARY_PART(member, text) {offsetof(struct library, member), sizeof library.member, text}

const char *library_name(uintptr_t address, size_t *offset)
{
	static const struct {
		size_t offset, size;
		const char *text;
	} parts[] = {
		LIBRARY_PART(strtok_rest, "the state of strtok"),
		LIBRARY_PART(time, "the result of gmtime and localtime"),
		LIBRARY_PART(time_text, "the result of asctime and ctime"),
		LIBRARY_PART(error_text, "the result of strerror"),
		LIBRARY_PART(signal_text, "the result of strsignal"),
		LIBRARY_PART(letters, "the result of l64a"),
		LIBRARY_PART(random48, "the state of drand48"),
		LIBRARY_PART(environment, "the environment"),
		LIBRARY_PART(variables, "the list of variables"),
		LIBRARY_PART(text, "the memory of arguments and variables"),
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		*offset = address - (uintptr_t)&library - parts[i].offset;
		if (*offset < parts[i].size)
			return parts[i].text;
	}
	return NULL;
}
