/* Functions of <stdlib.h> and <search.h> that call back. What they call is the program's own code, which may block. */
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

typedef int sort_comparison(const void *, const void *);
typedef int sort_comparison_with(const void *, const void *, void *);

/* How elements are compared: by one of the two. */
struct sort_order {
	sort_comparison *plain;
	sort_comparison_with *with;
	void *argument;
};

static int sort_compare(const struct sort_order *order, const void *a, const void *b)
{
	return order->plain ? order->plain(a, b) : order->with(a, b, order->argument);
}

/* Sorts addresses of elements, on the scratch stack, by merging, as the GNU C library does: what is equal stays in order. */
static void sort_merge(const struct sort_order *order, const char **items, const char **merged, size_t n)
{
	if (n < 2)
		return;
	size_t half = n / 2, left = 0, right = half, at = 0;
	sort_merge(order, items, merged, half);
	sort_merge(order, items + half, merged, n - half);
	while (left < half && right < n) {
		bool first = sort_compare(order, items[left], items[right]) <= 0;
		scratch_write(&merged[at++], first ? &items[left++] : &items[right++], sizeof *items);
	}
	scratch_write(&merged[at], &items[left], (half - left) * sizeof *items);
	scratch_write(items, merged, (at + half - left) * sizeof *items);
}

/* Elements are compared where they are; then all of them are put in order. */
static void sort_array(char *base, size_t n, size_t size, const struct sort_order *order)
{
	if (n < 2 || !size)
		return;
	char *top = scratch_top();
	const char **items = scratch_reserve(n * sizeof *items), **merged = scratch_reserve(n * sizeof *items);
	for (size_t i = 0; i < n; i++)
		items[i] = base + i * size;
	sort_merge(order, items, merged, n);
	struct view view = view_take(base, n * size, reach_all(1));
	char *result = scratch_reserve(n * size);
	for (size_t i = 0; i < n; i++)
		memcpy(result + i * size, (const char *)view.at + (items[i] - base), size);
	runtime_put(base, result, n * size);
	scratch_release(top);
}

RUNTIME_API void __wrap_qsort(void *base, size_t n, size_t size, sort_comparison *compare)
{
	sort_array(base, n, size, &(struct sort_order){.plain = compare});
}

RUNTIME_API void __wrap_qsort_r(void *base, size_t n, size_t size, sort_comparison_with *compare, void *argument)
{
	sort_array(base, n, size, &(struct sort_order){.with = compare, .argument = argument});
}

RUNTIME_API void *__wrap_bsearch(const void *key, const void *base, size_t n, size_t size, sort_comparison *compare)
{
	for (size_t low = 0, high = n; low < high;) {
		size_t middle = (low + high) / 2;
		char *at = (char *)(uintptr_t)base + middle * size;
		int result = compare(key, at);
		if (!result)
			return at;
		if (result < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void *sort_find(const void *key, const void *base, size_t n, size_t size, sort_comparison *compare)
{
	for (size_t i = 0; i < n; i++)
		if (compare(key, (const char *)base + i * size) == 0)
			return (char *)(uintptr_t)base + i * size;
	return NULL;
}

static size_t sort_count(const size_t *n)
{
	runtime_reads(n, sizeof *n);
	return *n;
}

RUNTIME_API void *__wrap_lfind(const void *key, const void *base, size_t *n, size_t size, sort_comparison *compare)
{
	return sort_find(key, base, sort_count(n), size, compare);
}

RUNTIME_API void *__wrap_lsearch(const void *key, void *base, size_t *n, size_t size, sort_comparison *compare)
{
	size_t count = sort_count(n);
	void *found = sort_find(key, base, count, size, compare);
	if (found)
		return found;
	found = runtime_copy((char *)base + count * size, key, size);
	count++;
	runtime_put(n, &count, sizeof *n);
	return found;
}
