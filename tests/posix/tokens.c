/* Strings that are cut: tokens, fields and paths. */
#define _GNU_SOURCE
#include <assert.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>

static void tokens(const char *text, const char *characters)
{
	char copy[32], *rest, *field = copy;

	strcpy(copy, text);
	for (char *token = strtok(copy, characters); token; token = strtok(NULL, characters))
		printf("[%s]", token);
	assert(!strtok(NULL, characters));
	strcpy(copy, text);
	for (char *token = strtok_r(copy, characters, &rest); token; token = strtok_r(NULL, characters, &rest))
		printf("{%s}", token);
	assert(!*rest);
	strcpy(copy, text);
	for (char *part = strsep(&field, characters); part; part = strsep(&field, characters))
		printf("(%s)", part);
	printf("\n");
}

static void path(const char *text)
{
	char one[32], two[32];

	strcpy(one, text);
	strcpy(two, text);
	printf("\"%s\": %s, ", text, dirname(one));
	printf("%s\n", basename(two));
}

int main(void)
{
	tokens("one, two,,three ", " ,");
	tokens("::", ":");
	tokens("", ":");
	tokens("whole", "");
	path("/usr/lib/x.so");
	path("/usr/");
	path("usr");
	path("/");
	path("");
	assert(strcmp(dirname(NULL), ".") == 0);
	return 0;
}
