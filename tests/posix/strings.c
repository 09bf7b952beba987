/* Strings: searches, copies, comparisons and tokens give what the C library gives. */
#define _GNU_SOURCE
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static char buffer[64];

static const char *shown(const char *s)
{
	return s ? s : "(none)";
}

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

static void searches(const char *s)
{
	printf("chr %s %s %s\n", shown(strchr(s, 'l')), shown(strchr(s, 'z')), shown(strchr(s, 0)));
	printf("rchr %s %s\n", shown(strrchr(s, 'l')), shown(strrchr(s, 'z')));
	printf("nul %s|%s\n", strchrnul(s, 'o'), strchrnul(s, 'z'));
	printf("index %s %s\n", shown(index(s, 'w')), shown(rindex(s, 'o')));
	printf("str %s %s %s\n", shown(strstr(s, "lo w")), shown(strstr(s, "low")), shown(strstr(s, "")));
	printf("casestr %s %s\n", shown(strcasestr(s, "WOR")), shown(strcasestr(s, "WIR")));
	printf("spn %zu %zu %zu\n", strspn(s, "leh"), strcspn(s, " "), strcspn(s, "xyz"));
	printf("pbrk %s %s\n", shown(strpbrk(s, "wo")), shown(strpbrk(s, "xyz")));
	printf("mem %s %s\n", shown(memchr(s, 'o', 5)), shown(memchr(s, 'o', 4)));
	printf("memr %s %s\n", shown(memrchr(s, 'o', 5)), shown(memrchr(s, 'o', 4)));
	printf("raw %s mem %s\n", (char *)rawmemchr(s, 'w'), shown(memmem(s, 11, "o w", 3)));
	printf("len %zu %zu %zu\n", strlen(s), strnlen(s, 4), strnlen(s, 40));
	printf("base %s %s\n", basename("/usr/lib"), basename("lib"));
}

static void comparisons(const char *a, const char *b)
{
	printf("cmp %d %d %d\n", sign(strcmp(a, b)), sign(strncmp(a, b, 3)), sign(strncmp(a, b, 0)));
	printf("case %d %d\n", sign(strcasecmp(a, b)), sign(strncasecmp(a, b, 4)));
	printf("mem %d %d\n", sign(memcmp(a, b, 3)), bcmp(a, b, 4) != 0);
	printf("coll %d vers %d\n", sign(strcoll(a, b)), sign(strverscmp("file10", "file9")));
	printf("xfrm %zu %s\n", strxfrm(buffer, a, sizeof buffer), buffer);
}

static void copies(void)
{
	memset(buffer, '.', sizeof buffer - 1);
	printf("stpcpy %td\n", stpcpy(buffer, "abc") - buffer);
	assert(strcmp(buffer, "abc") == 0 && buffer[4] == '.');
	printf("strcat %s\n", strcat(buffer, "def"));
	printf("strncat %s %s\n", strncat(buffer, "ghijk", 2), strncat(buffer, "x", 5));
	memset(buffer, '.', 20);
	printf("strncpy %.12s\n", strncpy(buffer, "abcdef", 3));
	strncpy(buffer, "ab", 6);
	assert(memcmp(buffer, "ab\0\0\0\0..", 8) == 0);
	printf("stpncpy %td %td\n", stpncpy(buffer, "abc", 8) - buffer, stpncpy(buffer, "abcdef", 4) - buffer);
	printf("memccpy %td %d\n", (char *)memccpy(buffer, "one;two", ';', 8) - buffer, !memccpy(buffer, "abc", 'z', 3));
	printf("mempcpy %td\n", (char *)mempcpy(buffer, "12345", 6) - buffer);
	memmove(buffer + 1, buffer, 6);
	printf("memmove %s\n", buffer);
	bcopy("right", buffer, 6);
	swab("badc", buffer + 10, 4);
	printf("bcopy %s swab %.4s\n", buffer, buffer + 10);
	bzero(buffer, 3);
	explicit_bzero(buffer + 3, 3);
	assert(memcmp(buffer, "\0\0\0\0\0\0", 6) == 0);
	memfrob(memcpy(buffer, "secret", 7), 6);
	memfrob(buffer, 6);
	char *one = strdup("twice"), *two = strndup("twice", 3), *three = strndup("twice", 30);
	printf("frob %s dup %s %s %s\n", buffer, one, two, three);
	free(one);
	free(two);
	free(three);
}

int main(void)
{
	searches("hello world");
	comparisons("abcd", "abCd");
	comparisons("abc", "abcd");
	copies();
	return 0;
}
