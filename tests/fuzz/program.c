#include "program.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* How a field is written. */
enum field_form { FIELD_NUMBER, FIELD_REGISTER, FIELD_VALUE, FIELD_ORDER };

static const struct field {
	const char *name;
	size_t offset;
	enum field_form form;
} fields[] = {
	{"thread", offsetof(struct program_statement, thread), FIELD_NUMBER},
	{"detains", offsetof(struct program_statement, detains), FIELD_NUMBER},
	{"lock", offsetof(struct program_statement, lock), FIELD_NUMBER},
	{"condition", offsetof(struct program_statement, condition), FIELD_NUMBER},
	{"semaphore", offsetof(struct program_statement, semaphore), FIELD_NUMBER},
	{"event", offsetof(struct program_statement, event), FIELD_NUMBER},
	{"rwlock", offsetof(struct program_statement, rwlock), FIELD_NUMBER},
	{"barrier", offsetof(struct program_statement, barrier), FIELD_NUMBER},
	{"once", offsetof(struct program_statement, once), FIELD_NUMBER},
	{"queue", offsetof(struct program_statement, queue), FIELD_NUMBER},
	{"n", offsetof(struct program_statement, n), FIELD_NUMBER},
	{"at", offsetof(struct program_statement, at), FIELD_NUMBER},
	{"size", offsetof(struct program_statement, size), FIELD_NUMBER},
	{"order", offsetof(struct program_statement, order), FIELD_ORDER},
	{"expected", offsetof(struct program_statement, expected), FIELD_VALUE},
	{"value", offsetof(struct program_statement, value), FIELD_VALUE},
	{"to", offsetof(struct program_statement, to), FIELD_REGISTER},
	{"if", offsetof(struct program_statement, guard), FIELD_REGISTER},
};

enum { N_FIELDS = sizeof fields / sizeof *fields };

static const char *const orders[] = {"relaxed", "consume", "acquire", "release", "acq_rel", "seq_cst"};
static const char *const styles[PROGRAM_N_STYLES] = {"posix", "raw", "sim"};

