/* What compositions keep their data with, on real threads: the C library's heap, a thread-local word, standard output. */
#include <stdio.h>
#include <stdlib.h>

#include "local.h"
#include "pt.h"

/* Memory needs no announcing here. */
void pt_reads(const void *memory, size_t size)
{
	(void)memory;
	(void)size;
}

void pt_writes(void *memory, size_t size)
{
	(void)memory;
	(void)size;
}

void *pt_allocate(size_t size)
{
	return calloc(1, size);
}

void pt_release(void *memory)
{
	free(memory);
}

static pthread_key_t pt_locals_key;
static pthread_once_t pt_locals_prepared = PTHREAD_ONCE_INIT;

/* At the end of a thread that asked for its word. */
static void pt_locals_end(void *word)
{
	void *table = *(void **)word;

	*(void **)word = NULL;
	local_release(table);
}

static void pt_locals_prepare(void)
{
	pthread_key_create(&pt_locals_key, pt_locals_end);
}

/* The key is there for its destructor only. */
void **pt_locals(void)
{
	static _Thread_local void *word;

	if (word == NULL) {
		pthread_once(&pt_locals_prepared, pt_locals_prepare);
		pthread_setspecific(pt_locals_key, &word);
	}
	return &word;
}

bool pt_elapsed(int64_t since_ns, int64_t interval_ns)
{
	return interval_ns != SIM_FOREVER && pt_now() - since_ns >= interval_ns;
}

/* A stream is locked while one call writes to it. */
void pt_print(const char *text, size_t n)
{
	fwrite(text, 1, n, stdout);
}
