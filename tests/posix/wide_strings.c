/* Memory and strings of wide characters. */
#define _GNU_SOURCE
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

static wchar_t buffer[32];

static long at(const wchar_t *s, const wchar_t *found)
{
	return found ? found - s : -1;
}

int main(void)
{
	static const wchar_t s[] = L"hello world";

	printf("chr %ld %ld %ld\n", at(s, wcschr(s, L'l')), at(s, wcschr(s, L'z')), at(s, wcschrnul(s, L'z')));
	printf("rchr %ld str %ld %ld %ld\n", at(s, wcsrchr(s, L'o')), at(s, wcsstr(s, L"o w")), at(s, wcsstr(s, L"ow")), at(s, wcsstr(s, L"")));
	printf("spn %zu %zu pbrk %ld\n", wcsspn(s, L"leh"), wcscspn(s, L" "), at(s, wcspbrk(s, L"wo")));
	printf("mem %ld %ld\n", at(s, wmemchr(s, L'o', 5)), at(s, wmemchr(s, L'o', 4)));
	printf("len %zu %zu %zu\n", wcslen(s), wcsnlen(s, 3), wcsnlen(s, 30));
	printf("cmp %d %d %d %d\n", wcscmp(L"abc", L"abd"), wcscmp(L"b", L"a"), wcscmp(L"a", L"a"), wcsncmp(L"abx", L"aby", 2));
	printf("case %d %d\n", wcscasecmp(L"AbC", L"aBc"), wcsncasecmp(L"ABx", L"aby", 2));
	printf("memcmp %d coll %d\n", wmemcmp(L"abc", L"abd", 3), wcscoll(L"a", L"b") < 0);
	wmemset(buffer, L'.', 30);
	assert(wcpcpy(buffer, L"abc") == buffer + 3 && buffer[4] == L'.');
	printf("%ls\n", wcscat(buffer, L"def"));
	printf("%ls\n", wcsncat(buffer, L"ghijk", 2));
	assert(wcpncpy(buffer, L"xy", 5) == buffer + 2 && !buffer[4] && buffer[5] == L'f');
	printf("%ls %ls\n", wcsncpy(buffer, L"abcdef", 1), wcscpy(buffer + 10, L"copied"));
	assert(wmempcpy(buffer, L"12345", 6) == buffer + 6);
	wmemmove(buffer + 1, buffer, 6);
	printf("%ls\n", buffer);
	wmemcpy(buffer, L"9", 1);
	wchar_t *copy = wcsdup(buffer);
	printf("%ls\n", copy);
	free(copy);
	return 0;
}
