/* The bodies of the semaphore (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_semaphore semaphore;
static struct sim_lock lock;
static struct sim_thread first, second, third;
static int inside, most; /* protected by the lock */
static int value;        /* handed over by the semaphore */

void semaphore_acquire_and_release(void)
{
	assert(!sim_semaphore_try_acquire(&semaphore));
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
	assert(sim_semaphore_acquire(&semaphore) == SIM_OK);
	assert(!sim_semaphore_try_acquire(&semaphore));
	assert(sim_semaphore_acquire_for(&semaphore, 0) == SIM_BUSY);
}

/* Takes `n`, after which nothing is left. */
static void take_all(int n)
{
	for (int i = 0; i < n; i++)
		assert(sim_semaphore_try_acquire(&semaphore));
	assert(!sim_semaphore_try_acquire(&semaphore));
}

void semaphore_has_its_initial_value(void)
{
	assert(sim_semaphore_init(&semaphore, NULL, 3) == SIM_OK);
	assert(sim_semaphore_check(&semaphore) == SIM_OK);
	take_all(3);
}

void semaphore_fields_set_by_hand(void)
{
	semaphore.initial = 2;
	take_all(2);
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
	take_all(1);
}

/* Releases add up, and go beyond the initial value where nothing bounds them. */
void semaphore_released_by_several(void)
{
	assert(sim_semaphore_init(&semaphore, NULL, 1) == SIM_OK);
	assert(sim_semaphore_release(&semaphore, 2) == SIM_OK);
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
	take_all(4);
}

static void enter_and_leave(void *unused)
{
	(void)unused;
	assert(sim_semaphore_acquire(&semaphore) == SIM_OK);
	sim_lock_acquire(&lock);
	if (++inside > most)
		most = inside;
	sim_lock_release(&lock);
	sim_lock_acquire(&lock);
	inside--;
	sim_lock_release(&lock);
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
}

void semaphore_admits_as_many_as_its_value(void)
{
	assert(sim_semaphore_init(&semaphore, NULL, 1) == SIM_OK);
	start(&first, enter_and_leave, NULL);
	start(&second, enter_and_leave, NULL);
	join(&first);
	join(&second);
	assert(inside == 0 && most == 1);
	take_all(1);
}

static void take_one(void *unused)
{
	(void)unused;
	assert(sim_semaphore_acquire(&semaphore) == SIM_OK);
}

void semaphore_release_lets_as_many_proceed(void)
{
	start(&first, take_one, NULL);
	start(&second, take_one, NULL);
	start(&third, take_one, NULL);
	assert(sim_semaphore_release(&semaphore, 4) == SIM_OK);
	join(&first);
	join(&second);
	join(&third);
	take_all(1);
}

static void write_and_release(void *unused)
{
	(void)unused;
	value = 7;
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
}

void semaphore_released_by_another_thread(void)
{
	start(&first, write_and_release, NULL);
	assert(sim_semaphore_acquire(&semaphore) == SIM_OK);
	assert(value == 7);
	join(&first);
}

void semaphore_acquire_for_takes_what_is_there(void)
{
	static const int64_t timeouts[] = { 0, 1, SIM_NS_PER_S, SIM_TIMEOUT_MAX, SIM_FOREVER };

	for (size_t i = 0; i < sizeof(timeouts) / sizeof(*timeouts); i++) {
		assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
		assert(sim_semaphore_acquire_for(&semaphore, timeouts[i]) == SIM_OK);
		take_all(0);
	}
}

void semaphore_acquire_for_runs_out(void)
{
	assert(sim_semaphore_acquire_for(&semaphore, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
	take_all(1);
}

static void release_one(void *unused)
{
	(void)unused;
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
}

/* Whether the release comes in time is open; what each answer means is not. */
void semaphore_acquire_for_released_meanwhile(void)
{
	enum sim_status status;

	start(&first, release_one, NULL);
	status = sim_semaphore_acquire_for(&semaphore, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	join(&first);
	take_all(status == SIM_OK ? 0 : 1);
}

void semaphore_acquire_for_ever(void)
{
	start(&first, release_one, NULL);
	assert(sim_semaphore_acquire_for(&semaphore, SIM_FOREVER) == SIM_OK);
	join(&first);
	take_all(0);
}

void semaphore_initialised_with_a_name(void)
{
	struct sim_semaphore local;

	memset(&local, 0xff, sizeof(local));
	assert(sim_semaphore_init_bounded(&local, "slots", 1) == SIM_OK);
	assert(strcmp(local.name, "slots") == 0);
	assert(local.initial == 1 && local.bounded);
	assert(sim_semaphore_try_acquire(&local));
	assert(!sim_semaphore_try_acquire(&local));
}

/* A semaphore initialised where an earlier one was is another one, with nothing taken. */
void semaphore_initialised_again(void)
{
	assert(sim_semaphore_init(&semaphore, NULL, 2) == SIM_OK);
	take_all(2);
	assert(sim_semaphore_init(&semaphore, NULL, 1) == SIM_OK);
	take_all(1);
}

void semaphore_bounded_up_to_its_initial_value(void)
{
	assert(sim_semaphore_init_bounded(&semaphore, NULL, 2) == SIM_OK);
	for (int i = 0; i < 2; i++) {
		take_all(2);
		assert(sim_semaphore_release(&semaphore, 2) == SIM_OK);
	}
	take_all(2);
}

void semaphore_bounded_released_above(void)
{
	assert(sim_semaphore_init_bounded(&semaphore, NULL, 1) == SIM_OK);
	assert(sim_semaphore_acquire(&semaphore) == SIM_OK);
	assert(sim_semaphore_release(&semaphore, 1) == SIM_OK);
	assert(sim_semaphore_release(&semaphore, 1) == SIM_MISUSE);
	take_all(1);
}

/* All of them or none. */
void semaphore_bounded_released_by_too_many(void)
{
	assert(sim_semaphore_init_bounded(&semaphore, NULL, 3) == SIM_OK);
	assert(sim_semaphore_acquire(&semaphore) == SIM_OK);
	assert(sim_semaphore_release(&semaphore, 2) == SIM_MISUSE);
	take_all(2);
}

void semaphore_release_of_none(void)
{
	assert(sim_semaphore_release(&semaphore, 0) == SIM_MISUSE);
	take_all(0);
}

void semaphore_init_negative(void)
{
	assert(sim_semaphore_init(&semaphore, NULL, -1) == SIM_MISUSE);
}

void semaphore_negative_by_hand(void)
{
	semaphore.initial = -1;
	assert(sim_semaphore_release(&semaphore, 1) == SIM_MISUSE);
}

void semaphore_acquire_for_negative(void)
{
	assert(sim_semaphore_acquire_for(&semaphore, -2) == SIM_MISUSE);
}

void semaphore_acquire_null(void)
{
	assert(sim_semaphore_acquire(NULL) == SIM_MISUSE);
}
