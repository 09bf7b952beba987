/*
 * Measurements go from the thread that reads a sensor to the one that watches them, through a ring buffer without a lock. The
 * producer says that there is an item before it has written it: the consumer may take what was there before.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "ring.h"

static struct ring ring;

static void *read_sensor(void *unused)
{
	for (int i = 0; i < 2; i++) {
		bool had_room = ring_put(&ring, 20 + i);

		assert(had_room);
	}
	return unused;
}

int main(void)
{
	pthread_t sensor;
	int value = 0;

	pthread_create(&sensor, NULL, read_sensor, NULL);
	for (int i = 0; i < 2; i++) {
		if (ring_take(&ring, &value))
			assert(value >= 20);
	}
	pthread_join(sensor, NULL);
	printf("the last value was %d\n", value);
	return 0;
}
