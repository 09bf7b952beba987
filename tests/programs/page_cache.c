/*
 * A cache of pages, with a spin lock for each page because the sections are short. A page is copied to another one while
 * both are locked: the source first. Two copies in opposite directions wait for each other for ever, each spinning.
 *
 * SIMCHECK-EXPECT: deadlock lock-cycle
 */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

enum { N_PAGES = 2, PAGE_SIZE = 4 };

static struct page {
	pthread_spinlock_t lock;
	unsigned char bytes[PAGE_SIZE];
} pages[N_PAGES];

struct copy {
	struct page *from, *to;
};

static void page_copy(struct page *from, struct page *to)
{
	pthread_spin_lock(&from->lock);
	pthread_spin_lock(&to->lock);
	for (int i = 0; i < PAGE_SIZE; i++)
		to->bytes[i] = from->bytes[i];
	pthread_spin_unlock(&to->lock);
	pthread_spin_unlock(&from->lock);
}

static void *copy_in_background(void *argument)
{
	const struct copy *copy = argument;

	page_copy(copy->from, copy->to);
	return NULL;
}

int main(void)
{
	struct copy back = {&pages[1], &pages[0]};
	pthread_t thread;

	for (int i = 0; i < N_PAGES; i++) {
		pthread_spin_init(&pages[i].lock, PTHREAD_PROCESS_PRIVATE);
		for (int k = 0; k < PAGE_SIZE; k++)
			pages[i].bytes[k] = (unsigned char)i;
	}
	pthread_create(&thread, NULL, copy_in_background, &back);
	page_copy(&pages[0], &pages[1]);
	pthread_join(thread, NULL);
	/* Either copy came first: both pages are the same now. */
	assert(pages[0].bytes[0] == pages[1].bytes[0]);
	for (int i = 0; i < N_PAGES; i++)
		pthread_spin_destroy(&pages[i].lock);
	return 0;
}
