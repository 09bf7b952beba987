/* The command line, with argp. */
#include "options.h"

#include <argp.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wordexp.h>

#include "scenario.h"

enum {
	KEY_CC = 256, KEY_CFLAGS, KEY_ENTRY, KEY_STRATEGY, KEY_TIME, KEY_SPURIOUS_WAKEUPS,
	KEY_SIMULATE, KEY_SEED, KEY_MAX_EXECUTIONS, KEY_TIMEOUT, KEY_MAX_EVENTS,
	KEY_STEP_TIMEOUT, KEY_STACK_SIZE, KEY_MEMORY, KEY_SPIN, KEY_LEAKS, KEY_UNINIT, KEY_MAIN_EXIT, KEY_NONDET,
	KEY_KEEP_GOING, KEY_VERIFY_RESTORE, KEY_JSON, KEY_TRACE, KEY_REPLAY,
	KEY_DOT, KEY_SVG, KEY_PNG, KEY_COLOR, KEY_EXPECT, KEY_CHECK_EXPECTATIONS, KEY_BACKEND, KEY_RUNS, KEY_RUN_TIMEOUT,
	KEY_SUPPRESS, KEY_STDIN, KEY_COVERAGE,
};

const char *argp_program_version = "simcheck " SIMCHECK_VERSION;

static const char options_doc[] =
	"Explores the ways in which the threads of a C program can interleave, and proves that none goes wrong or shows "
	"one that does.\v"
	"Examples:\n"
	"  simcheck prog.c                      check it; tell what goes wrong\n"
	"  simcheck --svg=prog.svg prog.c       draw the schedule that goes wrong, too\n"
	"  simcheck --replay=prog.trace prog.c  follow a schedule that --trace wrote\n"
	"  simcheck -DN=2 a.c b.c -- -v         two files, a macro, an argument\n"
	"  simcheck ./prog                      what make CC=simcheck-cc has built; also .o and .a files\n"
	"  simcheck --check-expectations *.c    each against its SIMCHECK-EXPECT line\n"
	"  simcheck --simulate prog.c           run it once, in virtual time, and show what it prints\n"
	"  simcheck --backend=pthread prog.c    run it on real threads, 100 times\n"
	"\n"
	"Exit status: 0 proved, or simulated and nothing went wrong; 1 something goes wrong; 2 wrong usage, a file that is missing or does not compile, a call "
	"that cannot be simulated, a trace that no longer fits; 3 nothing found, but not everything explored; 70 an error "
	"of simcheck itself.";

