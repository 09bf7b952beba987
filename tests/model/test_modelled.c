/* What src/program/externals.def calls modelled is there: the worker defines a function for each. */
#include <check.h>
#include <stdio.h>

#include "externals.h"
#include "objects.h"

START_TEST(modelled_ones_are_there)
{
	char name[128];

	for (size_t i = 0; i < external_n_modelled(); i++) {
		snprintf(name, sizeof name, "__wrap_%s", external_modelled(i));
		ck_assert_msg(objects_has_function(SIM_WORKER, name), "%s is not defined by the worker", name);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("modelled functions");
	TCase *tcase = tcase_create("modelled functions");

	tcase_add_test(tcase, modelled_ones_are_there);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
