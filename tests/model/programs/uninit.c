/*
 * Reads of memory of the heap that was never written, and such that only look like it, each function a program of its own.
 *
 * SIMCHECK-OPTIONS: --uninit
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct padded {
	char tag;
	long number;
	unsigned bits : 3, more : 5;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile long sink;

static void run(void *(*body)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
}

#define IN_THREAD(name, ...) \
	static void *name##_in_thread(void *unused) \
	{ \
		(void)unused; \
		__VA_ARGS__; \
		return NULL; \
	} \
	void name(void) \
	{ \
		run(name##_in_thread); \
	}

/* ---- never written ---------------------------------------------------------------------------------------------- */

IN_THREAD(read_at_once, int *a = malloc(40); a[0] = 1; sink = a[2])
IN_THREAD(counted_up, int *a = malloc(40); sink = a[3] + 1)
IN_THREAD(grown, int *a = calloc(2, sizeof *a); a = realloc(a, 4 * sizeof *a); sink = a[1]; sink = a[2])
IN_THREAD(copied_from, char *a = malloc(8), *b = malloc(8); memset(b, 0, 8); a[0] = 1; memcpy(b, a, 8); sink = b[0];
	sink = b[1])
IN_THREAD(moved, char *a = malloc(8); a[0] = 1; memmove(a + 1, a, 4); sink = a[1]; sink = a[2])
IN_THREAD(loaded, atomic_int *a = malloc(sizeof *a); sink = atomic_load(a))

static int *box;

static void *fill(void *unused)
{
	pthread_mutex_lock(&lock);
	*box = 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

/* 2 classes, by who has the lock first; in one of them nothing is in the box yet. */
void read_before_it_is_filled(void)
{
	pthread_t thread;

	box = malloc(sizeof *box);
	pthread_create(&thread, NULL, fill, NULL);
	pthread_mutex_lock(&lock);
	sink = *box;
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
}

/* ---- written ---------------------------------------------------------------------------------------------------- */

IN_THREAD(cleared, long *a = calloc(2, sizeof *a); sink = a[1])
IN_THREAD(stored, atomic_int *a = malloc(sizeof *a); atomic_init(a, 1); sink = atomic_fetch_add(a, 1); sink = *a)

/* Padding is copied, and never looked at. */
IN_THREAD(padding, struct padded *p = malloc(sizeof *p), *q = malloc(sizeof *q); p->tag = 1; p->number = 2; p->bits = 3;
	p->more = 4; *q = *p; sink = q->tag + q->number + q->bits; memcpy(q, p, sizeof *q); sink = q->number + q->more;
	sink = memcmp(&p->number, &q->number, sizeof p->number))

static void *make_text(void *unused)
{
	char *text = malloc(16);

	(void)unused;
	strcpy(text, "text");
	sink = text[0] + text[4];
	return text;
}

IN_THREAD(text, free(make_text(NULL)))
