/* Variables of the environment: set, changed, taken away, and refused. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static const char *value(const char *name)
{
	const char *found = getenv(name);

	return found ? found : "(not set)";
}

int main(void)
{
	static char own[] = "OWN=first";
	int n = 0;

	clearenv();
	assert(!getenv("ONE"));
	assert(setenv("ONE", "1", 0) == 0 && setenv("TWO", "22", 1) == 0 && putenv(own) == 0);
	printf("%s %s %s\n", value("ONE"), value("TWO"), value("OWN"));
	assert(setenv("ONE", "x", 0) == 0 && setenv("TWO", "long and new", 1) == 0);
	own[4] = 'F';
	printf("%s %s %s\n", value("ONE"), value("TWO"), value("OWN"));
	for (char **variable = environ; *variable; variable++)
		n++;
	assert(n == 3 && unsetenv("ONE") == 0 && unsetenv("NONE") == 0 && putenv("TWO") == 0);
	printf("%s %s %s %s\n", value("ONE"), value("TWO"), value("OWN"), value("OW"));
	assert(setenv("", "x", 1) == -1 && errno == EINVAL);
	assert(setenv("A=B", "x", 1) == -1 && errno == EINVAL);
	assert(unsetenv("A=B") == -1 && errno == EINVAL);
	assert(environ[0] == own && !environ[1] && secure_getenv("OWN") == own + 4);
	return 0;
}
