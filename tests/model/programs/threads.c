/* What threads ask about each other, how they end, and what the library keeps for all of them. */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#include <simcheck/simcheck.h>

static struct sim_thread first, second;
static struct sim_lock lock;

static void start(struct sim_thread *thread, void (*function)(void *))
{
	sim_thread_init(thread, NULL, function, NULL);
	sim_thread_start(thread);
}

static void sleep_twice(void *unused)
{
	(void)unused;
	sim_sleep(1);
	sim_sleep(1);
}

/* Main may count before, between and after the two sleeps; only then one thread is left: 3 classes. */
void enumerates_beside_two_sleeps(void)
{
	int n;

	start(&first, sleep_twice);
	n = sim_thread_active_count();
	assert(n == 1 || n == 2);
	sim_thread_join(&first);
}

static void do_nothing(void *unused)
{
	(void)unused;
}

static void start_second(void *unused)
{
	(void)unused;
	start(&second, do_nothing);
}

/* The second thread ends in the step that starts it, and so does the first: nobody ever sees three. 2 classes. */
void enumerates_beside_a_start(void)
{
	int n;

	start(&first, start_second);
	n = sim_thread_active_count();
	assert(n == 1 || n == 2);
	sim_thread_join(&first);
}

static void join_main(void *unused)
{
	(void)unused;
	assert(sim_thread_join(sim_thread_main()) == SIM_OK);
	assert(!sim_thread_is_alive(sim_thread_main()));
}

/* The join waits for the last sleep: 1 class. Its thread detains the program, so is_alive() comes before the end. */
void main_is_joined(void)
{
	start(&first, join_main);
	sleep_twice(NULL);
}

static void join_main_for(void *unused)
{
	(void)unused;
	sim_thread_join_for(sim_thread_main(), 1);
}

/* The join times out before the first sleep or between the two, or succeeds after the second: 3 classes. */
void main_is_joined_for_a_while(void)
{
	start(&first, join_main_for);
	sleep_twice(NULL);
}

/* The program ends before, between or after the sleeps of the daemon: 3 classes. */
void daemon_is_cut_off_anywhere(void)
{
	sim_thread_init(&first, NULL, sleep_twice, NULL);
	sim_thread_set_daemon(&first, true);
	sim_thread_start(&first);
}

static void wait_for_ever(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	sim_lock_acquire(&lock);
}

/* A daemon that waits for itself is a deadlock, whether the program ends or not. Main may end before its first acquire,
 * between the two, and there is no third event: 2 classes. */
void daemon_waits_for_itself(void)
{
	sim_thread_init(&first, NULL, wait_for_ever, NULL);
	sim_thread_set_daemon(&first, true);
	sim_thread_start(&first);
}

static void try_or_fail(void *unused)
{
	(void)unused;
	if (!sim_lock_try_acquire(&lock))
		sim_thread_fail("the lock was taken");
	sim_lock_release(&lock);
}

/* The attempt comes before, while or after main has the lock: 3 classes. The thread is joined in each of them. */
void ends_by_an_error_in_one_order(void)
{
	start(&first, try_or_fail);
	sim_lock_acquire(&lock);
	sim_lock_release(&lock);
	sim_thread_join(&first);
	assert(!sim_thread_is_alive(&first));
}

/* Main fails, and is joined as if it had returned. */
void main_ends_by_an_error(void)
{
	start(&first, join_main);
	sim_thread_fail("main has nothing to do");
}

static void hook(struct sim_thread *thread, bool begins)
{
	(void)thread;
	(void)begins;
}

static void set_hook(void *unused)
{
	(void)unused;
	sim_thread_set_trace(hook);
}

void hook_set_while_a_thread_starts(void)
{
	start(&first, set_hook);
	start(&second, do_nothing);
	sim_thread_join(&first);
}

static void rename_itself(void *unused)
{
	(void)unused;
	sim_thread_set_name(sim_thread_current(), "renamed");
}

void name_read_while_it_changes(void)
{
	start(&first, rename_itself);
	sim_thread_name(&first);
	sim_thread_join(&first);
}

static struct sim_thread started_by_two;

static void start_it(void *unused)
{
	(void)unused;
	start(&first, sleep_twice);
	sim_thread_start(&started_by_two);
}

void thread_started_by_two(void)
{
	sim_thread_init(&started_by_two, NULL, do_nothing, NULL);
	sim_thread_init(&second, NULL, start_it, NULL);
	sim_thread_start(&second);
	sim_thread_start(&started_by_two);
}

static int n_calls;

static void call(void *unused)
{
	(void)unused;
	n_calls++;
}

/* The timer runs out before or after it is cancelled: 2 classes. */
void timer_cancelled_in_time_or_not(void)
{
	struct sim_timer timer;

	sim_timer_init(&timer, NULL, 1, call, NULL);
	sim_timer_start(&timer);
	sim_timer_cancel(&timer);
	sim_thread_join(&timer.thread);
	assert(n_calls == 0);
}

static void assert_nothing_called(void *unused)
{
	(void)unused;
	assert(n_calls > 0);
}

/* What goes wrong in a timer has a place, though it is a thread of the library. */
void timer_fails(void)
{
	static struct sim_timer timer;

	sim_timer_init(&timer, NULL, 1, assert_nothing_called, NULL);
	sim_timer_start(&timer);
}

/* A thread without a sim_thread: it is not counted, has an identity of its own, and can start others. */
static void *run_posix(void *unused)
{
	assert(sim_thread_current() == NULL);
	assert(sim_ident() != 0 && sim_ident() != sim_thread_ident(sim_thread_main()));
	sim_log("nameless");
	assert(sim_thread_active_count() == 1);
	start(&first, do_nothing);
	assert(strcmp(sim_thread_name(&first), "Thread-1.1") == 0);
	sim_thread_join(&first);
	return unused;
}

void posix_thread_uses_the_library(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, run_posix, NULL);
	pthread_join(thread, NULL);
}
