/*
 * Hide and seek with a memory: it does not matter who comes first.
 *
 * The repaired twin of condition_misordered.c. What has happened is kept in `phase`, and each waits until the phase
 * is the one it needs. If the notification came too early, the phase has changed already, and there is no wait that
 * could miss it. The lock makes looking at the phase and starting to wait one step, so nothing fits in between.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum phase { NOTHING, EYES_CLOSED, HIDDEN, FOUND };

static struct sim_condition changed;
static enum phase phase; /* protected by the lock of `changed` */

static void wait_for(enum phase wanted)
{
	while (phase != wanted)
		sim_condition_wait(&changed);
}

static void reach(enum phase next)
{
	phase = next;
	sim_condition_notify(&changed, 1);
}

static void hide(void *unused)
{
	(void)unused;
	sim_condition_acquire(&changed);
	wait_for(EYES_CLOSED);
	reach(HIDDEN);
	wait_for(FOUND);
	sim_condition_release(&changed);
}

static void seek(void *unused)
{
	(void)unused;
	sim_condition_acquire(&changed);
	reach(EYES_CLOSED);
	wait_for(HIDDEN);
	reach(FOUND);
	sim_condition_release(&changed);
}

int main(void)
{
	struct sim_thread hider, seeker;

	sim_thread_init(&hider, "hider", hide, NULL);
	sim_thread_init(&seeker, "seeker", seek, NULL);
	sim_thread_start(&hider);
	sim_thread_start(&seeker);
	sim_thread_join(&hider);
	sim_thread_join(&seeker);
	assert(phase == FOUND);
	return 0;
}
