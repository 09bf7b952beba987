/*
 * No input makes simcheck crash, hang, flood the terminal, or leave something behind. Random changes are made to what it
 * reads - traces, programs, command lines, what the two processes tell each other - and each time it has to end in good time
 * with an exit status that is documented, and one line that says what is wrong, if something is.
 *
 *   mutations [--kind=NAME] [--seed=N] [--cases=N] [FILE...]
 *
 * A case is made of its seed and kind alone. Those that fail are kept in the current folder, as mutation-KIND-SEED; given
 * as FILE, such a file is tried as it is.
 */
#include <argp.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mutate.h"
#include "observe.h"

enum { MAX_WORDS = 24, MOST_OUTPUT = 256 * 1024, MOST_LINE = 2000 };

/* Seconds: what is tried is small, but the machine may be busy. */
static const double patience_s = 60;

/* What is changed in a case, and how it is tried. */
struct kind {
	const char *name;
	/* Runs the case `text`, which is `n` bytes. */
	struct observed (*run)(const char *text, size_t n);
	bool (*is_status)(int status);
	bool compiles; /* messages of the compiler may follow the first line */
};

static char home[PATH_MAX];
static glob_t sources, reports; /* programs; texts that the kinds begin with */
static char *config, *messages; /* what front and worker told each other about one program */
static unsigned n_failed, n_ended[256]; /* by exit status */

/* ---- the kinds --------------------------------------------------------------------------------------------------- */

static bool is_documented(int status)
{
	return status >= 0 && status <= 3;
}

/* Where one process gets nonsense from the other it may say so as an internal error. */
static bool is_documented_or_internal(int status)
{
	return is_documented(status) || status == 70;
}

static struct observed run_words(const char *const *words)
{
	return observe(words, NULL, patience_s);
}

static struct observed run_source(const char *text, size_t n)
{
	observe_write("case.c", text, n);
	return run_words((const char *const[]){SIMCHECK, "--timeout=2", "--step-timeout=0.2", "--memory=64M",
		"--keep-going", "case.c", NULL});
}

/* The trace of the case belongs to the program that its first line names. */
static struct observed run_trace(const char *text, size_t n)
{
	size_t line = strcspn(text, "\n");
	char program[PATH_MAX];

	snprintf(program, sizeof program, "%.*s", (int)line, text);
	observe_write("case.trace", text + line + (line < n), n - line - (line < n));
	return run_words((const char *const[]){SIMCHECK, "--step-timeout=0.2", "--timeout=2", "--replay=case.trace", program, NULL});
}

/* Words end in lines. */
static struct observed run_options(const char *text, size_t n)
{
	const char *words[MAX_WORDS + 4] = {SIMCHECK};
	char *copy = strndup(text, n), *rest = copy;
	size_t n_words = 1;

	for (char *word; n_words < MAX_WORDS && (word = strsep(&rest, "\n"));)
		words[n_words++] = word;
	struct observed observed = run_words(words);
	free(copy);
	return observed;
}

static struct observed run_config(const char *text, size_t n)
{
	observe_write("case.json", text, n);
	return observe((const char *const[]){WORKER, NULL}, "case.json", patience_s);
}

static struct observed run_messages(const char *text, size_t n)
{
	observe_write("case.messages", text, n);
	setenv("SIMCHECK_WORKER", "./teller", 1);
	struct observed observed = run_words((const char *const[]){SIMCHECK, "plain.c", NULL});
	unsetenv("SIMCHECK_WORKER");
	return observed;
}

