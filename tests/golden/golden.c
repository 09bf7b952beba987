#include "golden.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *golden_read(const char *path)
{
	FILE *in = fopen(path, "r"), *out;
	char *text = NULL;
	size_t size = 0;

	if (!in)
		return NULL;
	out = open_memstream(&text, &size);
	for (int c = fgetc(in); out && c != EOF; c = fgetc(in))
		fputc(c, out);
	if (out)
		fclose(out);
	fclose(in);
	return text;
}

static void golden_write(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	ck_assert_msg(out != NULL, "%s cannot be written", path);
	fputs(text, out);
	ck_assert_int_eq(fclose(out), 0);
}

void golden_check(const char *name, const char *text)
{
	char path[512], *expected;
	int line = 1;
	size_t i = 0;

	snprintf(path, sizeof(path), "%s/%s", SIM_GOLDEN_DIR, name);
	if (getenv("SIMCHECK_GOLDEN_UPDATE"))
		golden_write(path, text);
	expected = golden_read(path);
	ck_assert_msg(expected != NULL, "there is no tests/golden/%s", name);
	for (; text[i] && text[i] == expected[i]; i++)
		line += text[i] == '\n';
	ck_assert_msg(text[i] == expected[i], "tests/golden/%s differs from line %d on; now it is:\n%s", name, line, text);
	free(expected);
}
