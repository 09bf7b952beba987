#include "findings.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* More findings than a test can expect. */
enum { FINDINGS_MAX = 64 };

/* Whether `finding` is what the word says. */
static bool findings_is_called(const struct sim_check_finding *finding, const char *word)
{
	char name[128];

	snprintf(name, sizeof name, "%s%s%s", finding->kind, finding->cause ? " " : "",
		finding->cause ? finding->cause : "");
	return strcmp(name, word) == 0;
}

bool findings_match(const char *expected, const struct sim_check_result *result)
{
	bool safe = strcmp(expected, "safe") == 0, met[FINDINGS_MAX] = {0};
	char text[256], *rest, *word;
	size_t n = 0;

	if (result->verdict != (safe ? SIM_CHECK_PROVED : SIM_CHECK_BUG) || result->n_findings > FINDINGS_MAX)
		return false;
	snprintf(text, sizeof text, "%s", safe ? "" : expected);
	for (word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		size_t i = 0;

		word += strspn(word, " ");
		while (i < result->n_findings && (met[i] || !findings_is_called(&result->findings[i], word)))
			i++;
		if (i == result->n_findings)
			return false;
		met[i] = true;
		n++;
	}
	return n == result->n_findings;
}

static void findings_recurs(const char *path, const char *entry, const struct sim_check_finding *finding)
{
	struct sim_check_options options = {.entry = entry, .replay = finding->trace};
	struct sim_check_result result;
	enum sim_check_status status = sim_check_file(path, &options, &result);
	bool again = false;

	for (size_t i = 0; i < result.n_findings; i++)
		again |= strcmp(result.findings[i].kind, finding->kind) == 0 &&
			strcmp(result.findings[i].message, finding->message) == 0;
	ck_assert_msg(status == SIM_CHECK_OK && again, "%s: replay: expected %s, but: %s", entry ? entry : path,
		finding->message, sim_check_summary(&result));
	sim_check_result_release(&result);
}

void findings_recur(const char *path, const char *entry, const struct sim_check_result *result)
{
	for (size_t i = 0; i < result->n_findings; i++)
		findings_recurs(path, entry, &result->findings[i]);
}
