/* Texts of the C library for numbers. Those of known errors and signals are constants; what tells of others is in a result
 * that all threads share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library.h"
#include "runtime.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* As large as any of the messages of the C library. */
typedef char message_text[128];

static void messages_spell(message_text text, const char *known, const char *unknown, int number)
{
	if (known)
		snprintf(text, sizeof(message_text), "%s", known);
	else
		snprintf(text, sizeof(message_text), "%s %d", unknown, number);
}

static char *messages_share(char *part, const char *known, const char *unknown, int number)
{
	message_text text;
	if (known)
		return (char *)(uintptr_t)known;
	messages_spell(text, NULL, unknown, number);
	world_running->effects++;
	runtime_put(part, text, strlen(text) + 1);
	return part;
}

RUNTIME_API char *__wrap_strerror(int error)
{
	return messages_share(library.error_text, strerrordesc_np(error), "Unknown error", error);
}

RUNTIME_API char *__wrap_strsignal(int signal)
{
	return messages_share(library.signal_text, sigdescr_np(signal), "Unknown signal", signal);
}

/* The GNU function: it writes only what is no constant. */
RUNTIME_API char *__wrap_strerror_r(int error, char *to, size_t n)
{
	message_text text;
	const char *known = strerrordesc_np(error);
	if (known || !n)
		return known ? (char *)(uintptr_t)known : to;
	messages_spell(text, NULL, "Unknown error", error);
	size_t size = strlen(text) + 1;
	if (size > n)
		text[(size = n) - 1] = 0;
	runtime_put(to, text, size);
	return to;
}

/* That of POSIX. */
RUNTIME_API int __wrap___xpg_strerror_r(int error, char *to, size_t n)
{
	message_text text;
	const char *known = strerrordesc_np(error);
	messages_spell(text, known, "Unknown error", error);
	size_t size = strlen(text) + 1;
	bool fits = size <= n;
	if (!fits && n)
		text[n - 1] = 0;
	runtime_put(to, text, fits ? size : n);
	return !known ? EINVAL : fits ? 0 : ERANGE;
}

RUNTIME_API char *__wrap_l64a(long number)
{
	char letters[sizeof library.letters];
	snprintf(letters, sizeof letters, "%s", l64a(number));
	world_running->effects++;
	runtime_put(library.letters, letters, strlen(letters) + 1);
	return library.letters;
}
