/* The command line's options: letters, arguments, long names, the order in which operands end up. */
#define _GNU_SOURCE
#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

static void show(int result)
{
	printf("%c:%s ", result, optarg ? optarg : "-");
}

int main(void)
{
	static char *args[] = {"program", "-ab", "value", "operand", "-c", "--size=3", "--help", "-x", "--", "-d", NULL};
	static const struct option options[] = {{"size", required_argument, NULL, 's'}, {"help", no_argument, NULL, 'h'}, {0}};
	int n = 10, index = -1, result;

	opterr = 0;
	while ((result = getopt(n, args, "ab:cd")) != -1 && result != '?')
		show(result);
	assert(result == '?' && optopt == '-'); /* getopt() knows no long options */
	optind = 0;
	while ((result = getopt_long(n, args, "ab:cd", options, &index)) != -1) {
		optarg = strchr("bs", result) ? optarg : NULL;
		show(result);
	}
	printf("%d\n", index);
	for (int i = optind; i < n; i++)
		printf("%s ", args[i]);
	printf("\n");
	return 0;
}
