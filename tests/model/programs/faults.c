/* Faults that happen in functions that simcheck executes for a program, or that its own memory might hide. All in a thread
 * that main is about to join: 1 class each. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int *volatile null;
static char *volatile nowhere = (char *)0x123456789000;
static void (*volatile no_function)(void);

#define CRASH(name, code) \
	static void *name##_in_thread(void *unused) \
	{ \
		(void)unused; \
		code; \
		return NULL; \
	} \
	void name(void) \
	{ \
		pthread_t thread; \
		pthread_create(&thread, NULL, name##_in_thread, NULL); \
		pthread_join(thread, NULL); \
	}

CRASH(no_address, *(volatile char *)0x8000000000000000 = 1) /* beyond what the processor can address */
CRASH(constant_written, *(volatile char *)"constant" = 'C')
CRASH(atomic_at_null, atomic_fetch_add((atomic_int *)null, 1))
CRASH(atomic_nowhere, atomic_load((atomic_int *)nowhere))
CRASH(atomic_constant, atomic_store((atomic_int *)"constant", 1))
CRASH(no_function_called, no_function())
CRASH(print_nowhere, printf("%s\n", nowhere))
CRASH(mutex_at_null, pthread_mutex_lock((pthread_mutex_t *)null))
CRASH(frame_larger_than_the_stack, volatile char frame[100 << 20]; frame[0] = 1)
CRASH(overwritten_stack, char a[8]; memset(a, 'a', 200))
CRASH(reallocated_after_free, void *block = malloc(8); free(block); block = realloc(block, 16))
