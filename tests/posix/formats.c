/* Text into memory: every kind of conversion, with what limits it, counts, and the strings that it prints. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
	char buffer[128], tail[3] = {'a', 'b', 'c'}, *made;
	signed char tiny = 0;
	short small = 0;
	int middle = 0;
	long large = 0;

	printf("%d|%5i|%-5u|%05d|%+d|% d|%x|%#X|%o|%c|%%\n", 1, 2, 3U, 4, 5, 6, 255U, 255U, 8U, 'x');
	printf("%hhd|%hd|%ld|%lld|%jd|%zu|%td\n", 300, 70000, 1L, 2LL, (intmax_t)3, (size_t)4, (ptrdiff_t)5);
	printf("%f|%.2e|%g|%a|%Lf|%*.*f\n", 1.5, 2.5, 3.5, 4.5, 5.5L, 8, 2, 6.25);
	printf("%s|%10s|%-10s|%.2s|%.*s|%*s|%-*s|\n", "s", "right", "left", "cut", 3, tail, 4, "w", -4, "neg");
	printf("%2$s %1$s %2$.2s %3$*4$d\n", "one", "two", 3, 5);
	printf("%ls %lc\n", L"wide", L'c');
	errno = ENOENT;
	printf("%m %s\n", "after");
	printf("ab%hhncd%hn%s%n!%ln\n", &tiny, &small, "efg", &middle, &large);
	printf("%d %d %d %ld\n", tiny, small, middle, large);
	memset(buffer, '.', sizeof buffer);
	printf("%d %s\n", snprintf(buffer, 6, "%s-%d", "long", 12345), buffer);
	assert(buffer[5] == 0 && buffer[6] == '.');
	printf("%d %d\n", snprintf(NULL, 0, "%s", "counted"), snprintf(buffer, 1, "%s", "x"));
	assert(buffer[0] == 0);
	printf("%d %s\n", sprintf(buffer, "%s%s", "ab", "cd"), buffer);
	printf("%d", asprintf(&made, "%s/%04d", "file", 7));
	printf(" %s\n", made);
	free(made);
	printf("%.300d\n", 1);
	return 0;
}