static const struct argp_option options_table[] = {
	{NULL, 0, NULL, 0, "Compiling:", 1},
	{"cc", KEY_CC, "COMMAND", 0, "C compiler: gcc or clang (default: cc)", 0},
	{"define", 'D', "NAME[=VALUE]", 0, "Define a macro", 0},
	{"include", 'I', "FOLDER", 0, "Look for headers there", 0},
	{"cflags", KEY_CFLAGS, "OPTIONS", 0, "Options for the compiler; -l, -L and -Wl, go to the linker", 0},
	{"entry", KEY_ENTRY, "NAME", 0, "Run the function NAME, which takes no arguments, instead of main", 0},
	{NULL, 0, NULL, 0, "Exploring:", 2},
	{"strategy", KEY_STRATEGY, "NAME", 0, "How to explore: dpor, one execution per class (default); sleepsets, "
		"the same, and some that are given up half-way (default in virtual time); dfs, all interleavings", 0},
	{"time", KEY_TIME, "SEMANTICS", 0, "any: a timeout may come at any point (default); virtual: a clock goes on "
		"to the next deadline when no thread can", 0},
	{"spurious-wakeups", KEY_SPURIOUS_WAKEUPS, "N", 0, "In each thread up to N waits on conditions of POSIX or C11 may end "
		"although nobody woke them (default: 0)", 0},
	{"spin", KEY_SPIN, "RULE", 0, "wait: a thread that polls waits until what it reads has changed (default); "
		"explore: every attempt is an event", 0},
	{"main-exit", KEY_MAIN_EXIT, "WHAT", 0, "process: a return from main ends the program, as POSIX says (default); thread: "
		"its other threads go on", 0},
	{"nondet", KEY_NONDET, "A..B", 0, "Values that __VERIFIER_nondet_int() and its like take (default: 0..1)", 0},
	{"stdin", KEY_STDIN, "FILE", 0, "What the program reads from its standard input (default: nothing; with --simulate, what is "
		"there)", 0},
	{"uninit", KEY_UNINIT, NULL, 0, "Look for reads of memory of the heap that was never written", 0},
	{"leaks", KEY_LEAKS, NULL, 0, "Look for memory of the heap that nothing points to when the program ends", 0},
	{"keep-going", KEY_KEEP_GOING, NULL, 0, "Look for everything that goes wrong, not just the first", 0},
	{"coverage", KEY_COVERAGE, NULL, 0, "Tell which lines and operations no execution reached", 0},
	{"suppress", KEY_SUPPRESS, "FILE", 0, "Races that are intended, by 'race function NAME' or 'race FILE:LINE' in each line, "
		"are no findings", 0},
	{"replay", KEY_REPLAY, "FILE", 0, "Follow the schedule in FILE instead of exploring", 0},
	{"simulate", KEY_SIMULATE, NULL, 0, "Run it once, in virtual time, and show what it prints, instead of exploring", 0},
	{"seed", KEY_SEED, "N", 0, "Simulate another schedule for each N; 0: the threads take turns (default)", 0},
	{"verify-restore", KEY_VERIFY_RESTORE, NULL, 0, "Check that each return to an earlier state is exact (slow)", 0},
	{NULL, 0, NULL, 0, "Limits (0: none):", 3},
	{"max-executions", KEY_MAX_EXECUTIONS, "N", 0, "Stop after N executions (default: no limit)", 0},
	{"timeout", KEY_TIMEOUT, "SECONDS", 0, "Stop after that time (default: no limit)", 0},
	{"max-events", KEY_MAX_EVENTS, "N", 0, "Cut executions longer than N events (default: 10000)", 0},
	{"step-timeout", KEY_STEP_TIMEOUT, "SECONDS", 0, "CPU time that a thread may compute between two events "
		"(default: 3)", 0},
	{"stack-size", KEY_STACK_SIZE, "BYTES", 0, "Stack of each thread; K, M and G may follow (default: 8M)", 0},
	{"memory", KEY_MEMORY, "BYTES", 0, "Heap of the program (default: 1G)", 0},
	{NULL, 0, NULL, 0, "Output:", 4},
	{"json", KEY_JSON, "FILE", 0, "Write the report as JSON; - is the standard output, without the text", 0},
	{"trace", KEY_TRACE, "FILE", 0, "Write the schedule that goes wrong, for --replay", 0},
	{"dot", KEY_DOT, "FILE", 0, "Draw it for Graphviz", 0},
	{"svg", KEY_SVG, "FILE", 0, "Draw it as SVG", 0},
	{"png", KEY_PNG, "FILE", 0, "Draw it as PNG", 0},
	{"color", KEY_COLOR, "WHEN", 0, "auto (default), always or never; NO_COLOR in the environment is respected", 0},
	{"quiet", 'q', NULL, 0, "Only the verdict and a line for each finding", 0},
	{NULL, 0, NULL, 0, "Regression tests:", 5},
	{"check-expectations", KEY_CHECK_EXPECTATIONS, NULL, 0, "Exit with 0 when the findings are exactly those of the "
		"SIMCHECK-EXPECT lines, with 1 when not; each FILE is a program of its own", 0},
	{"expect", KEY_EXPECT, "KIND[:CAUSE],...", 0, "The same, with these findings, or safe, in place of the lines", 0},
	{NULL, 0, NULL, 0, "Real threads:", 6},
	{"backend", KEY_BACKEND, "NAME", 0, "cooperative: explore (default); pthread: just run, on real threads", 0},
	{"runs", KEY_RUNS, "N", 0, "How often to run (default: 100)", 0},
	{"run-timeout", KEY_RUN_TIMEOUT, "SECONDS", 0, "A run that takes longer hangs (default: 10)", 0},
	{NULL, 0, NULL, 0, "Help:", -1},
	{0},
};

/* One parse. Lifetime: one call of argp_parse(). */
struct options_input {
	struct options *options;
	char *error; /* out: what is wrong with a value */
};

/* Ends the process with a message, or, where argp is told to be silent, leaves the message in the input. */
static error_t options_wrong(struct argp_state *state, int key, const char *value, const char *expected)
{
	struct options_input *input = state->input;
	const struct argp_option *option = options_table;

	while (option->key != key)
		option++;
	free(input->error);
	input->error = str_printf("--%s=%s: %s", option->name, value, expected);
	argp_error(state, "%s", input->error);
	return EINVAL;
}