/* The fields that a statement of the kind has, besides `if`. */
static const struct {
	const char *name, *fields;
} kinds[PROGRAM_N_KINDS] = {
	[PROGRAM_START] = {"start", "thread detains"},
	[PROGRAM_JOIN] = {"join", "thread"},
	[PROGRAM_JOIN_FOR] = {"join-for", "thread to"},
	[PROGRAM_IS_ALIVE] = {"is-alive", "thread to"},
	[PROGRAM_LOCK] = {"lock", "lock"},
	[PROGRAM_LOCK_FOR] = {"lock-for", "lock to"},
	[PROGRAM_TRY_LOCK] = {"try-lock", "lock to"},
	[PROGRAM_UNLOCK] = {"unlock", "lock"},
	[PROGRAM_IS_LOCKED] = {"is-locked", "lock to"},
	[PROGRAM_WAIT] = {"wait", "condition lock"},
	[PROGRAM_WAIT_FOR] = {"wait-for", "condition lock to"},
	[PROGRAM_NOTIFY] = {"notify", "condition n"},
	[PROGRAM_NOTIFY_ALL] = {"notify-all", "condition"},
	[PROGRAM_SEM_ACQUIRE] = {"sem-acquire", "semaphore"},
	[PROGRAM_SEM_ACQUIRE_FOR] = {"sem-acquire-for", "semaphore to"},
	[PROGRAM_SEM_TRY_ACQUIRE] = {"sem-try-acquire", "semaphore to"},
	[PROGRAM_SEM_RELEASE] = {"sem-release", "semaphore n"},
	[PROGRAM_SEM_VALUE] = {"sem-value", "semaphore to"},
	[PROGRAM_EVENT_SET] = {"event-set", "event"},
	[PROGRAM_EVENT_CLEAR] = {"event-clear", "event"},
	[PROGRAM_EVENT_WAIT] = {"event-wait", "event"},
	[PROGRAM_EVENT_WAIT_FOR] = {"event-wait-for", "event to"},
	[PROGRAM_EVENT_IS_SET] = {"event-is-set", "event to"},
	[PROGRAM_READ_LOCK] = {"read-lock", "rwlock"},
	[PROGRAM_READ_LOCK_FOR] = {"read-lock-for", "rwlock to"},
	[PROGRAM_TRY_READ_LOCK] = {"try-read-lock", "rwlock to"},
	[PROGRAM_WRITE_LOCK] = {"write-lock", "rwlock"},
	[PROGRAM_WRITE_LOCK_FOR] = {"write-lock-for", "rwlock to"},
	[PROGRAM_TRY_WRITE_LOCK] = {"try-write-lock", "rwlock to"},
	[PROGRAM_RW_UNLOCK] = {"rw-unlock", "rwlock"},
	[PROGRAM_BARRIER_WAIT] = {"barrier-wait", "barrier to"},
	[PROGRAM_BARRIER_WAIT_FOR] = {"barrier-wait-for", "barrier to"},
	[PROGRAM_BARRIER_ABORT] = {"barrier-abort", "barrier"},
	[PROGRAM_BARRIER_RESET] = {"barrier-reset", "barrier"},
	[PROGRAM_BARRIER_N_WAITING] = {"barrier-n-waiting", "barrier to"},
	[PROGRAM_BARRIER_BROKEN] = {"barrier-broken", "barrier to"},
	[PROGRAM_ONCE] = {"once", "once"},
	[PROGRAM_ENUMERATE] = {"enumerate", "to"},
	[PROGRAM_PUT] = {"put", "queue value"},
	[PROGRAM_PUT_FOR] = {"put-for", "queue value to"},
	[PROGRAM_TRY_PUT] = {"try-put", "queue value to"},
	[PROGRAM_GET] = {"get", "queue to"},
	[PROGRAM_GET_FOR] = {"get-for", "queue to"},
	[PROGRAM_TRY_GET] = {"try-get", "queue to"},
	[PROGRAM_QUEUE_SIZE] = {"queue-size", "queue to"},
	[PROGRAM_TASK_DONE] = {"task-done", "queue"},
	[PROGRAM_QUEUE_JOIN] = {"queue-join", "queue"},
	[PROGRAM_QUEUE_JOIN_FOR] = {"queue-join-for", "queue to"},
	[PROGRAM_CANCEL] = {"cancel", "thread"},
	[PROGRAM_IS_CANCELLED] = {"is-cancelled", "to"},
	[PROGRAM_AWAIT_CANCEL] = {"await-cancel", ""},
	[PROGRAM_CANCELLABLE_WAIT] = {"cancellable-wait", "condition lock n to"},
	[PROGRAM_CANCELLABLE_JOIN] = {"cancellable-join", "thread n to"},
	[PROGRAM_CANCELLABLE_ACQUIRE] = {"cancellable-acquire", "semaphore n to"},
	[PROGRAM_CANCELLABLE_SLEEP] = {"cancellable-sleep", "to"},
	[PROGRAM_SLEEP] = {"sleep", ""},
	[PROGRAM_LOAD] = {"load", "at size order to"},
	[PROGRAM_STORE] = {"store", "at size order value"},
	[PROGRAM_ADD] = {"add", "at size order value to"},
	[PROGRAM_EXCHANGE] = {"exchange", "at size order value to"},
	[PROGRAM_CAS] = {"cas", "at size order expected value to"},
	[PROGRAM_FENCE] = {"fence", "order"},
	[PROGRAM_AWAIT] = {"await", "at size order value"},
	[PROGRAM_TAKE] = {"take", "at size order"},
	[PROGRAM_TAKE_CAS] = {"take-cas", "at size order"},
	[PROGRAM_AWAIT_NAPPING] = {"await-napping", "at size order value"},
	[PROGRAM_AWAIT_EITHER] = {"await-either", "at size order value to"},
	[PROGRAM_AWAIT_BOTH] = {"await-both", "at size order value to"},
	[PROGRAM_AWAIT_BELOW] = {"await-below", "at size order to"},
	[PROGRAM_EVENT_POLL] = {"event-poll", "event"},
	[PROGRAM_EVENT_RETRY] = {"event-retry", "event"},
	[PROGRAM_BLOCK_AWAIT] = {"block-await", "at size value"},
	[PROGRAM_READ] = {"read", "at size to"},
	[PROGRAM_WRITE] = {"write", "at size value"},
	[PROGRAM_CHOOSE] = {"choose", "n to"},
	[PROGRAM_PIPE_READ] = {"pipe-read", "n to"},
	[PROGRAM_PIPE_WRITE] = {"pipe-write", "n to"},
	[PROGRAM_PIPE_HOLD] = {"pipe-hold", "n detains"},
	[PROGRAM_COUNTER_TAKE] = {"counter-take", "n detains to"},
	[PROGRAM_COUNTER_ADD] = {"counter-add", "n"},
	[PROGRAM_FILE] = {"file", "n detains at size to"},
	[PROGRAM_BEGIN_BLOCK] = {"begin-block", ""},
	[PROGRAM_END_BLOCK] = {"end-block", ""},
	[PROGRAM_PRUNE] = {"prune", ""},
	[PROGRAM_FAIL] = {"fail", ""},
	[PROGRAM_EXIT] = {"exit", "detains"},
};

