/* What the C library remembers, or keeps results in, for all threads; and functions that call back. */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void two(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static void *first_token(void *unused)
{
	char text[] = "a b";

	assert(strcmp(strtok(text, " "), "a") == 0);
	return unused;
}

/* Two writes of the one pointer that strtok() has: two classes. */
void tokens_of_two(void)
{
	two(first_token, first_token);
}

static void *locked_tokens(void *unused)
{
	char text[] = "a b";

	pthread_mutex_lock(&lock);
	assert(strcmp(strtok(text, " "), "a") == 0 && strcmp(strtok(NULL, " "), "b") == 0 && !strtok(NULL, " "));
	pthread_mutex_unlock(&lock);
	return unused;
}

void tokens_with_a_lock(void)
{
	two(locked_tokens, locked_tokens);
}

static void *one_token_locked(void *text)
{
	pthread_mutex_lock(&lock);
	char *token = strtok(text, " ");
	pthread_mutex_unlock(&lock);
	assert(token);
	return NULL;
}

/* The lock is given away between two tokens: the second may be of the other's text. */
void tokens_mixed_up(void)
{
	static char one[] = "a b", other[] = "c d";
	pthread_t thread;

	pthread_create(&thread, NULL, one_token_locked, other);
	one_token_locked(one);
	pthread_mutex_lock(&lock);
	char *token = strtok(NULL, " ");
	pthread_mutex_unlock(&lock);
	assert(strcmp(token, "b") == 0);
	pthread_join(thread, NULL);
}

static void *year(void *moment)
{
	time_t seconds = moment ? 1700000000 : 0;

	assert(gmtime(&seconds)->tm_year > 0);
	return NULL;
}

void dates_of_two(void)
{
	two(year, year);
}

static void *year_of_its_own(void *unused)
{
	time_t seconds = 1700000000;
	struct tm date;

	assert(gmtime_r(&seconds, &date)->tm_year == 123);
	return unused;
}

void dates_of_their_own(void)
{
	two(year_of_its_own, year_of_its_own);
}

static void *look(void *unused)
{
	const char *level = getenv("LEVEL");

	assert(!level || *level == '1' || *level == '2');
	return unused;
}

static void *change(void *unused)
{
	setenv("LEVEL", "2", 1);
	return unused;
}

/* Two classes: it is changed before or after it is looked at. */
void environment_changed_meanwhile(void)
{
	setenv("LEVEL", "1", 1);
	two(look, change);
}

void environment_looked_at_by_two(void)
{
	setenv("LEVEL", "1", 1);
	two(look, look);
}

static void *draw(void *unused)
{
	return drand48() < 2 ? unused : &lock;
}

void drawn_by_two(void)
{
	two(draw, draw);
}

static void *draw_own(void *unused)
{
	static __thread unsigned seed;

	srand(3);
	int first = rand();
	srand(3);
	assert(rand() == first && rand_r(&seed) >= 0);
	return unused;
}

void drawn_by_each(void)
{
	two(draw_own, draw_own);
}

static int numbers[3] = {3, 1, 2};

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void *sort(void *unused)
{
	qsort(numbers, 3, sizeof *numbers, by_value);
	return unused;
}

static void *sort_locked(void *unused)
{
	pthread_mutex_lock(&lock);
	sort(unused);
	pthread_mutex_unlock(&lock);
	return unused;
}

/* Two orders of who sorts first. */
void sorted_with_a_lock(void)
{
	two(sort_locked, sort_locked);
	assert(numbers[0] == 1 && numbers[1] == 2 && numbers[2] == 3);
}

static void *look_at_the_last(void *unused)
{
	assert(numbers[2] == 2 || numbers[2] == 3);
	return unused;
}

void sorted_while_read(void)
{
	two(sort, look_at_the_last);
}

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static int by_value_locked(const void *a, const void *b)
{
	pthread_mutex_lock(&other);
	int result = by_value(a, b);
	pthread_mutex_unlock(&other);
	return result;
}

static void *sort_and_lock(void *unused)
{
	pthread_mutex_lock(&lock);
	qsort(numbers, 2, sizeof *numbers, by_value_locked);
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *lock_the_other_way(void *unused)
{
	pthread_mutex_lock(&other);
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	pthread_mutex_unlock(&other);
	return unused;
}

/* What qsort() calls may block. */
void callback_takes_a_lock(void)
{
	two(sort_and_lock, lock_the_other_way);
}

/* Half an int can be read: what the other has written by then. Its text is that of one of two numbers. */
static char text[8] = "10";

static void *scan(void *unused)
{
	int number = 0;

	assert(sscanf(text, "%d", &number) == 1 && (number == 10 || number == 20));
	return unused;
}

static void *spell(void *unused)
{
	text[0] = '2';
	return unused;
}

void scanned_while_written(void)
{
	two(scan, spell);
}
