/*
 * Which bytes functions of the C library read and write for a program: exactly those that the standard lets them look at,
 * not one more. Each call is made by a simulated thread, whose accesses are noted, and compared with a list: "ra0-4 wb0-1"
 * are reads of bytes 0 to 4 of `a` and writes of bytes 0 to 1 of `b`. Then all calls are made again with memory that races,
 * where functions work on copies of what they have read, piece by piece: with the same results.
 */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <wchar.h>

#include "world.h"

#define WRAPPED(name) extern __typeof__(name) __wrap_##name;
WRAPPED(memccpy) WRAPPED(memchr) WRAPPED(memcmp) WRAPPED(memcpy) WRAPPED(memfrob) WRAPPED(memmem) WRAPPED(memmove)
WRAPPED(mempcpy) WRAPPED(memrchr) WRAPPED(memset) WRAPPED(rawmemchr) WRAPPED(swab) WRAPPED(explicit_bzero)
WRAPPED(stpcpy) WRAPPED(stpncpy) WRAPPED(strcasecmp) WRAPPED(strcasestr) WRAPPED(strcat) WRAPPED(strchr) WRAPPED(strchrnul)
WRAPPED(strcmp) WRAPPED(strcoll) WRAPPED(strcpy) WRAPPED(strcspn) WRAPPED(strlen) WRAPPED(strncasecmp) WRAPPED(strncat)
WRAPPED(strncmp) WRAPPED(strncpy) WRAPPED(strnlen) WRAPPED(strpbrk) WRAPPED(strrchr) WRAPPED(strspn) WRAPPED(strstr)
WRAPPED(strxfrm) WRAPPED(strtol) WRAPPED(strtod) WRAPPED(atoi)
WRAPPED(wcschr) WRAPPED(wcscmp) WRAPPED(wcscpy) WRAPPED(wcslen) WRAPPED(wcsncat) WRAPPED(wcsstr) WRAPPED(wmemchr)
WRAPPED(wmemcmp) WRAPPED(wmemset)
WRAPPED(snprintf) WRAPPED(sprintf)

enum { SIZE = 64, N_AREAS = 4 };

/* What calls work on: `p` holds pointers and counts, `w` wide characters. */
static _Alignas(16) char a[SIZE], b[SIZE], p[SIZE];
static wchar_t w[SIZE / sizeof(wchar_t)];
static const struct area {
	char name, *start;
} areas[N_AREAS] = {{'a', a}, {'b', b}, {'p', p}, {'w', (char *)w}};

static bool touched[2][N_AREAS][SIZE]; /* [RACE_WRITE] */
static char complaints[8192];
static bool races, finished;

static void note(struct world *world, uintptr_t address, size_t size, int type, uint32_t site)
{
	(void)world, (void)site;
	for (int i = 0; i < N_AREAS; i++)
		for (size_t n = 0; n < size; n++) {
			uintptr_t offset = address + n - (uintptr_t)areas[i].start;
			if (offset < SIZE)
				touched[type & RACE_WRITE][i][offset] = true;
		}
}

static void describe(char *text, size_t size)
{
	size_t length = 0;
	*text = 0;
	for (int type = 0; type < 2; type++)
		for (int i = 0; i < N_AREAS; i++)
			for (int from = 0, to; from < SIZE; from = to + 1) {
				for (to = from; to < SIZE && touched[type][i][to]; to++)
					;
				if (to > from)
					length += (size_t)snprintf(text + length, size - length, "%s%c%c%d-%d", length ? " " : "",
						type ? 'w' : 'r', areas[i].name, from, to - 1);
			}
}

static void begin(const char *one, const char *two)
{
	memset(a, 'A', SIZE);
	memset(b, 'B', SIZE);
	memset(p, 0, SIZE);
	memcpy(a, one, strlen(one) + 1);
	memcpy(b, two, strlen(two) + 1);
	for (size_t i = 0; i < SIZE / sizeof *w; i++)
		w[i] = i < strlen(one) ? one[i] : 0;
	memset(touched, 0, sizeof touched);
}

