/*
 * An audio thread hands samples to a writer through a ring of four cells, each index written by one side only. The
 * index is stored with relaxed order: nothing says that the sample in the cell is there before the index tells so.
 *
 * SIMCHECK-EXPECT: data-race
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { CELLS = 4, SAMPLES = 2 };

struct ring {
	short cells[CELLS];
	atomic_uint put, taken;
};

static struct ring ring;

static bool ring_put(struct ring *r, short sample)
{
	unsigned put = atomic_load_explicit(&r->put, memory_order_relaxed);

	if (put - atomic_load_explicit(&r->taken, memory_order_acquire) == CELLS)
		return false;
	r->cells[put % CELLS] = sample;
	atomic_store_explicit(&r->put, put + 1, memory_order_relaxed);
	return true;
}

static bool ring_take(struct ring *r, short *sample)
{
	unsigned taken = atomic_load_explicit(&r->taken, memory_order_relaxed);

	if (atomic_load_explicit(&r->put, memory_order_acquire) == taken)
		return false;
	*sample = r->cells[taken % CELLS];
	atomic_store_explicit(&r->taken, taken + 1, memory_order_release);
	return true;
}

static void *record(void *unused)
{
	for (short i = 1; i <= SAMPLES; i++)
		while (!ring_put(&ring, i))
			;
	return unused;
}

static void *save(void *unused)
{
	short sample;

	for (int i = 1; i <= SAMPLES; i++) {
		while (!ring_take(&ring, &sample))
			;
		assert(sample == i);
	}
	return unused;
}

int main(void)
{
	pthread_t recorder, saver;

	pthread_create(&recorder, NULL, record, NULL);
	pthread_create(&saver, NULL, save, NULL);
	pthread_join(recorder, NULL);
	pthread_join(saver, NULL);
	return 0;
}
