/*
 * Thread-specific data.
 *
 * A key's number depends on who makes it and on what that thread made before, not on what others do meanwhile: each thread
 * has numbers of its own. A number may be that of several keys, one after the other; values belong to one of them, a life.
 *
 * Whether a key still exists when a thread ends depends on other threads only in programs that delete keys: these look at
 * it by a visible operation.
 */
#include "key.h"

#include <errno.h>
#include <limits.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Lifetime: one execution; undone. Indexed by the number of the key. */
static struct key {
	uint64_t life; /* odd: the key exists; a number of changes (posix.h) */
	key_destructor *destructor;
} keys[SIM_MAX_THREADS * PTHREAD_KEYS_MAX];

/* Lifetime: one execution; undone. By thread; in the order in which they were first set. */
static struct key_value {
	pthread_key_t key;
	uint64_t life;
	void *value;
} key_values[SIM_MAX_THREADS][PTHREAD_KEYS_MAX];
static uint32_t key_n_values[SIM_MAX_THREADS];

const char *key_describe(uintptr_t address)
{
	return address - (uintptr_t)keys < sizeof keys ? "a thread-specific key" : NULL;
}

/* The key is about to be changed. */
static void key_save(struct key *key)
{
	undo_save(&world_running->execution.undo, key, sizeof *key);
	world_running->effects++;
}

static bool key_exists(pthread_key_t key)
{
	return key < SIM_MAX_THREADS * PTHREAD_KEYS_MAX && keys[key].life % 2;
}

static void key_check(pthread_key_t key)
{
	if (!key_exists(key))
		posix_misuse("key-unknown", "a thread-specific key is used that does not exist: it was never made, or deleted");
}

bool key_make(pthread_key_t *key, key_destructor *destructor)
{
	pthread_key_t first = (pthread_key_t)world_self() * PTHREAD_KEYS_MAX, number = first;
	while (number < first + PTHREAD_KEYS_MAX && key_exists(number))
		number++;
	if (number == first + PTHREAD_KEYS_MAX)
		return false;
	world_access((uintptr_t)key, sizeof *key, RACE_WRITE, world_site());
	key_save(&keys[number]);
	keys[number].life++;
	keys[number].destructor = destructor;
	*key = number;
	return true;
}

void key_delete(pthread_key_t key)
{
	key_check(key);
	posix_change(&keys[key].life);
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

/* The calling thread's value of the key, NULL if it has none. */
static struct key_value *key_find(pthread_key_t key)
{
	int self = world_self();
	for (uint32_t i = 0; i < key_n_values[self]; i++) {
		struct key_value *value = &key_values[self][i];
		if (value->key == key && value->life == keys[key].life)
			return value;
	}
	return NULL;
}

/* A place for a value of a key that has none: that of a key which is no more, or a new one; NULL if there is none. */
static struct key_value *key_find_place(void)
{
	int self = world_self();
	for (uint32_t i = 0; i < key_n_values[self]; i++)
		if (keys[key_values[self][i].key].life != key_values[self][i].life)
			return &key_values[self][i];
	if (key_n_values[self] == PTHREAD_KEYS_MAX)
		return NULL;
	undo_save(&world_running->execution.undo, &key_n_values[self], sizeof key_n_values[self]);
	return &key_values[self][key_n_values[self]++];
}

static const void *key_roots(int slot, size_t *size)
{
	*size = key_n_values[slot] * sizeof key_values[slot][0];
	return key_values[slot];
}

static void key_store(struct key_value *place, pthread_key_t key, const void *value)
{
	world_running->find_roots = key_roots;
	undo_save(&world_running->execution.undo, place, sizeof *place);
	world_running->effects++;
	*place = (struct key_value){.key = key, .life = keys[key].life, .value = (void *)value};
}

void *key_value(pthread_key_t key)
{
	key_check(key);
	const struct key_value *value = key_find(key);
	return value ? value->value : NULL;
}

bool key_set_value(pthread_key_t key, const void *value)
{
	key_check(key);
	struct key_value *place = key_find(key);
	if (!place && !value)
		return true;
	if (!place)
		place = key_find_place();
	if (place)
		key_store(place, key, value);
	return place;
}

/* Whether the value has to be destroyed. */
static bool key_is_due(const struct key_value *value)
{
	if (!value->value || !keys[value->key].destructor)
		return false;
	if (world_running->program.deletes_keys)
		posix_look(&keys[value->key].life);
	return keys[value->key].life == value->life;
}

/* Destructors may set values again: a limited number of rounds, as POSIX says. */
void key_run_destructors(void)
{
	int self = world_self();
	bool again = true;
	for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS && again; round++) {
		again = false;
		for (uint32_t i = 0; i < key_n_values[self]; i++) {
			struct key_value *place = &key_values[self][i];
			void *value = place->value;
			if (!key_is_due(place))
				continue;
			key_store(place, place->key, NULL);
			keys[place->key].destructor(value);
			again = true;
		}
	}
}

/* ---- POSIX ------------------------------------------------------------------------------------------------------ */

RUNTIME_API int __wrap_pthread_key_create(pthread_key_t *key, key_destructor *destructor)
{
	return key_make(key, destructor) ? 0 : EAGAIN;
}

RUNTIME_API int __wrap_pthread_key_delete(pthread_key_t key)
{
	key_delete(key);
	return 0;
}

RUNTIME_API void *__wrap_pthread_getspecific(pthread_key_t key)
{
	return key_value(key);
}

RUNTIME_API int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
	return key_set_value(key, value) ? 0 : ENOMEM;
}
