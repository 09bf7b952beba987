/*
 * Functions of the C library and what another thread writes at the same time: a race if they look at it, and none if they
 * need not. The ranges of all of them: tests/unit/test_ranges.c.
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[32] = "key=value";
static char copy[32];

static void *write_behind_the_sign(void *unused)
{
	text[4] = 'V';
	return unused;
}

static void *write_the_sign(void *unused)
{
	text[3] = '=';
	return unused;
}

static void with(void *(*writer)(void *), void (*reader)(void))
{
	pthread_t thread;

	pthread_create(&thread, NULL, writer, NULL);
	reader();
	pthread_join(thread, NULL);
}

static void find_the_sign(void)
{
	assert(strchr(text, '=') == text + 3);
}

/* One class: the thread and the search have nothing to do with each other. */
void search_ends_before(void)
{
	with(write_behind_the_sign, find_the_sign);
}

/* Two classes: the sign is read before or after it is written. */
void search_ends_there(void)
{
	with(write_the_sign, find_the_sign);
}

static void copy_three(void)
{
	strncpy(copy, text, 3);
}

void copy_ends_before(void)
{
	with(write_the_sign, copy_three);
}

static void *write_the_copy(void *unused)
{
	copy[10] = 'x';
	return unused;
}

static void copy_and_pad(void)
{
	strncpy(copy, text, 11);
}

/* The string has nine bytes, the padding goes from there to the eleventh: two classes, of two writes. */
void padding_is_written(void)
{
	with(write_the_copy, copy_and_pad);
}

static void print_the_text(void)
{
	printf("%s\n", text);
}

/* What %s points to is read up to its end. */
void printed_string(void)
{
	with(write_the_sign, print_the_text);
}

static void print_the_key(void)
{
	char line[8];

	snprintf(line, sizeof line, "%.*s", 3, text);
	assert(strcmp(line, "key") == 0);
}

void printed_up_to_a_precision(void)
{
	with(write_the_sign, print_the_key);
}

static void *make_it_one(void *unused)
{
	text[0] = '1';
	return unused;
}

static void read_a_number(void)
{
	char *end;
	long value = strtol(text, &end, 0);

	assert((value == 1 && end == text + 1) || (value == 0 && end == text));
}

/* Read before or after it is written: two classes. */
void number_that_changes(void)
{
	with(make_it_one, read_a_number);
}

static void *count_in_text(void *unused)
{
	for (int i = 0; i < 2; i++)
		sprintf(text, "%d", atoi(text) + 1);
	return unused;
}

static void count_too(void)
{
	count_in_text(NULL);
}

/* Orders hidden in the C library are explored: an update can get lost. */
void counted_in_a_string(void)
{
	strcpy(text, "0");
	with(count_in_text, count_too);
	assert(atoi(text) == 4);
}
