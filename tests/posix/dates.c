/* Dates: from seconds, to seconds, as text, and back. UTC throughout. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const time_t moments[] = {0, 951782400, 1700000000, -1};

int main(void)
{
	char text[64];
	struct tm date, other = {.tm_year = 100, .tm_mon = 13, .tm_mday = 32};

	setenv("TZ", "UTC0", 1);
	tzset();
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		printf("%s%s", asctime(gmtime(&moments[i])), ctime(&moments[i]));
		assert(localtime_r(&moments[i], &date) == &date && gmtime_r(&moments[i], &date) == &date);
		assert(strcmp(asctime_r(&date, text), asctime(localtime(&moments[i]))) == 0);
		assert(timegm(&date) == moments[i] && mktime(&date) == moments[i] && ctime_r(&moments[i], text) == text);
		printf("%zu %s\n", strftime(text, sizeof text, "%F %T %a %j %%", &date), text);
		assert(strftime(text, 3, "%F", &date) == 0);
	}
	printf("%ld %d %d %d\n", (long)mktime(&other), other.tm_year, other.tm_mon, other.tm_mday);
	memset(&date, 0, sizeof date);
	const char *rest = strptime("2024-02-29 12:00 rest", "%Y-%m-%d %H:%M", &date);
	printf("%s %ld %g\n", rest, (long)timegm(&date), difftime(moments[2], moments[1]));
	assert(!strptime("x", "%Y", &date));
	return 0;
}
