/* Races, and what comes of them: each access is an operation of its own once its variable was found to race. */
#include <assert.h>
#include <pthread.h>
#include <string.h>

static void both(void *(*one)(void *), void *(*two)(void *))
{
	pthread_t first, second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
}

/* ---- variables of several words ---------------------------------------------------------------------------------- */

static long double wide;

static void *add_to_wide(void *unused)
{
	(void)unused;
	wide += 0.5L;
	return NULL;
}

/* One variable, one race. 4 classes: two reads and two writes in two threads, one update lost in two of them. */
void wide_counter(void)
{
	both(add_to_wide, add_to_wide);
	assert(wide == 1);
}

/* ---- functions that read and write ------------------------------------------------------------------------------ */

static int from, to;

static void *copy(void *unused)
{
	(void)unused;
	memcpy(&to, &from, sizeof to);
	return NULL;
}

static void *set_both(void *unused)
{
	(void)unused;
	from = 1;
	to = 2;
	return NULL;
}

/* The copy may read the old value and write it when the new ones are there. 4 classes: the read before or after the one
 * write, the write before or after the other, all combinations. */
void copy_of_an_old_value(void)
{
	both(copy, set_both);
	assert(from == 0 || to != 0);
}

static char text[16] = "ab", text_copy[16];

static void *copy_text(void *unused)
{
	(void)unused;
	strcpy(text_copy, text);
	return NULL;
}

static void *lengthen_text(void *unused)
{
	(void)unused;
	memcpy(text, "longer", 7);
	return NULL;
}

/* The copy may find any of the two lengths, and a mixture of both texts. */
void copy_of_a_string_that_grows(void)
{
	both(lengthen_text, copy_text);
	assert(text_copy[5] == 0);
}