static error_t options_count(struct argp_state *state, int key, const char *text, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	if (errno || *end || *text < '0' || *text > '9')
		return options_wrong(state, key, text, "a number is needed");
	return 0;
}

/* "A..B": at most as many numbers as one choice can have outcomes. */
static error_t options_range(struct argp_state *state, int key, const char *text, int64_t *low, int64_t *high)
{
	char *dots, *end;

	errno = 0;
	*low = strtoll(text, &dots, 10);
	*high = dots > text && strncmp(dots, "..", 2) == 0 ? strtoll(dots + 2, &end, 10) : 0;
	if (dots == text || strncmp(dots, "..", 2) != 0 || errno || end == dots + 2 || *end || *low > *high ||
		(uint64_t)*high - (uint64_t)*low >= UINT16_MAX)
		return options_wrong(state, key, text, "a range of up to 65535 numbers is needed, such as -1..10");
	return 0;
}

static error_t options_seconds(struct argp_state *state, int key, const char *text, double *value)
{
	char *end;

	*value = strtod(text, &end);
	if (end == text || *end || !isfinite(*value) || *value < 0)
		return options_wrong(state, key, text, "a number of seconds is needed");
	return 0;
}

static error_t options_bytes(struct argp_state *state, int key, const char *text, uint64_t *value)
{
	static const char units[] = "KMG";
	char *end;
	const char *unit;
	int shift = 0;

	errno = 0;
	*value = strtoull(text, &end, 10);
	if (end > text && *end && (unit = strchr(units, *end))) {
		shift = 10 * (int)(unit - units + 1);
		end++;
	}
	if (errno || *end || *text < '0' || *text > '9' || *value == 0 || *value > UINT64_MAX >> shift)
		return options_wrong(state, key, text, "a number of bytes is needed, such as 65536, 64K or 1M");
	*value <<= shift;
	return 0;
}

/* Adds the words of `text`, split and unquoted as a shell would. */
static int options_words(struct str_list *list, const char *text)
{
	wordexp_t words;

	if (wordexp(text, &words, WRDE_NOCMD | WRDE_UNDEF) != 0)
		return -1;
	for (size_t i = 0; i < words.we_wordc; i++)
		str_list_add(list, words.we_wordv[i]);
	wordfree(&words);
	return 0;
}

static void options_set(char **text, const char *value)
{
	free(*text);
	*text = str_copy(value);
}

