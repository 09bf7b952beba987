/*
 * A sensor's two coordinates, published with a sequence number: readers take both without a lock and try again if
 * somebody wrote meanwhile. The reader compares with the number only once, before it reads: it can take one old
 * coordinate and one new.
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct snapshot {
	atomic_uint sequence; /* odd while somebody writes */
	atomic_int x, y;
};

static struct snapshot position;

static void snapshot_write(struct snapshot *s, int x, int y)
{
	s->sequence++;
	s->x = x;
	s->y = y;
	s->sequence++;
}

static bool snapshot_read(struct snapshot *s, int *x, int *y)
{
	unsigned before = s->sequence;

	if (before % 2)
		return false;
	*x = s->x;
	*y = s->y;
	return true;
}

static void *measure(void *unused)
{
	snapshot_write(&position, 3, 4);
	return unused;
}

static void *draw(void *unused)
{
	int x, y;

	if (snapshot_read(&position, &x, &y))
		assert((x == 0 && y == 0) || (x == 3 && y == 4));
	return unused;
}

int main(void)
{
	pthread_t sensor, display;

	pthread_create(&sensor, NULL, measure, NULL);
	pthread_create(&display, NULL, draw, NULL);
	pthread_join(sensor, NULL);
	pthread_join(display, NULL);
	return 0;
}
