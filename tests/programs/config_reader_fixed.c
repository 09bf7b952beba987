/*
 * A reader of configuration lines, shared by threads. Errors deep in the parser go back to the reader by longjmp, before
 * the lock of the settings is taken.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t settings_lock = PTHREAD_MUTEX_INITIALIZER;
static int timeout_s;

struct parser {
	jmp_buf failed;
	const char *line;
};

static int parse_number(struct parser *parser, const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end)
		longjmp(parser->failed, 1);
	return (int)n;
}

static void parse(struct parser *parser)
{
	const char *value = strchr(parser->line, '=');

	if (!value)
		longjmp(parser->failed, 2);
	int n = parse_number(parser, value + 1);
	pthread_mutex_lock(&settings_lock);
	timeout_s = n;
	pthread_mutex_unlock(&settings_lock);
}

static void *read_line(void *line)
{
	struct parser parser = {.line = line};

	if (setjmp(parser.failed) == 0)
		parse(&parser);
	return NULL;
}

int main(void)
{
	static char good[] = "timeout=20", bad[] = "timeout=soon";
	pthread_t threads[2];

	if (pthread_create(&threads[0], NULL, read_line, good) != 0 || pthread_create(&threads[1], NULL, read_line, bad) != 0)
		return 1;
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	pthread_mutex_lock(&settings_lock);
	int found = timeout_s;
	pthread_mutex_unlock(&settings_lock);
	return found == 20 ? 0 : 1;
}