static error_t options_parse_compiling(int key, char *value, struct argp_state *state, struct options *options)
{
	switch (key) {
	case KEY_CC:
		options_set(&options->cc, value);
		return 0;
	case 'D':
	case 'I':
		str_list_take(&options->flags, str_printf("-%c%s", key, value));
		return 0;
	case KEY_CFLAGS:
		if (options_words(&options->flags, value) < 0)
			return options_wrong(state, key, value, "not a list of words; quote what a shell would need quoted");
		return 0;
	case KEY_ENTRY:
		options_set(&options->config.entry, value);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t options_parse_exploring(int key, char *value, struct argp_state *state, struct options *options)
{
	struct sim_config *config = &options->config;

	switch (key) {
	case KEY_STRATEGY:
		options_set(&config->strategy, value);
		return 0;
	case KEY_TIME:
		options_set(&config->time, value);
		options->time_given = true;
		if (strcmp(value, "any") != 0 && strcmp(value, "virtual") != 0)
			return options_wrong(state, key, value, "write any or virtual");
		return 0;
	case KEY_SPURIOUS_WAKEUPS:
		return options_count(state, key, value, &config->spurious_wakeups);
	case KEY_SPIN:
		config->explore_spin = strcmp(value, "explore") == 0;
		if (!config->explore_spin && strcmp(value, "wait") != 0)
			return options_wrong(state, key, value, "write wait or explore");
		return 0;
	case KEY_MAIN_EXIT:
		config->main_ends_alone = strcmp(value, "thread") == 0;
		if (!config->main_ends_alone && strcmp(value, "process") != 0)
			return options_wrong(state, key, value, "write process or thread");
		return 0;
	case KEY_NONDET:
		return options_range(state, key, value, &config->nondet_low, &config->nondet_high);
	case KEY_UNINIT:
		config->uninit = true;
		return 0;
	case KEY_LEAKS:
		config->leaks = true;
		return 0;
	case KEY_KEEP_GOING:
		config->keep_going = true;
		return 0;
	case KEY_COVERAGE:
		config->coverage = true;
		return 0;
	case KEY_VERIFY_RESTORE:
		config->verify_restore = true;
		return 0;
	case KEY_MAX_EXECUTIONS:
		return options_count(state, key, value, &config->max_executions);
	case KEY_TIMEOUT:
		return options_seconds(state, key, value, &config->timeout_s);
	case KEY_MAX_EVENTS:
		return options_count(state, key, value, &config->max_events);
	case KEY_STEP_TIMEOUT:
		return options_seconds(state, key, value, &config->step_timeout_s);
	case KEY_STACK_SIZE:
		return options_bytes(state, key, value, &config->stack_size);
	case KEY_MEMORY:
		return options_bytes(state, key, value, &config->memory);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t options_parse_color(int key, char *value, struct argp_state *state, struct options *options)
{
	if (strcmp(value, "auto") == 0)
		options->color = OPTIONS_COLOR_AUTO;
	else if (strcmp(value, "always") == 0)
		options->color = OPTIONS_COLOR_ALWAYS;
	else if (strcmp(value, "never") == 0)
		options->color = OPTIONS_COLOR_NEVER;
	else
		return options_wrong(state, key, value, "write auto, always or never");
	return 0;
}

/* Where an option that is a file name belongs; NULL: it is none. */
static char **options_file_name(struct options *options, int key)
{
	switch (key) {
	case KEY_JSON: return &options->json;
	case KEY_TRACE: return &options->trace;
	case KEY_REPLAY: return &options->replay;
	case KEY_SUPPRESS: return &options->suppress;
	case KEY_DOT: return &options->dot;
	case KEY_SVG: return &options->svg;
	case KEY_PNG: return &options->png;
	case KEY_STDIN: return &options->config.input;
	default: return NULL;
	}
}

static error_t options_parse_rest(int key, char *value, struct argp_state *state, struct options *options)
{
	char **file = options_file_name(options, key);

	if (file) {
		options_set(file, value);
		return *value ? 0 : options_wrong(state, key, value, "a file name is needed");
	}
	switch (key) {
	case KEY_SIMULATE:
		options->config.simulate = true;
		return 0;
	case KEY_SEED:
		options->seed_given = true;
		return options_count(state, key, value, &options->config.seed);
	case KEY_COLOR:
		return options_parse_color(key, value, state, options);
	case 'q':
		options->quiet = true;
		return 0;
	case KEY_EXPECT:
		options_set(&options->expect, value);
		options->check_expectations = true;
		return 0;
	case KEY_CHECK_EXPECTATIONS:
		options->check_expectations = true;
		return 0;
	case KEY_BACKEND:
		options->native = strcmp(value, "pthread") == 0;
		if (!options->native && strcmp(value, "cooperative") != 0)
			return options_wrong(state, key, value, "write cooperative or pthread");
		return 0;
	case KEY_RUNS:
		return options_count(state, key, value, &options->n_runs);
	case KEY_RUN_TIMEOUT:
		return options_seconds(state, key, value, &options->run_timeout_s);
	case ARGP_KEY_ARG:
		str_list_add(&options->files, value);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* What a program may say of itself: how to compile and to explore it, never where to write or what to run instead. */
static error_t options_parse_own(int key, char *value, struct argp_state *state)
{
	struct options_input *input = state->input;
	error_t result = key == KEY_CC ? EINVAL : options_parse_compiling(key, value, state, input->options);

	return result == ARGP_ERR_UNKNOWN ? options_parse_exploring(key, value, state, input->options) : result;
}

static error_t options_parse_any(int key, char *value, struct argp_state *state)
{
	struct options_input *input = state->input;
	error_t result = options_parse_compiling(key, value, state, input->options);

	if (result == ARGP_ERR_UNKNOWN)
		result = options_parse_exploring(key, value, state, input->options);
	if (result == ARGP_ERR_UNKNOWN)
		result = options_parse_rest(key, value, state, input->options);
	if (key == ARGP_KEY_NO_ARGS)
		argp_error(state, "no program: name the C files to check");
	return result;
}

static const struct argp options_argp = {
	.options = options_table,
	.parser = options_parse_any,
	.args_doc = "FILE... [-- ARGUMENT...]",
	.doc = options_doc,
};

static void options_init(struct options *options)
{
	*options = (struct options){.cc = str_copy("cc"), .n_runs = 100, .run_timeout_s = 10};
	config_init(&options->config);
}

static void options_parse_line(struct options *options, int argc, char **argv)
{
	struct options_input input = {.options = options};
	int n = 0;

	/* argp would move file names behind the "--". */
	while (n < argc && strcmp(argv[n], "--") != 0)
		n++;
	for (int i = n + 1; i < argc; i++)
		str_list_add(&options->arguments, argv[i]);
	argp_err_exit_status = 2;
	/* Messages begin with it, and must not depend on the folder. */
	argv[0] = program_invocation_short_name;
	argp_parse(&options_argp, n, argv, 0, NULL, &input);
	free(input.error);
}

bool options_is_batch(const struct options *options)
{
	return options->check_expectations && options->files.n > 1;
}

/* What cannot be had together, as a line; NULL: all is well. */
static const char *options_conflict(const struct options *options)
{
	bool draws = options->dot || options->svg || options->png;

	if (options->native && (options->json || options->trace || options->replay || draws || options->check_expectations))
		return "--backend=pthread only runs the program: it has no report, schedule or expectations";
	if (options_is_batch(options) && (options->json || options->trace || options->replay || draws))
		return "--check-expectations with several programs writes no files and follows no trace; check them one by one";
	if (options->replay && options->check_expectations)
		return "--replay follows one schedule: there are no expectations to check";
	if (options->config.simulate && (options->native || options->replay || options->check_expectations))
		return "--simulate makes one run: it does not go with --backend=pthread, --replay or --check-expectations";
	if (options->seed_given && !options->config.simulate)
		return "--seed chooses the schedule of --simulate";
	if (options->native && options->n_runs == 0)
		return "--runs=0: nothing would be run";
	return NULL;
}

void options_parse(struct options *options, int argc, char **argv)
{
	const char *conflict;

	options_init(options);
	options_parse_line(options, argc, argv);
	conflict = options_conflict(options);
	if (conflict) {
		fprintf(stderr, "simcheck: %s\n", conflict);
		exit(2);
	}
}

/* One word of a SIMCHECK-OPTIONS line. */
static int options_parse_word(struct options *options, const char *file, char *word, char **error)
{
	static const struct argp own = {.options = options_table, .parser = options_parse_own};
	struct options_input input = {.options = options};
	char name[] = "simcheck";
	char *argv[] = {name, word, NULL};

	if (argp_parse(&own, 2, argv, ARGP_SILENT, NULL, &input) == 0)
		return 0;
	if (input.error)
		*error = str_printf("%s: SIMCHECK-OPTIONS: %s", file, input.error);
	else
		*error = str_printf("%s: SIMCHECK-OPTIONS: %s is not an option that a program may set (write --name=value)",
			file, word);
	free(input.error);
	return -1;
}

static int options_parse_file(struct options *options, const char *file, char **error)
{
	struct scenario scenario;
	struct str_list words = {0};
	int result = 0;

	scenario_read(&scenario, file);
	for (size_t i = 0; i < scenario.options.n && result == 0; i++) {
		result = options_words(&words, scenario.options.items[i]);
		if (result < 0)
			*error = str_printf("%s: SIMCHECK-OPTIONS: not a list of words: %s", file, scenario.options.items[i]);
	}
	for (size_t i = 0; i < words.n && result == 0; i++)
		result = options_parse_word(options, file, words.items[i], error);
	str_list_release(&words);
	scenario_release(&scenario);
	return result;
}

int options_parse_for(struct options *options, int argc, char **argv, const struct str_list *files, char **error)
{
	int result = 0;

	options_init(options);
	for (size_t i = 0; i < files->n && result == 0; i++)
		result = options_parse_file(options, files->items[i], error);
	if (result < 0) {
		options_release(options);
		return result;
	}
	options_parse_line(options, argc, argv);
	str_list_release(&options->files);
	str_list_add_all(&options->files, files);
	return 0;
}

void options_release(struct options *options)
{
	char *strings[] = {options->cc, options->json, options->trace, options->replay, options->dot, options->svg,
		options->png, options->expect, options->suppress};

	for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
		free(strings[i]);
	str_list_release(&options->files);
	str_list_release(&options->arguments);
	str_list_release(&options->flags);
	config_release(&options->config);
	*options = (struct options){0};
}