static bool program_has_field(int kind, const char *name)
{
	size_t n = strlen(name);
	if (strcmp(name, "if") == 0)
		return true;
	for (const char *p = kinds[kind].fields; (p = strstr(p, name)); p += n)
		if ((p == kinds[kind].fields || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

/* ---- printing --------------------------------------------------------------------------------------------------- */

static void program_print_field(const struct field *field, uint8_t value, FILE *out)
{
	if (field->form == FIELD_ORDER)
		fprintf(out, " %s=%s", field->name, orders[value]);
	else if (field->form == FIELD_REGISTER && value)
		fprintf(out, " %s=%c", field->name, 'a' + value - 1);
	else if (field->form == FIELD_VALUE && value & PROGRAM_FROM_REGISTER)
		fprintf(out, " %s=%c", field->name, 'a' + (value & ~PROGRAM_FROM_REGISTER));
	else if (field->form != FIELD_REGISTER)
		fprintf(out, " %s=%d", field->name, value);
}

static void program_print_statement(const struct program_statement *statement, FILE *out)
{
	fputs(kinds[statement->kind].name, out);
	for (int f = 0; f < N_FIELDS; f++)
		if (program_has_field(statement->kind, fields[f].name))
			program_print_field(&fields[f], ((const uint8_t *)statement)[fields[f].offset], out);
	fputc('\n', out);
}

void program_print(const struct program *program, FILE *out)
{
	fprintf(out, "style %s\n", styles[program->style]);
	for (int t = 0; t < program->n_threads; t++) {
		if (program->n_statements[t] || !t)
			fprintf(out, "thread %d\n", t);
		for (int i = 0; i < program->n_statements[t]; i++)
			program_print_statement(&program->statements[t][i], out);
	}
}

/* ---- parsing ---------------------------------------------------------------------------------------------------- */

static int program_find(const char *word, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(word, names[i]) == 0)
			return i;
	return -1;
}

/* What the text means in a field of that form; -1: nothing. */
static int program_parse_value(enum field_form form, const char *text)
{
	bool is_register = text[0] >= 'a' && text[0] < 'a' + PROGRAM_REGISTERS && !text[1];
	char *end;
	if (form == FIELD_ORDER)
		return program_find(text, orders, sizeof orders / sizeof *orders);
	if (form == FIELD_REGISTER)
		return is_register ? text[0] - 'a' + 1 : -1;
	if (form == FIELD_VALUE && is_register)
		return (text[0] - 'a') | PROGRAM_FROM_REGISTER;
	long value = strtol(text, &end, 10);
	return end != text && !*end && value >= 0 && value < PROGRAM_FROM_REGISTER ? (int)value : -1;
}

static bool program_parse_field(struct program_statement *statement, char *word)
{
	char *text = strchr(word, '=');
	if (!text)
		return false;
	*text++ = '\0';
	for (int f = 0; f < N_FIELDS; f++) {
		if (strcmp(fields[f].name, word) != 0 || !program_has_field(statement->kind, word))
			continue;
		int value = program_parse_value(fields[f].form, text);
		((uint8_t *)statement)[fields[f].offset] = (uint8_t)value;
		return value >= 0;
	}
	return false;
}

/* Lifetime: one program. */
struct parser {
	struct program *program;
	int thread; /* to which statements belong; -1: none yet */
	bool is_started[PROGRAM_THREADS];
};

/* What no program may do: be about things that do not exist, start a thread twice. */
static bool parser_accepts(struct parser *parser, const struct program_statement *s)
{
	if (s->thread >= PROGRAM_THREADS || s->lock >= PROGRAM_LOCKS || s->condition >= PROGRAM_CONDITIONS ||
	    s->semaphore >= PROGRAM_SEMAPHORES || s->event >= PROGRAM_EVENTS || s->rwlock >= PROGRAM_RWLOCKS || s->barrier >= PROGRAM_BARRIERS ||
	    s->once >= PROGRAM_ONCES || s->queue >= PROGRAM_QUEUES || s->at + s->size > PROGRAM_BYTES)
		return false;
	if (s->kind != PROGRAM_START)
		return true;
	bool again = parser->is_started[s->thread] || !s->thread;
	parser->is_started[s->thread] = true;
	return !again;
}

static bool parser_read_statement(struct parser *parser, char *word, char **rest)
{
	struct program_statement statement = {0};
	while (statement.kind < PROGRAM_N_KINDS && strcmp(kinds[statement.kind].name, word) != 0)
		statement.kind++;
	if (statement.kind == PROGRAM_N_KINDS || parser->thread < 0)
		return false;
	while ((word = strtok_r(NULL, " \t\n", rest)))
		if (!program_parse_field(&statement, word))
			return false;
	program_add(parser->program, parser->thread, statement);
	return parser_accepts(parser, &statement);
}

static bool parser_read_thread(struct parser *parser, const char *word)
{
	int thread = program_parse_value(FIELD_NUMBER, word);
	if (thread <= parser->thread || thread >= PROGRAM_THREADS)
		return false;
	parser->thread = thread;
	parser->program->n_threads = thread + 1;
	return true;
}

static bool parser_read_line(struct parser *parser, char *line)
{
	char *rest, *word = strtok_r(line, " \t\n", &rest);
	if (!word || word[0] == '#')
		return true;
	bool is_thread = strcmp(word, "thread") == 0;
	if (!is_thread && strcmp(word, "style") != 0)
		return parser_read_statement(parser, word, &rest);
	word = strtok_r(NULL, " \t\n", &rest);
	if (!word)
		return false;
	if (is_thread)
		return parser_read_thread(parser, word);
	int style = program_find(word, styles, PROGRAM_N_STYLES);
	parser->program->style = (enum program_style)style;
	return style >= 0;
}

int program_parse(struct program *program, FILE *in)
{
	struct parser parser = {.program = program, .thread = -1};
	char line[256];
	memset(program, 0, sizeof *program);
	for (int number = 1; fgets(line, sizeof line, in); number++)
		if (!parser_read_line(&parser, line))
			return number;
	return program->n_threads ? 0 : 1;
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

void program_add(struct program *program, int thread, struct program_statement statement)
{
	if (program->n_statements[thread] < PROGRAM_STATEMENTS)
		program->statements[thread][program->n_statements[thread]++] = statement;
}

void program_remove(struct program *program, int thread, int index)
{
	struct program_statement *statements = program->statements[thread];
	int n = --program->n_statements[thread];
	memmove(&statements[index], &statements[index + 1], (size_t)(n - index) * sizeof *statements);
	memset(&statements[n], 0, sizeof *statements);
}

int program_length(const struct program *program)
{
	int n = 0;
	for (int t = 0; t < program->n_threads; t++)
		n += program->n_statements[t];
	return n;
}

bool program_polls(const struct program *program)
{
	for (int t = 0; t < program->n_threads; t++)
		for (int i = 0; i < program->n_statements[t]; i++)
			if (program->statements[t][i].kind >= PROGRAM_AWAIT && program->statements[t][i].kind <= PROGRAM_BLOCK_AWAIT)
				return true;
	return false;
}

bool program_may_end_early(const struct program *program)
{
	for (int t = 0; t < program->n_threads; t++)
		for (int i = 0; i < program->n_statements[t]; i++) {
			const struct program_statement *s = &program->statements[t][i];
			if (s->kind == PROGRAM_EXIT || (s->kind == PROGRAM_START && !s->detains))
				return true;
		}
	return false;
}

bool program_lets_readers_pass(const struct program *program)
{
	for (int t = 0; t < program->n_threads; t++)
		for (int i = 0; i < program->n_statements[t]; i++)
			if (program->statements[t][i].rwlock >= PROGRAM_RWLOCKS_KEPT)
				return true;
	return false;
}