static void expect(const char *call, bool holds, const char *expected)
{
	char found[512];
	size_t length = strlen(complaints);
	describe(found, sizeof found);
	if (!holds)
		snprintf(complaints + length, sizeof complaints - length, "%s\n", call);
	else if (!races && strcmp(found, expected) != 0)
		snprintf(complaints + length, sizeof complaints - length, "%s: %s, not %s\n", call, found, expected);
}

/* With "`one`" in `a` and `w` and "`two`" in `b`, `condition` holds and the call in it touches `expected`. */
#define CALL(one, two, condition, expected) \
	do { \
		begin(one, two); \
		bool holds = (condition); \
		expect(#condition, holds, expected); \
	} while (0)

static void memory_calls(void)
{
	CALL("hello", "", __wrap_memchr(a, 'l', 5) == a + 2, "ra0-2");
	CALL("hello", "", !__wrap_memchr(a, 'z', 5), "ra0-4");
	CALL("hello", "", __wrap_rawmemchr(a, 'o') == a + 4, "ra0-4");
	CALL("hello", "", __wrap_memrchr(a, 'l', 5) == a + 3, "ra3-4");
	CALL("hello", "", !__wrap_memrchr(a, 'z', 5), "ra0-4");
	CALL("hello", "ll", __wrap_memmem(a, 5, b, 2) == a + 2, "ra0-3 rb0-1");
	CALL("hello", "lz", !__wrap_memmem(a, 5, b, 2), "ra0-4 rb0-1");
	CALL("hello", "lz", __wrap_memmem(a, 5, b, 0) == a, "");
	CALL("hello", "help", __wrap_memcmp(a, b, 5) < 0, "ra0-4 rb0-4");
	CALL("hello", "", __wrap_memcpy(b, a, 3) == b && b[2] == 'l', "ra0-2 wb0-2");
	CALL("hello", "", __wrap_mempcpy(b, a, 3) == b + 3, "ra0-2 wb0-2");
	CALL("hello", "", __wrap_memmove(a + 1, a, 4) && !strcmp(a, "hhell"), "ra0-3 wa1-4");
	CALL("a long text of many pieces", "", __wrap_memmove(a, a + 2, 24) && !strncmp(a, "long text of many pieces", 24),
		"ra2-25 wa0-23");
	CALL("hello", "", __wrap_memccpy(b, a, 'l', 9) == b + 3, "ra0-2 wb0-2");
	CALL("hello", "", !__wrap_memccpy(b, a, 'z', 4), "ra0-3 wb0-3");
	CALL("hello", "", __wrap_memset(a + 1, 'x', 20) && a[20] == 'x', "wa1-20");
	CALL("hello", "", (__wrap_explicit_bzero(a, 2), !a[1]), "wa0-1");
	CALL("hello", "", (__wrap_swab(a, b, 5), !memcmp(b, "ehll", 4)), "ra0-3 wb0-3");
	CALL("hello", "", __wrap_memfrob(a, 2) && a[0] == ('h' ^ 42), "ra0-1 wa0-1");
}

static void string_searches(void)
{
	CALL("hello", "", __wrap_strlen(a) == 5, "ra0-5");
	CALL("hello", "", __wrap_strnlen(a, 3) == 3, "ra0-2");
	CALL("hello", "", __wrap_strnlen(a, 9) == 5, "ra0-5");
	CALL("hello", "", __wrap_strchr(a, 'l') == a + 2, "ra0-2");
	CALL("hello", "", !__wrap_strchr(a, 'z'), "ra0-5");
	CALL("hello", "", __wrap_strchr(a, 0) == a + 5, "ra0-5");
	CALL("hello", "", __wrap_strchrnul(a, 'z') == a + 5, "ra0-5");
	CALL("hello", "", __wrap_strrchr(a, 'l') == a + 3, "ra0-5");
	CALL("hello world", "lo w", __wrap_strstr(a, b) == a + 3, "ra0-6 rb0-4");
	CALL("hello world", "low", !__wrap_strstr(a, b), "ra0-11 rb0-3");
	CALL("hello world", "", __wrap_strstr(a, b) == a, "rb0-0");
	CALL("hello world", "LO W", __wrap_strcasestr(a, b) == a + 3, "ra0-6 rb0-4");
	CALL("hello", "leh", __wrap_strspn(a, b) == 4, "ra0-4 rb0-3");
	CALL("hello", "ol", __wrap_strcspn(a, b) == 2, "ra0-2 rb0-2");
	CALL("hello", "xyz", __wrap_strcspn(a, b) == 5, "ra0-5 rb0-3");
	CALL("hello", "ol", __wrap_strpbrk(a, b) == a + 2, "ra0-2 rb0-2");
	CALL("hello", "xyz", !__wrap_strpbrk(a, b), "ra0-5 rb0-3");
}

static void string_comparisons(void)
{
	CALL("hello", "help", __wrap_strcmp(a, b) < 0, "ra0-3 rb0-3");
	CALL("hello", "hello", __wrap_strcmp(a, b) == 0, "ra0-5 rb0-5");
	CALL("hello", "hell", __wrap_strcmp(a, b) > 0, "ra0-4 rb0-4");
	CALL("hello", "help", __wrap_strncmp(a, b, 3) == 0, "ra0-2 rb0-2");
	CALL("hello", "help", __wrap_strncmp(a, b, 0) == 0, "");
	CALL("hello", "HELp", __wrap_strcasecmp(a, b) < 0, "ra0-3 rb0-3");
	CALL("hello", "HELp", __wrap_strncasecmp(a, b, 3) == 0, "ra0-2 rb0-2");
	CALL("a string longer than a piece", "a string longer than a pie", __wrap_strcmp(a, b) > 0, "ra0-26 rb0-26");
	CALL("hello", "help", __wrap_strcoll(a, b) < 0, "ra0-5 rb0-4");
}

static void string_copies(void)
{
	CALL("hello", "", __wrap_strcpy(b, a) == b && !strcmp(b, "hello"), "ra0-5 wb0-5");
	CALL("hello", "", __wrap_stpcpy(b, a) == b + 5, "ra0-5 wb0-5");
	CALL("hello", "", __wrap_strncpy(b, a, 3) == b && !strncmp(b, "hel", 3), "ra0-2 wb0-2");
	CALL("hello", "", __wrap_strncpy(b, a, 9) == b && !b[8], "ra0-5 wb0-8");
	CALL("hello", "", __wrap_stpncpy(b, a, 9) == b + 5, "ra0-5 wb0-8");
	CALL("hello", "", __wrap_stpncpy(b, a, 2) == b + 2, "ra0-1 wb0-1");
	CALL("hello", "say ", __wrap_strcat(b, a) == b && !strcmp(b, "say hello"), "ra0-5 rb0-4 wb4-9");
	CALL("hello", "say ", __wrap_strncat(b, a, 2) == b && !strcmp(b, "say he"), "ra0-1 rb0-4 wb4-6");
	CALL("hello", "say ", __wrap_strncat(b, a, 9) == b && !strcmp(b, "say hello"), "ra0-5 rb0-4 wb4-9");
	CALL("hello", "", __wrap_strxfrm(b, a, 3) == 5, "ra0-5 wb0-2");
}

static void numbers(void)
{
	CALL(" -17x", "", __wrap_atoi(a) == -17, "ra0-4");
	CALL("42", "", __wrap_atoi(a) == 42, "ra0-2");
	CALL("0x1Fg", "", __wrap_strtol(a, (char **)p, 0) == 31 && *(char **)p == a + 4, "ra0-4 wp0-7");
	CALL("0xg", "", __wrap_strtol(a, (char **)p, 16) == 0 && *(char **)p == a + 1, "ra0-2 wp0-7");
	CALL("789", "", __wrap_strtol(a, NULL, 8) == 7, "ra0-1");
	CALL("1.5e3,", "", __wrap_strtod(a, (char **)p) == 1500 && *(char **)p == a + 5, "ra0-5 wp0-7");
	CALL("2-1", "", __wrap_strtod(a, NULL) == 2, "ra0-1");
	CALL("infinity!", "", __wrap_strtod(a, (char **)p) > 1e300 && *(char **)p == a + 8, "ra0-8 wp0-7");
}

static void wide_calls(void)
{
	CALL("hello", "", __wrap_wcslen(w) == 5, "rw0-23");
	CALL("hello", "", __wrap_wcschr(w, L'l') == w + 2, "rw0-11");
	CALL("hello", "", __wrap_wmemchr(w, L'l', 5) == w + 2, "rw0-11");
	CALL("hello", "", __wrap_wcsstr(w, L"ll") == w + 2, "rw0-15");
	CALL("hello", "", __wrap_wcscmp(w, L"help") < 0, "rw0-15");
	CALL("hello", "", __wrap_wmemcmp(w, L"hel", 2) == 0, "rw0-7");
	CALL("hello", "", __wrap_wcscpy(w + 1, L"x") == w + 1, "ww4-11");
	CALL("hi", "", __wrap_wcsncat(w, L"xyz", 2) == w && w[3] == L'y', "rw0-11 ww8-19");
	CALL("hello", "", __wrap_wmemset(w, L'x', 2) == w && w[1] == L'x', "ww0-7");
}

static void printed(void)
{
	CALL("hello", "", __wrap_snprintf(b, 4, "%s", a) == 5 && !strcmp(b, "hel"), "ra0-5 wb0-3");
	CALL("hello", "", __wrap_snprintf(b, 20, "%.3s", a) == 3 && !strcmp(b, "hel"), "ra0-2 wb0-3");
	CALL("hello", "", __wrap_snprintf(b, 20, "%.*s|%d", 2, a, 7) == 4 && !strcmp(b, "he|7"), "ra0-1 wb0-4");
	CALL("hello", "", __wrap_snprintf(NULL, 0, "%s", a) == 5, "ra0-5");
	CALL("hello", "", __wrap_sprintf(b, "%8.1f", 2.5) == 8, "wb0-8");
	CALL("hello", "", __wrap_sprintf(b, "%s%n", a, (int *)p) == 5 && *(int *)p == 5, "ra0-5 wb0-5 wp0-3");
	CALL("hello", "", __wrap_sprintf(b, "%2$s%1$hn", (short *)p, a) == 5 && *(short *)p == 5, "ra0-5 wb0-5 wp0-1");
	CALL("hello", "", __wrap_sprintf(b, "%ls", w) == 5 && !strcmp(b, "hello"), "rw0-23 wb0-5");
}

static void all_calls(void *unused)
{
	(void)unused;
	memory_calls();
	string_searches();
	string_comparisons();
	string_copies();
	numbers();
	wide_calls();
	printed();
	finished = true;
}

static void run(void)
{
	static struct world world;
	struct world_options options = {.stack_size = 1 << 20, .heap_size = 1 << 20, .max_events = 10000};
	struct world_program program = {.entry = all_calls, .globals_low = (uintptr_t)a & ~(uintptr_t)0xFFFF};
	char error[256];
	program.globals_high = program.globals_low + 0x40000;
	ck_assert_int_eq(world_init(&world, &options, &program, error, sizeof error), 0);
	world.on_access = note;
	for (int i = 0; races && i < N_AREAS; i++)
		race_promote(&world.execution.race, (uintptr_t)areas[i].start, SIZE);
	world_begin(&world);
	while (execution_choices(&world.execution, 0))
		execution_step(&world.execution, 0, 0);
	ck_assert_msg(!*complaints, "%s", complaints);
	ck_assert(finished);
	if (races)
		ck_assert_uint_gt(world.execution.n_events, 100);
}

START_TEST(exactly_these_bytes)
{
	run();
}
END_TEST

START_TEST(same_results_in_pieces)
{
	races = true;
	run();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ranges");
	TCase *tcase = tcase_create("ranges");

	tcase_add_test(tcase, exactly_these_bytes);
	tcase_add_test(tcase, same_results_in_pieces);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