static const struct kind kinds[] = {
	{"trace", run_trace, is_documented, true},     {"source", run_source, is_documented, true},
	{"options", run_options, is_documented, true}, {"config", run_config, is_documented_or_internal, false},
	{"messages", run_messages, is_documented_or_internal, false},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* ---- what they begin with ---------------------------------------------------------------------------------------- */

static const char *any_path(struct mutant *choice, const glob_t *paths)
{
	return paths->gl_pathv[mutant_below(choice, (unsigned)paths->gl_pathc)];
}

/* Options as --help lists them, with values that fit or do not, and files. */
static struct mutant make_options(uint64_t seed)
{
	static const char *const words[] = {
		"--cflags=-O1", "-DN=2", "--entry=main", "--entry=nothing", "-I.", "--keep-going", "--main-exit=thread",
		"--nondet=0..1", "--nondet=3..-3", "--replay=none", "--replay=plain.c", "--seed=1", "--simulate", "--spin=explore",
		"--stdin=plain.c", "--strategy=dfs", "--strategy=sleepsets", "--suppress=plain.c", "--time=virtual", "--verify-restore",
		"--max-events=5", "--max-executions=2", "--memory=1M", "--stack-size=64K", "--color=always", "--dot=a.dot",
		"--json=-", "--json=a.json", "-q", "--svg=a.svg", "--trace=a.trace", "--check-expectations", "--expect=deadlock",
		"--expect=", "--version", "--help", "--usage", "--", "-", "plain.c", "plain.c", "plain.c", "none.c", ".", "a.o",
		"case.trace", "--timeout=1", "--step-timeout=0.3", "--coverage",
	};
	struct mutant made = mutant_make("", 0, seed);
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	for (unsigned left = 1 + mutant_below(&made, 8); left > 0; left--)
		fprintf(out, "%s\n", words[mutant_below(&made, sizeof words / sizeof *words)]);
	fprintf(out, "plain.c");
	fclose(out);
	free(made.bytes);
	made.bytes = text;
	made.n = n;
	return made;
}

/* A text of the kind, as it would be right, to be changed. */
static struct mutant make_right(const struct kind *kind, uint64_t seed)
{
	struct mutant choice = {.random = seed};
	size_t n;
	char *text;

	if (kind->run == run_options)
		return make_options(seed);
	if (kind->run == run_source)
		text = observe_read(any_path(&choice, &sources), &n);
	else if (kind->run == run_trace)
		text = observe_read(any_path(&choice, &reports), &n);
	else
		n = strlen(text = strdup(kind->run == run_config ? config : messages));
	struct mutant right = mutant_make(text, n, seed);
	free(text);
	return right;
}

/* A trace, and in front of it a line with the program that it is of. */
static void prepare_trace(const char *program, int number)
{
	char name[32], *trace, *both;
	size_t n;
	struct observed observed = run_words((const char *const[]){SIMCHECK, "--trace=right.trace", program, NULL});

	if (observed.status == 1) {
		snprintf(name, sizeof name, "report-%02d", number);
		trace = observe_read("right.trace", &n);
		n = (size_t)asprintf(&both, "%s\n%s", program, trace);
		observe_write(name, both, n);
		free(trace);
		free(both);
	}
	observed_release(&observed);
}

/* What goes from the front to the worker, and back. */
static void prepare_messages(void)
{
	static const char recorder[] = "#!/bin/sh\ncat >config.json\nexec " WORKER " <config.json 3>messages.json\n";
	static const char teller[] = "#!/bin/sh\ncat >/dev/null\ncat case.messages >&3\n";
	struct observed observed;

	observe_write("recorder", recorder, sizeof recorder - 1);
	observe_write("teller", teller, sizeof teller - 1);
	chmod("recorder", 0700);
	chmod("teller", 0700);
	setenv("SIMCHECK_WORKER", "./recorder", 1);
	observed = run_words((const char *const[]){SIMCHECK, "plain.c", NULL});
	unsetenv("SIMCHECK_WORKER");
	observed_release(&observed);
	config = observe_read("config.json", NULL);
	messages = observe_read("messages.json", NULL);
}

static void prepare(void)
{
	size_t n;
	char *plain;

	if (glob(SIM_PROGRAMS "/*.c", 0, NULL, &sources) != 0 || !getcwd(home, sizeof home)) {
		fputs("mutations: there are no programs\n", stderr);
		exit(2);
	}
	observe_begin();
	plain = observe_read(SIM_SCENARIOS "/deadlock_abba.c", &n);
	observe_write("plain.c", plain, n);
	free(plain);
	prepare_trace("plain.c", 0);
	for (int i = 0; i < (int)sources.gl_pathc && i < 12; i++)
		prepare_trace(sources.gl_pathv[i], 1 + i);
	prepare_messages();
	glob("report-*", 0, NULL, &reports);
}

/* ---- judging ----------------------------------------------------------------------------------------------------- */

/* Of several programs each has its line on standard output. */
static bool is_told_in_one_line(const struct observed *observed)
{
	if (observed->n_error == 0)
		return strstr(observed->output, " could not be checked\n") != NULL;
	return strncmp(observed->error, "simcheck: ", 10) == 0 && strcspn(observed->error, "\n") < MOST_LINE;
}

/* A worker ends with a report, or says why there is none. */
static bool is_answered(const struct observed *observed)
{
	return strstr(observed->messages, "{\"type\":\"report\"") || strstr(observed->messages, "{\"type\":\"error\"");
}

/* What is wrong with what came of a case; NULL: nothing. */
static const char *judge(const struct kind *kind, const struct observed *observed)
{
	if (observed->hung)
		return "hangs";
	if (observed->status < 0)
		return "is ended by a signal";
	if (!kind->is_status(observed->status))
		return "ends with an exit status that it should not have";
	if (observed->left_process)
		return "leaves a process";
	if (observed->left_file)
		return "leaves a temporary file";
	if (observed->n_output > MOST_OUTPUT || observed->n_error > MOST_OUTPUT)
		return "says too much";
	if (kind->run != run_config && observed->status == 2 && !is_told_in_one_line(observed))
		return "does not say what is wrong";
	if (kind->run == run_config && !is_answered(observed))
		return "gives no answer";
	return NULL;
}

static void keep(const struct kind *kind, uint64_t seed, const struct mutant *mutant)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/mutation-%s-%llu", home, kind->name, (unsigned long long)seed);
	observe_write(path, mutant->bytes, mutant->n);
	printf("  kept as %s\n", path);
}

