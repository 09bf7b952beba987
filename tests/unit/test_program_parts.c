/* The parts of src/program that need no compiler: external functions, make rules, keys, the cache's folder. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cache.h"
#include "depfile.h"
#include "externals.h"
#include "key.h"
#include "str.h"

static const char *const names[] = {
#define MODELLED(name) #name,
#define HARMLESS(name) #name,
#define REFUSED(name, why) #name,
#include "externals.def"
#undef MODELLED
#undef HARMLESS
#undef REFUSED
};
static const size_t n_names = sizeof names / sizeof names[0];

START_TEST(each_external_stands_in_the_table_once)
{
	for (size_t i = 0; i < n_names; i++) {
		for (size_t j = i + 1; j < n_names; j++) {
			if (strcmp(names[i], names[j]) == 0) /* an assertion in here would tell Check half a million times */
				ck_abort_msg("%s stands twice", names[i]);
		}
	}
}
END_TEST

START_TEST(externals_have_their_class)
{
	static const struct {
		const char *name;
		enum external_class class;
	} expected[] = {
		{"pthread_mutex_lock", EXTERNAL_MODELLED},
		{"malloc", EXTERNAL_MODELLED},
		{"__tsan_read4", EXTERNAL_MODELLED},
		{"__wrap_malloc", EXTERNAL_MODELLED},
		{"sim_lock_acquire", EXTERNAL_MODELLED},
		{"sqrt", EXTERNAL_HARMLESS},
		{"stdout", EXTERNAL_HARMLESS},
		{"fork", EXTERNAL_REFUSED},
		{"strtok", EXTERNAL_MODELLED},
		{"getloadavg", EXTERNAL_UNKNOWN},
		{"__wrap_sqrt", EXTERNAL_UNKNOWN},
		{"pthread_mutex_lockx", EXTERNAL_UNKNOWN},
		{"", EXTERNAL_UNKNOWN},
	};

	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		ck_assert_msg(external_classify(expected[i].name, NULL) == expected[i].class, "%s", expected[i].name);
}
END_TEST

START_TEST(refused_externals_say_why)
{
	const char *why = "left over";

	ck_assert_int_eq(external_classify("fork", &why), EXTERNAL_REFUSED);
	ck_assert_str_eq(why, "processes are not modelled");
	ck_assert_int_eq(external_classify("malloc", &why), EXTERNAL_MODELLED);
	ck_assert_ptr_null(why);
}
END_TEST

START_TEST(modelled_externals_are_all_of_that_class)
{
	size_t n = 0;

	for (size_t i = 0; i < n_names; i++)
		n += external_classify(names[i], NULL) == EXTERNAL_MODELLED;
	ck_assert_uint_eq(external_n_modelled(), n);
	for (size_t i = 0; i < n; i++)
		ck_assert_int_eq(external_classify(external_modelled(i), NULL), EXTERNAL_MODELLED);
}
END_TEST

