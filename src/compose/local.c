/*
 * Per-thread values: each thread has a list of its own, found from a word that the backend keeps for it. A local is
 * known by its address and a number that no two initialisations share.
 */
#include "local.h"

#include "facade.h"

/* Initialisations that one thread can make before numbers overlap with those of the thread with the next identity. */
#define LOCAL_NUMBERS (UINT64_C(1) << 20)

/* Lifetime: until its thread ends. */
struct local_value {
	struct local_value *next;
	const struct sim_local *local;
	uint64_t number;
	void *value;
};

/* Lifetime: from the thread's first use of a local until it ends. */
struct local_table {
	struct local_value *first;
	uint64_t n_made; /* locals that the thread has initialised */
};

static struct local_table *local_table_here(bool make)
{
	const struct sim_backend *backend = sim_backend_current();
	void **word = backend->locals();

	if (*word == NULL && make)
		*word = backend->allocate(sizeof(struct local_table));
	return *word;
}

static struct local_value *local_find(struct sim_local *local)
{
	struct local_table *table = local_table_here(false);
	struct local_value *value = table != NULL ? table->first : NULL;

	sim_backend_current()->reads(local, sizeof(*local));
	while (value != NULL && (value->local != local || value->number != local->opaque[0]))
		value = value->next;
	return value;
}

enum sim_status sim_local_init(struct sim_local *local)
{
	const struct sim_backend *backend = sim_backend_current();
	struct local_table *table;

	if (local == NULL)
		return facade_misuse("null-argument", "sim_local_init() was called with NULL instead of a local");
	table = local_table_here(true);
	if (table == NULL)
		return SIM_NOMEM;
	backend->writes(table, sizeof(*table));
	table->n_made++;
	backend->writes(local, sizeof(*local));
	*local = (struct sim_local){ .opaque = { backend->ident() * LOCAL_NUMBERS + table->n_made } };
	return SIM_OK;
}

void *sim_local_get(struct sim_local *local)
{
	struct local_value *value;

	if (local == NULL) {
		facade_misuse("null-argument", "sim_local_get() was called with NULL instead of a local");
		return NULL;
	}
	value = local_find(local);
	return value != NULL ? value->value : NULL;
}

enum sim_status sim_local_set(struct sim_local *local, void *new_value)
{
	const struct sim_backend *backend = sim_backend_current();
	struct local_table *table;
	struct local_value *value;

	if (local == NULL)
		return facade_misuse("null-argument", "sim_local_set() was called with NULL instead of a local");
	table = local_table_here(true);
	value = local_find(local);
	if (value == NULL && table != NULL) {
		value = backend->allocate(sizeof(*value));
		if (value != NULL) {
			backend->writes(value, sizeof(*value));
			*value = (struct local_value){ .next = table->first, .local = local, .number = local->opaque[0] };
			backend->writes(table, sizeof(*table));
			table->first = value;
		}
	}
	if (value == NULL)
		return SIM_NOMEM;
	backend->writes(value, sizeof(*value));
	value->value = new_value;
	return SIM_OK;
}

void local_release(void *table)
{
	const struct sim_backend *backend = sim_backend_current();
	struct local_value *value = table != NULL ? ((struct local_table *)table)->first : NULL;

	while (value != NULL) {
		struct local_value *next = value->next;

		backend->release(value);
		value = next;
	}
	backend->release(table);
}