static void try(const struct kind *kind, uint64_t seed, const struct mutant *mutant, bool keeps)
{
	struct observed observed = kind->run(mutant->bytes, mutant->n);
	const char *wrong = judge(kind, &observed);

	n_ended[observed.status & 255]++;

	if (wrong) {
		n_failed++;
		printf("%s %llu %s (%d)\n%.300s\n", kind->name, (unsigned long long)seed, wrong, observed.status, observed.error);
		if (keeps)
			keep(kind, seed, mutant);
	}
	observed_release(&observed);
}

static void try_seed(const struct kind *kind, uint64_t seed)
{
	struct mutant mutant = make_right(kind, seed * N_KINDS + (uint64_t)(kind - kinds));

	mutant_change(&mutant);
	try(kind, seed, &mutant, true);
	mutant_release(&mutant);
}

/* A file that was kept, by its name. */
static void try_file(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = (slash ? slash + 1 : path) + strlen("mutation-");
	struct mutant mutant = {0};

	for (int i = 0; i < N_KINDS; i++)
		if (strncmp(name, kinds[i].name, strlen(kinds[i].name)) == 0) {
			mutant.bytes = observe_read(path, &mutant.n);
			try(&kinds[i], 0, &mutant, false);
			mutant_release(&mutant);
		}
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

static struct {
	const struct kind *kind; /* NULL: all in turn */
	uint64_t seed, n_cases;
	char *files[64];
	int n_files;
} chosen = {.seed = 1, .n_cases = 100};

static const struct argp_option options[] = {
	{"kind", 'k', "NAME", 0, "trace, source, options, config or messages (default: all in turn)", 0},
	{"seed", 's', "N", 0, "First seed (1)", 0},
	{"cases", 'c', "N", 0, "So many seeds (100)", 0},
	{0},
};

static error_t take_option(int key, char *argument, struct argp_state *state)
{
	switch (key) {
	case 'k':
		for (int i = 0; i < N_KINDS; i++)
			if (strcmp(kinds[i].name, argument) == 0)
				chosen.kind = &kinds[i];
		if (!chosen.kind)
			argp_error(state, "there is no kind %s", argument);
		return 0;
	case 's':
		chosen.seed = strtoull(argument, NULL, 10);
		return 0;
	case 'c':
		chosen.n_cases = strtoull(argument, NULL, 10);
		return 0;
	case ARGP_KEY_ARG:
		if (chosen.n_files == (int)(sizeof chosen.files / sizeof *chosen.files))
			argp_error(state, "too many files");
		chosen.files[chosen.n_files++] = realpath(argument, NULL);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int main(int argc, char **argv)
{
	static const struct argp parser = {options, take_option, "[FILE...]", "Gives simcheck inputs with mistakes.", NULL, NULL, NULL};

	argp_parse(&parser, argc, argv, 0, NULL, NULL);
	prepare();
	for (int i = 0; i < chosen.n_files; i++)
		if (chosen.files[i])
			try_file(chosen.files[i]);
	for (uint64_t i = 0; i < chosen.n_cases && !chosen.n_files; i++) {
		uint64_t seed = chosen.seed + i;

		try_seed(chosen.kind ? chosen.kind : &kinds[seed % N_KINDS], seed);
		fflush(stdout);
	}
	observe_end();
	for (int status = 0; status < 256; status++)
		if (n_ended[status])
			printf("%u ended with %d\n", n_ended[status], status);
	printf("%u failed\n", n_failed);
	return n_failed != 0;
}
