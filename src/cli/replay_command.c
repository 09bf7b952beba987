/* The command that shows a finding again. */
#include "replay_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "places.h"

/* Adds prefix and value as one word, quoted where a shell would change it; ~/ at its start is left to the shell. */
static void replay_add(struct str_list *words, const char *prefix, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
	char *word = str_printf("%s%s", prefix, value), *quoted = NULL;
	size_t home = strncmp(word, "~/", 2) == 0 ? 2 : 0, size = 0;
	FILE *stream;

	if (*word && !word[home + strspn(word + home, plain)]) {
		str_list_take(words, word);
		return;
	}
	stream = str_checked(open_memstream(&quoted, &size));
	fprintf(stream, "%.*s'", (int)home, word);
	for (const char *at = word + home; *at; at++) {
		if (*at == '\'')
			fputs("'\\''", stream);
		else
			fputc(*at, stream);
	}
	fputc('\'', stream);
	fclose(stream);
	str_list_take(words, str_checked(quoted));
	free(word);
}

static void replay_add_number(struct str_list *words, const char *option, uint64_t value, uint64_t unless)
{
	char text[32];

	if (value == unless)
		return;
	snprintf(text, sizeof text, "%llu", (unsigned long long)value);
	replay_add(words, option, text);
}

/* What decides how the program is compiled and run. */
static void replay_add_options(struct str_list *words, const struct options *options)
{
	struct sim_config defaults;

	config_init(&defaults);
	if (strcmp(options->cc, "cc") != 0)
		replay_add(words, "--cc=", options->cc);
	for (size_t i = 0; i < options->flags.n; i++) {
		const char *flag = options->flags.items[i];

		replay_add(words, strncmp(flag, "-D", 2) == 0 || strncmp(flag, "-I", 2) == 0 ? "" : "--cflags=", flag);
	}
	if (strcmp(options->config.entry, defaults.entry) != 0)
		replay_add(words, "--entry=", options->config.entry);
	replay_add_number(words, "--stack-size=", options->config.stack_size, defaults.stack_size);
	replay_add_number(words, "--memory=", options->config.memory, defaults.memory);
	replay_add_number(words, "--spurious-wakeups=", options->config.spurious_wakeups, defaults.spurious_wakeups);
	if (options->suppress)
		replay_add(words, "--suppress=", options->suppress);
	if (options->config.uninit)
		str_list_add(words, "--uninit");
	if (options->config.leaks)
		str_list_add(words, "--leaks");
	config_release(&defaults);
}

char *replay_command(const struct options *options, const char *trace)
{
	struct str_list words = {0};
	char *shown = places_shown(trace), *command;

	replay_add(&words, "", "simcheck");
	replay_add(&words, "", "--replay");
	replay_add(&words, "", shown);
	replay_add_options(&words, options);
	for (size_t i = 0; i < options->files.n; i++)
		replay_add(&words, "", options->files.items[i]);
	if (options->arguments.n)
		replay_add(&words, "", "--");
	for (size_t i = 0; i < options->arguments.n; i++)
		replay_add(&words, "", options->arguments.items[i]);
	command = str_list_join(&words, " ");
	str_list_release(&words);
	free(shown);
	return command;
}
