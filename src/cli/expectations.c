/* What is expected of a check. */
#include "expectations.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"deadlock", "data-race", "assertion", "crash", "memory", "misuse", "livelock",
	"exception", "nontermination"};
static const char *const deadlock_causes[] = {"lock-cycle", "self-deadlock", "lost-wakeup", "orphaned-lock",
	"barrier-underfill", "join-cycle", "semaphore-starved", "queue-starved", "pipe-starved", "eventfd-starved",
	"event-never-set", "mixed"};

static bool expectations_knows(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

/* Other kinds have causes that grow with the primitives; those of a deadlock are a closed list. */
static int expectations_check(const char *kind, const char *cause, char **error)
{
	if (!expectations_knows(kinds, sizeof kinds / sizeof kinds[0], kind))
		*error = str_printf("'%s' is no kind of finding; write safe, deadlock, data-race, assertion, crash, memory, "
			"misuse, livelock, exception or nontermination", kind);
	else if (cause && strcmp(kind, "deadlock") == 0 &&
		!expectations_knows(deadlock_causes, sizeof deadlock_causes / sizeof deadlock_causes[0], cause))
		*error = str_printf("'%s' is no cause of a deadlock", cause);
	return *error ? -1 : 0;
}

/* Adds one; `cause` may be empty for none. */
static int expectations_add_pair(struct expectations *expectations, const char *kind, const char *cause, char **error)
{
	*error = NULL;
	if (strcmp(kind, "safe") == 0 && !*cause) {
		expectations->safe = true;
	} else {
		if (expectations_check(kind, *cause ? cause : NULL, error) < 0)
			return -1;
		expectations->items = str_checked(realloc(expectations->items,
			(expectations->n + 1) * sizeof *expectations->items));
		expectations->items[expectations->n++] = (struct expectation){
			.kind = str_copy(kind),
			.cause = *cause ? str_copy(cause) : NULL,
		};
	}
	if (expectations->safe && expectations->n > 0) {
		*error = str_printf("a program cannot be expected to be safe and to have a finding");
		return -1;
	}
	return 0;
}

/* Splits at the first of `separators` and adds. */
static int expectations_add_split(struct expectations *expectations, const char *text, const char *separators,
	char **error)
{
	char *kind = str_copy(text), *cause = kind + strcspn(kind, separators);
	int result;

	if (*cause) {
		*cause++ = 0;
		cause += strspn(cause, separators);
	}
	if (cause[strcspn(cause, " \t:")]) {
		*error = str_printf("'%s' has more words than a kind and a cause", text);
		result = -1;
	} else {
		result = expectations_add_pair(expectations, kind, cause, error);
	}
	free(kind);
	return result;
}

int expectations_add(struct expectations *expectations, const char *text, char **error)
{
	return expectations_add_split(expectations, text, " \t", error);
}

int expectations_add_option(struct expectations *expectations, const char *text, char **error)
{
	char *copy = str_copy(text), *rest = copy, *item;
	int result = 0;

	while (result == 0 && (item = strsep(&rest, ",")))
		result = expectations_add_split(expectations, item, ":", error);
	free(copy);
	return result;
}

static bool expectations_fits(const struct expectation *expectation, const struct sim_finding *finding)
{
	return strcmp(expectation->kind, finding->kind) == 0 &&
		(!expectation->cause || (finding->cause && strcmp(expectation->cause, finding->cause) == 0));
}

static bool expectations_has_finding(const struct expectation *expectation, const struct sim_report *report)
{
	for (size_t i = 0; i < report->n_findings; i++) {
		if (expectations_fits(expectation, &report->findings[i]))
			return true;
	}
	return false;
}

static bool expectations_covers(const struct expectations *expectations, const struct sim_finding *finding)
{
	for (size_t i = 0; i < expectations->n; i++) {
		if (expectations_fits(&expectations->items[i], finding))
			return true;
	}
	return false;
}

bool expectations_met(const struct expectations *expectations, const struct sim_report *report)
{
	if (expectations->safe)
		return strcmp(report->verdict, "proved") == 0;
	for (size_t i = 0; i < report->n_findings; i++) {
		if (!expectations_covers(expectations, &report->findings[i]))
			return false;
	}
	for (size_t i = 0; i < expectations->n; i++) {
		if (!expectations_has_finding(&expectations->items[i], report))
			return false;
	}
	return true;
}

/* Adds "kind cause", unless it is there. */
static void expectations_name(struct str_list *names, const char *kind, const char *cause)
{
	char *name = str_printf("%s%s%s", kind, cause ? " " : "", cause ? cause : "");

	if (!str_list_has(names, name))
		str_list_add(names, name);
	free(name);
}

static char *expectations_join(struct str_list *names)
{
	char *text = str_list_join(names, ", ");

	str_list_release(names);
	return text;
}

char *expectations_text(const struct expectations *expectations)
{
	struct str_list names = {0};

	if (expectations->safe)
		str_list_add(&names, "safe");
	for (size_t i = 0; i < expectations->n; i++)
		expectations_name(&names, expectations->items[i].kind, expectations->items[i].cause);
	return expectations_join(&names);
}

char *expectations_found_text(const struct sim_report *report)
{
	struct str_list names = {0};

	if (report->n_findings == 0)
		str_list_add(&names, report->verdict);
	for (size_t i = 0; i < report->n_findings; i++)
		expectations_name(&names, report->findings[i].kind, report->findings[i].cause);
	return expectations_join(&names);
}

void expectations_release(struct expectations *expectations)
{
	for (size_t i = 0; i < expectations->n; i++) {
		free(expectations->items[i].kind);
		free(expectations->items[i].cause);
	}
	free(expectations->items);
	*expectations = (struct expectations){0};
}
