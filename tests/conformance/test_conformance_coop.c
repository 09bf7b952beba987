/*
 * The conformance bodies on the cooperative backend: each is checked as a program, in all its interleavings. A body
 * without misuse must be proved; with one, that misuse must be the only finding.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <simcheck/check.h>

#include "bodies.h"

static const struct conformance_body bodies[] = {
#define BODY(name, cause) { #name, NULL, cause },
#include "bodies.def"
#undef BODY
};

#define N_BODIES ((int)(sizeof(bodies) / sizeof(*bodies)))

/* The file of a body: its name begins with the noun. */
static void body_file(const struct conformance_body *body, char *path, size_t size)
{
	snprintf(path, size, SIM_BODIES "/bodies_%.*s.c", (int)strcspn(body->name, "_"), body->name);
}

START_TEST(test_body)
{
	const struct conformance_body *body = &bodies[_i];
	struct sim_check_options options = {
		.entry = body->name,
		.strategy = "dfs",
		.time = "any",
		.keep_going = true,
	};
	struct sim_check_result result;
	char path[1024];

	body_file(body, path, sizeof(path));
	ck_assert_msg(sim_check_file(path, &options, &result) == SIM_CHECK_OK, "%s: %s", body->name,
		sim_check_summary(&result));
	if (body->misuse == NULL)
		ck_assert_msg(result.verdict == SIM_CHECK_PROVED, "%s: %s", body->name, sim_check_summary(&result));
	else
		ck_assert_msg(result.n_findings == 1 && sim_check_has(&result, "misuse", body->misuse), "%s: %s",
			body->name, sim_check_summary(&result));
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("conformance, cooperative");
	TCase *body_case = tcase_create("bodies");
	SRunner *runner;
	int n_failed;

	tcase_set_timeout(body_case, 120);
	tcase_add_loop_test(body_case, test_body, 0, N_BODIES);
	suite_add_tcase(suite, body_case);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
