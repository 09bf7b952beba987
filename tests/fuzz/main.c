/*
 * fuzz: compares a strategy, dpor by default, with plain depth-first search on random programs, or on programs from files.
 * Exit status: 0 no difference, 1 a difference, 2 usage.
 */
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "generate.h"
#include "shrink.h"

static struct {
	uint64_t seed, n_programs;
	int family; /* -1: all, in turn */
	bool only_prints, no_shrink;
	struct compare_options compare;
	uint64_t verify_every;
	char **files;
	int n_files;
} fuzz = {.seed = 1, .n_programs = 0, .family = -1, .verify_every = 16,
          .compare = {.tested = &strategy_dpor, .max_executions = 20000}};

/* What came of the programs of one family. */
static struct tally {
	uint64_t programs, too_large, different, executions, classes, largest, passes, polls, all_polls;
} tallies[GENERATE_N_FAMILIES];

enum { OPTION_MAX_EXECUTIONS = 256, OPTION_PRINT, OPTION_NO_SHRINK, OPTION_VERIFY_EVERY, OPTION_STRATEGY, OPTION_TIME };

static const struct argp_option options[] = {
	{"seed", 's', "N", 0, "First seed (1)", 0},
	{"programs", 'p', "N", 0, "Compare the programs of N seeds, all kinds in turn", 0},
	{"kind", 'k', "NAME", 0, "Only programs of this kind", 0},
	{"max-executions", OPTION_MAX_EXECUTIONS, "N", 0, "Leave out programs with more schedules (20000)", 0},
	{"verify-every", OPTION_VERIFY_EVERY, "N", 0, "Compare the state after each restore in every Nth program (16; 0: none)", 0},
	{"strategy", OPTION_STRATEGY, "NAME", 0, "The strategy to compare with dfs (dpor)", 0},
	{"time", OPTION_TIME, "SEMANTICS", 0, "any (default) or virtual", 0},
	{"print", OPTION_PRINT, NULL, 0, "Print the programs, do nothing else", 0},
	{"no-shrink", OPTION_NO_SHRINK, NULL, 0, "Print programs that differ as they were made", 0},
	{NULL, 0, NULL, 0, NULL, 0}};

static uint64_t fuzz_number(const char *text, struct argp_state *state)
{
	char *end;
	errno = 0;
	uint64_t n = strtoull(text, &end, 10);
	if (errno || end == text || *end)
		argp_error(state, "%s is not a number", text);
	return n;
}

