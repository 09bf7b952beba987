/* Sorting and searching with callbacks, which may lock, and sort themselves. */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
	int key;
	char name[12];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int comparisons;

static int by_key(const void *a, const void *b)
{
	pthread_mutex_lock(&lock);
	comparisons++;
	pthread_mutex_unlock(&lock);
	return ((const struct item *)a)->key - ((const struct item *)b)->key;
}

static int by_number(const void *a, const void *b, void *sign)
{
	return *(int *)sign * (*(const int *)a - *(const int *)b);
}

static int by_number_up(const void *a, const void *b)
{
	int up = 1;
	return by_number(a, b, &up);
}

static int by_word(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void *sort_items(void *unused)
{
	struct item items[] = {{3, "three"}, {1, "one"}, {2, "two"}, {1, "uno"}, {3, "drei"}};

	qsort(items, 5, sizeof *items, by_key);
	for (int i = 0; i < 5; i++)
		printf("%d %s\n", items[i].key, items[i].name);
	struct item wanted = {.key = 2}, *found = bsearch(&wanted, items, 5, sizeof *items, by_key);
	assert(found && strcmp(found->name, "two") == 0);
	wanted.key = 7;
	assert(!bsearch(&wanted, items, 5, sizeof *items, by_key));
	return unused;
}

int main(void)
{
	int numbers[20], more[8] = {4, 2}, down = -1, key = 9;
	size_t n = 2;
	const char *words[] = {"pear", "apple", "fig", "kiwi"};
	pthread_t thread;

	for (int i = 0; i < 20; i++)
		numbers[i] = i * 7 % 20;
	qsort_r(numbers, 20, sizeof *numbers, by_number, &down);
	for (int i = 0; i < 20; i++)
		assert(numbers[i] == 19 - i);
	qsort(numbers, 0, sizeof *numbers, by_number_up);
	qsort(words, 4, sizeof *words, by_word);
	printf("%s %s %s %s\n", words[0], words[1], words[2], words[3]);
	assert(!lfind(&key, more, &n, sizeof key, by_number_up));
	assert(lsearch(&key, more, &n, sizeof key, by_number_up) == &more[2] && n == 3 && more[2] == 9);
	assert(lsearch(&key, more, &n, sizeof key, by_number_up) == &more[2] && n == 3);
	key = 2;
	assert(lfind(&key, more, &n, sizeof key, by_number_up) == &more[1]);
	pthread_create(&thread, NULL, sort_items, NULL);
	pthread_mutex_lock(&lock);
	comparisons = 0;
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
	return 0;
}