START_TEST(make_rules_are_read)
{
	static const struct {
		const char *rule;
		size_t n;
		const char *names[3];
	} cases[] = {
		{"it: a.c\n", 1, {"a.c"}},
		{"it: a.c b.h \\\n c.h\n", 3, {"a.c", "b.h", "c.h"}},
		{"it: a.c\\\n b.h\n", 2, {"a.c", "b.h"}},
		{"it: my\\ file.c a\\#b.h c$$d.h\n", 3, {"my file.c", "a#b.h", "c$d.h"}},
		{"it: a.c a.c b.h\n", 2, {"a.c", "b.h"}},
		{"it: a:b.c", 1, {"a:b.c"}},
		{"it:\n", 0, {NULL}},
		{"", 0, {NULL}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str_list files = {0};

		depfile_parse(cases[i].rule, &files);
		ck_assert_msg(files.n == cases[i].n, "rule %zu: %zu names", i, files.n);
		for (size_t j = 0; j < files.n; j++)
			ck_assert_str_eq(files.items[j], cases[i].names[j]);
		str_list_release(&files);
	}
}
END_TEST

static void key_of(char text[KEY_SIZE], const char *a, const char *b)
{
	struct key key;

	key_start(&key);
	key_add_text(&key, a);
	key_add_text(&key, b);
	key_finish(&key, text);
}

START_TEST(keys_tell_where_a_part_ends)
{
	char one[KEY_SIZE], two[KEY_SIZE], again[KEY_SIZE];

	key_of(one, "ab", "c");
	key_of(two, "a", "bc");
	key_of(again, "ab", "c");
	ck_assert_uint_eq(strlen(one), 32);
	ck_assert_str_ne(one, two);
	ck_assert_str_eq(one, again);
}
END_TEST

static char folder[] = "/tmp/simcheck-test-XXXXXX";

static void make_folder(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_CACHE_HOME", folder, 1);
}

/* Two levels are all that these tests make. */
static void remove_folder(void)
{
	char *inner = str_printf("%s/simcheck", folder);

	cache_remove_work_folder(str_printf("%s/traces", inner));
	cache_remove_work_folder(inner);
	cache_remove_work_folder(str_copy(folder));
}

START_TEST(cache_folder_is_made_where_the_environment_says)
{
	char *error = NULL;
	char *expected = str_printf("%s/simcheck/traces", folder);
	char *path = cache_folder("traces", &error);

	ck_assert_str_eq(path, expected);
	ck_assert_int_eq(access(path, W_OK), 0);
	free(path);
	free(expected);
}
END_TEST

START_TEST(cache_folder_that_others_may_write_to_is_not_used)
{
	char *error = NULL, *path = cache_folder(NULL, &error), *other;

	ck_assert_int_eq(chmod(path, 0777), 0);
	other = cache_folder(NULL, &error);
	ck_assert_ptr_nonnull(other);
	ck_assert_str_ne(other, path);
	free(other);
	free(path);
}
END_TEST

START_TEST(prune_removes_the_oldest)
{
	char *error = NULL, *path = cache_folder(NULL, &error);

	/* Ages in an order of their own: 2.so is the oldest, then 0.so, then 1.so. */
	static const time_t ages[] = {20, 30, 10};

	for (int i = 0; i < 3; i++) {
		char *file = str_printf("%s/%d.so", path, i);
		struct timespec times[2] = {{.tv_sec = ages[i]}, {.tv_sec = ages[i]}};
		int fd = open(file, O_CREAT | O_WRONLY, 0600);

		ck_assert_int_ge(fd, 0);
		close(fd);
		utimensat(AT_FDCWD, file, times, 0);
		free(file);
	}
	cache_prune(path, ".exe", 0);
	cache_prune(path, ".so", 1);
	for (int i = 0; i < 3; i++) {
		char *file = str_printf("%s/%d.so", path, i);

		ck_assert_int_eq(access(file, F_OK) == 0, i == 1);
		free(file);
	}
	free(path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("program parts");
	TCase *pure = tcase_create("pure"), *files = tcase_create("files");

	tcase_set_timeout(pure, 60);
	tcase_add_test(pure, each_external_stands_in_the_table_once);
	tcase_add_test(pure, externals_have_their_class);
	tcase_add_test(pure, refused_externals_say_why);
	tcase_add_test(pure, modelled_externals_are_all_of_that_class);
	tcase_add_test(pure, make_rules_are_read);
	tcase_add_test(pure, keys_tell_where_a_part_ends);
	tcase_add_checked_fixture(files, make_folder, remove_folder);
	tcase_add_test(files, cache_folder_is_made_where_the_environment_says);
	tcase_add_test(files, cache_folder_that_others_may_write_to_is_not_used);
	tcase_add_test(files, prune_removes_the_oldest);
	suite_add_tcase(suite, pure);
	suite_add_tcase(suite, files);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