static error_t fuzz_option(int key, char *argument, struct argp_state *state)
{
	switch (key) {
	case 's':
		fuzz.seed = fuzz_number(argument, state);
		return 0;
	case 'p':
		fuzz.n_programs = fuzz_number(argument, state);
		return 0;
	case 'k':
		fuzz.family = generate_family(argument);
		if (fuzz.family < 0)
			argp_error(state, "there is no kind %s", argument);
		return 0;
	case OPTION_MAX_EXECUTIONS:
		fuzz.compare.max_executions = fuzz_number(argument, state);
		return 0;
	case OPTION_VERIFY_EVERY:
		fuzz.verify_every = fuzz_number(argument, state);
		return 0;
	case OPTION_STRATEGY:
		fuzz.compare.tested = strategy_find(argument);
		if (!fuzz.compare.tested)
			argp_error(state, "there is no strategy %s", argument);
		return 0;
	case OPTION_TIME:
		fuzz.compare.virtual_time = strcmp(argument, "virtual") == 0;
		if (!fuzz.compare.virtual_time && strcmp(argument, "any") != 0)
			argp_error(state, "there is no time %s", argument);
		return 0;
	case OPTION_PRINT:
		fuzz.only_prints = true;
		return 0;
	case OPTION_NO_SHRINK:
		fuzz.no_shrink = true;
		return 0;
	case ARGP_KEY_ARGS:
		fuzz.files = state->argv + state->next;
		fuzz.n_files = state->argc - state->next;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static bool fuzz_differs(const struct compare_result *result)
{
	return result->verdict != COMPARE_SAME && result->verdict != COMPARE_TOO_LARGE;
}

static void fuzz_tell(const struct compare_result *result)
{
	printf("# %s: %llu schedules, %llu classes; the strategy: %llu executions, %llu classes\n",
	       compare_verdict_name(result->verdict), (unsigned long long)result->oracle_executions,
	       (unsigned long long)result->classes, (unsigned long long)result->executions,
	       (unsigned long long)result->found_classes);
}

static void fuzz_tally(struct tally *tally, const struct compare_result *result)
{
	tally->programs++;
	if (result->verdict == COMPARE_TOO_LARGE) {
		tally->too_large++;
		return;
	}
	tally->different += fuzz_differs(result);
	tally->executions += result->oracle_executions;
	tally->classes += result->classes;
	tally->passes += result->passes;
	tally->polls += result->has_polls;
	tally->all_polls += result->compared_polls;
	if (result->classes > tally->largest)
		tally->largest = result->classes;
}

static void fuzz_run_seed(uint64_t seed)
{
	struct program program;
	int family = fuzz.family >= 0 ? fuzz.family : (int)(seed % GENERATE_N_FAMILIES);
	generate_program(&program, seed, family);
	if (fuzz.only_prints) {
		program_print(&program, stdout);
		return;
	}
	fuzz.compare.verifies = fuzz.verify_every && seed % fuzz.verify_every == 0;
	struct compare_result result = compare_program(&program, &fuzz.compare);
	fuzz_tally(&tallies[family], &result);
	if (!fuzz_differs(&result))
		return;
	printf("# fuzz --seed=%llu --kind=%s --programs=1\n", (unsigned long long)seed, generate_family_name(family));
	fuzz_tell(&result);
	if (!fuzz.no_shrink) {
		result = shrink_program(&program, &fuzz.compare);
		fuzz_tell(&result);
	}
	program_print(&program, stdout);
	printf("\n");
	fflush(stdout);
}

static uint64_t fuzz_summarise(void)
{
	struct tally all = {0};
	printf("%-9s %9s %9s %12s %12s %9s %9s %9s %10s\n", "kind", "programs", "too large", "schedules", "classes", "most", "polling",
	       "all tries", "different");
	for (int i = 0; i <= GENERATE_N_FAMILIES; i++) {
		const struct tally *t = i < GENERATE_N_FAMILIES ? &tallies[i] : &all;
		if (t->programs)
			printf("%-9s %9llu %9llu %12llu %12llu %9llu %9llu %9llu %10llu\n", t == &all ? "all" : generate_family_name(i),
			       (unsigned long long)t->programs, (unsigned long long)t->too_large, (unsigned long long)t->executions,
			       (unsigned long long)t->classes, (unsigned long long)t->largest, (unsigned long long)t->polls,
			       (unsigned long long)t->all_polls, (unsigned long long)t->different);
		all.programs += t->programs;
		all.too_large += t->too_large;
		all.executions += t->executions;
		all.classes += t->classes;
		all.different += t->different;
		all.polls += t->polls;
		all.all_polls += t->all_polls;
		all.largest = t->largest > all.largest ? t->largest : all.largest;
	}
	return all.different;
}

static bool fuzz_run_seeds(void)
{
	for (uint64_t i = 0; i < fuzz.n_programs; i++) {
		fuzz_run_seed(fuzz.seed + i);
		if ((i + 1) % 10000 == 0 && !fuzz.only_prints)
			fprintf(stderr, "%llu programs\n", (unsigned long long)i + 1);
	}
	return fuzz.n_programs && !fuzz.only_prints && fuzz_summarise();
}

/* Returns the exit status that the file calls for. */
static int fuzz_run_file(const char *path)
{
	struct program program;
	FILE *in = fopen(path, "r");
	if (!in) {
		fprintf(stderr, "fuzz: %s: %s\n", path, strerror(errno));
		return 2;
	}
	int line = program_parse(&program, in);
	fclose(in);
	if (line) {
		fprintf(stderr, "fuzz: %s:%d: not understood\n", path, line);
		return 2;
	}
	fuzz.compare.verifies = fuzz.verify_every;
	struct compare_result result = compare_program(&program, &fuzz.compare);
	printf("%s ", path);
	fuzz_tell(&result);
	if (fuzz_differs(&result) && result.verdict != COMPARE_ABORTED)
		explain_difference(&program, &fuzz.compare);
	return result.verdict != COMPARE_SAME;
}

int main(int argc, char **argv)
{
	static const struct argp argp = {options, fuzz_option, "[FILE...]",
	                                 "Compares a strategy with plain depth-first search.", NULL, NULL, NULL};
	int status = 0;
	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 2;
	for (int i = 0; i < fuzz.n_files && status < 2; i++) {
		int one = fuzz_run_file(fuzz.files[i]);
		status = one > status ? one : status;
	}
	return status < 2 && fuzz_run_seeds() ? 1 : status;
}
