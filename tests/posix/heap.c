/* The heap, as the GNU C library has it: alignment, sizes, what is kept and what fails. */
#include <assert.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile size_t huge = SIZE_MAX / 2 + 1;

static void check_alignment(void *block, size_t align)
{
	assert(block && (uintptr_t)block % align == 0);
	free(block);
}

static void check_errors(void)
{
	void *block = &block;

	errno = 0;
	assert(!malloc(huge) && errno == ENOMEM);
	errno = 0;
	assert(!calloc(huge, 4) && errno == ENOMEM);
	errno = 0;
	assert(!realloc(NULL, huge) && errno == ENOMEM);
	errno = 0;
	assert(!reallocarray(NULL, huge, 3) && errno == ENOMEM);
	errno = 0;
	assert(posix_memalign(&block, 24, 8) == EINVAL && errno == 0);
	assert(posix_memalign(&block, 4, 8) == EINVAL && errno == 0);
	assert(posix_memalign(&block, 16, huge) == ENOMEM);
	errno = 7;
	free(NULL);
	free(malloc(1));
	assert(errno == 7);
}

/* What could not grow is as it was. */
static void check_realloc(void)
{
	char *text = strdup("some text");

	assert(!realloc(text, huge) && strcmp(text, "some text") == 0);
	text = realloc(text, 5000);
	assert(strcmp(text, "some text") == 0);
	text = realloc(text, 5);
	assert(memcmp(text, "some ", 5) == 0);
	text = reallocarray(text, 3, 4);
	assert(memcmp(text, "some ", 5) == 0 && malloc_usable_size(text) >= 12);
	assert(!realloc(text, 0));
	assert(malloc_usable_size(NULL) == 0);
}

static void *check_all(void *unused)
{
	char *zeroed = calloc(5, 3), *one = malloc(0), *other = malloc(0);
	void *block;

	for (int i = 0; i < 15; i++)
		assert(zeroed[i] == 0);
	free(zeroed);
	assert(one && other && one != other);
	free(one);
	free(other);
	check_alignment(malloc(1), 16);
	check_alignment(aligned_alloc(64, 64), 64);
	check_alignment(memalign(4096, 10), 4096);
	assert(posix_memalign(&block, 128, 10) == 0);
	check_alignment(block, 128);
	check_errors();
	check_realloc();
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, check_all, NULL);
	pthread_join(thread, NULL);
	check_all(NULL);
	puts("as it should be");
	return 0;
}
