/*
 * Hide and seek: a notification that comes before the wait is lost.
 *
 * The seeker closes its eyes and tells the hider ("notify"); the hider, who waits for that, hides and tells the
 * seeker; the seeker finds it and says so. This works when the hider is the first to come: it waits, and the
 * notification reaches it.
 *
 * When the seeker is first, nobody waits yet, so its first notification reaches nobody, and a condition does not
 * remember it. Then the seeker waits for the hider to hide, and the hider waits for the seeker to close its eyes:
 * for ever.
 *
 * The mistake is to wait for a notification rather than for a fact. condition_misordered_fixed.c keeps the fact in a
 * variable.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_condition told;

static void hide(void *unused)
{
	(void)unused;
	sim_condition_acquire(&told);
	sim_condition_wait(&told);      /* until the seeker has closed its eyes */
	sim_condition_notify(&told, 1); /* hidden */
	sim_condition_wait(&told);      /* until found */
	sim_condition_release(&told);
}

static void seek(void *unused)
{
	(void)unused;
	sim_condition_acquire(&told);
	sim_condition_notify(&told, 1); /* eyes closed: but is anybody waiting to hear it? */
	sim_condition_wait(&told);      /* until the hider has hidden */
	sim_condition_notify(&told, 1); /* found */
	sim_condition_release(&told);
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
	return 0;
}
