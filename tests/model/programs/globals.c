/*
 * Accesses that leave a global variable through a pointer, and such that do not, each function a program of its own.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static int table[4];
static char text[10] = "text";
static int number;
static atomic_int counter;
static struct {
	char name[8];
	int sizes[3];
} record;
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

/* The compiler does not know how long the array is. */
static void fill(int *numbers, int n)
{
	for (int i = 0; i < n; i++)
		numbers[i] = i;
}

IN_THREAD(filled_past_the_end, fill(table, 5))
IN_THREAD(written_before, int *before = table; before[-1] = 1)
IN_THREAD(copied_over_the_end, char long_text[12] = ""; memcpy(text, long_text, sizeof long_text))
IN_THREAD(static_filled_past_the_end, static int own[3]; fill(own, 4))
IN_THREAD(read_too_wide, sink = *(long *)&number)
IN_THREAD(atomic_past_the_end, atomic_int *next = &counter + 1; atomic_store(next, 1))

/* From one member to the next: inside of the variable. */
IN_THREAD(inside, fill(table, 4); memset(text, 0, sizeof text); memset(&record, 1, sizeof record); fill(record.sizes, 3);
	number = record.name[7]; atomic_fetch_add(&counter, 1); static int own[3]; fill(own, 3); sink = own[2])
