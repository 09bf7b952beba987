/*
 * Named semaphores: names are known to the simulated program alone. In the beginning there are none, and nothing of them is
 * seen outside.
 *
 * What is open under a name, and whether there is one, depends on the order of the calls for it: each is an operation on an
 * object of that name. A name gets its place when it is first heard of, for the whole check, like an object; the nth
 * semaphore of a name has its memory there, so that its address depends on nothing else.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "posix.h"
#include "semaphore_parts.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

enum { NAMED_MAX = 64, NAMED_LIVES = 16, NAMED_LENGTH = 251 };

/* A semaphore of some name. Lifetime: one execution, undone. */
struct named_life {
	struct semaphore semaphore;
	uint32_t word;   /* of the semaphore, which has none while nobody has it open */
	uint32_t n_open; /* how often it was opened, and not closed */
};

/* Lifetime: one check for the texts; the rest one execution, undone. */
struct named {
	const char *name; /* of the text: SIM_OBJECT_HAS_NAME */
	char text[NAMED_LENGTH + 2];
	uint32_t word;
	int n_lives;
	bool is_there; /* the last of them is found by its name */
	struct named_life lives[NAMED_LIVES];
};

static struct named named_table[NAMED_MAX];
static int named_n; /* names heard of: not undone */

static const struct posix_kind named_kind = {.kind = SIM_OBJECT_NAME};

/* The entry of a name, or NULL if it is none: then the error of the C library is in *error. */
static struct named *named_find(const char *name, int *error)
{
	size_t n = strnlen(name, PATH_MAX);
	world_access((uintptr_t)name, n + 1, RACE_READ, world_site());
	name += strspn(name, "/");
	n = strlen(name);
	*error = n == 0 || n > NAME_MAX || strchr(name, '/') ? EINVAL : n > NAMED_LENGTH ? ENAMETOOLONG : 0;
	if (*error)
		return NULL;
	for (int i = 0; i < named_n; i++)
		if (strcmp(named_table[i].text + 1, name) == 0)
			return &named_table[i];
	if (named_n == NAMED_MAX)
		world_refuse("sem_open", "more than 64 names of semaphores are not modelled");
	struct named *named = &named_table[named_n++];
	named->text[0] = '/';
	strcpy(named->text + 1, name);
	named->name = named->text;
	return named;
}

/* The operation that gives others a chance to call first. */
static void named_call(struct named *named, enum sim_name_call call)
{
	if (!named->word)
		posix_set_word(&named->word, posix_begin(named, &named_kind, SIM_OBJECT_HAS_NAME));
	struct sim_op op = {.kind = SIM_OP_NAME, .object = named->word - 1, .address = (uintptr_t)named, .argument = call};
	world_call(&op);
	undo_save(&world_running->execution.undo, named, sizeof *named);
}

static sem_t *named_open(struct named_life *life)
{
	if (life->n_open++ == 0)
		life->semaphore.word = life->word;
	return (sem_t *)&life->semaphore;
}

static sem_t *named_create(struct named *named, unsigned value)
{
	if (named->n_lives == NAMED_LIVES)
		world_refuse("sem_open", "more than 16 semaphores of one name, one after the other, are not modelled");
	struct named_life *life = &named->lives[named->n_lives++];
	semaphore_begin(&life->semaphore, named->name, value);
	life->word = life->semaphore.word;
	named->is_there = true;
	return named_open(life);
}

static sem_t *named_fail(int error)
{
	posix_result(error);
	return SEM_FAILED;
}

RUNTIME_API sem_t *__wrap_sem_open(const char *name, int flags, ...)
{
	unsigned value = 0;
	int error;
	va_list arguments;
	va_start(arguments, flags);
	if (flags & O_CREAT) {
		(void)va_arg(arguments, unsigned); /* permissions: there is one user */
		value = va_arg(arguments, unsigned);
	}
	va_end(arguments);
	struct named *named = named_find(name, &error);
	if (!named || ((flags & O_CREAT) && value > SEM_VALUE_MAX))
		return named_fail(named ? EINVAL : error);
	named_call(named, SIM_NAME_OPEN);
	if (named->is_there)
		return (flags & O_CREAT) && (flags & O_EXCL) ? named_fail(EEXIST) : named_open(&named->lives[named->n_lives - 1]);
	return flags & O_CREAT ? named_create(named, value) : named_fail(ENOENT);
}

/* The semaphore at an address that sem_open() returned; the entry of its name in *named. NULL: none is there. */
static struct named_life *named_at(const sem_t *sem, struct named **named)
{
	for (*named = named_table; *named < named_table + named_n; ++*named)
		for (int i = 0; i < (*named)->n_lives; i++)
			if ((const void *)&(*named)->lives[i].semaphore == sem)
				return &(*named)->lives[i];
	return NULL;
}

RUNTIME_API int __wrap_sem_close(sem_t *sem)
{
	struct named *named;
	struct named_life *life = named_at(sem, &named);
	if (!life)
		return posix_result(EINVAL);
	named_call(named, SIM_NAME_CLOSE);
	if (!life->n_open)
		return posix_result(EINVAL);
	if (--life->n_open == 0)
		life->semaphore.word = POSIX_DESTROYED;
	return 0;
}

RUNTIME_API int __wrap_sem_unlink(const char *name)
{
	int error;
	struct named *named = named_find(name, &error);
	if (!named)
		return posix_result(error == EINVAL ? ENOENT : error);
	named_call(named, SIM_NAME_UNLINK);
	if (!named->is_there)
		return posix_result(ENOENT);
	named->is_there = false;
	return 0;
}
