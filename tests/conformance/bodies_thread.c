/* The bodies of the thread (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_lock lock;
static struct sim_thread first, second;
static int counter; /* protected by the lock, or by starts and joins */

static void join_both(void)
{
	join(&first);
	join(&second);
}

static void do_nothing(void *unused)
{
	(void)unused;
}

static void count_under_lock(void *unused)
{
	(void)unused;
	assert(sim_lock_acquire(&lock) == SIM_OK);
	counter++;
	assert(sim_lock_release(&lock) == SIM_OK);
}

static void set_counter(void *unused)
{
	(void)unused;
	counter = 1;
}

void thread_start_and_join(void)
{
	counter = -1;
	start(&first, set_counter, NULL);
	join(&first);
	assert(counter == 1);
}

static void increment(void *number)
{
	++*(int *)number;
}

void thread_gets_its_argument(void)
{
	int one = 1, ten = 10;

	start(&first, increment, &one);
	start(&second, increment, &ten);
	join_both();
	assert(one == 2);
	assert(ten == 11);
}

void thread_joined_twice(void)
{
	start(&first, do_nothing, NULL);
	join(&first);
	join(&first);
	assert(sim_thread_join_for(&first, 0) == SIM_OK);
	assert(sim_thread_join_for(&first, SIM_NS_PER_MS) == SIM_OK);
}

static void join_first(void *unused)
{
	(void)unused;
	join(&first);
	assert(counter == 1);
}

void thread_joined_by_two(void)
{
	start(&first, set_counter, NULL);
	start(&second, join_first, NULL);
	join_both();
	assert(counter == 1);
}

static void pass_lock(void *unused)
{
	(void)unused;
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
}

void thread_join_for_leaves_it_alive(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, pass_lock, NULL);
	assert(sim_thread_join_for(&first, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_thread_join_for(&first, 0) == SIM_BUSY);
	assert(sim_thread_is_alive(&first));
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	assert(!sim_thread_is_alive(&first));
}

void thread_join_for_ends_with_it(void)
{
	enum sim_status status;

	start(&first, set_counter, NULL);
	status = sim_thread_join_for(&first, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	assert(status == SIM_TIMEOUT || counter == 1);
	assert(sim_thread_join_for(&first, SIM_FOREVER) == SIM_OK);
	assert(counter == 1);
}

void thread_is_alive_between(void)
{
	sim_thread_init(&first, NULL, pass_lock, NULL);
	assert(!sim_thread_is_alive(&first));
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_thread_start(&first) == SIM_OK);
	assert(sim_thread_is_alive(&first));
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	assert(!sim_thread_is_alive(&first));
}

static void look_at_current(void *self)
{
	assert(sim_thread_current() == self);
	assert(strcmp(sim_thread_current()->name, ((struct sim_thread *)self)->name) == 0);
}

void thread_current_and_name(void)
{
	assert(sim_thread_current() == sim_thread_main());
	sim_thread_init(&first, "hider", look_at_current, &first);
	sim_thread_init(&second, "a seeker with a long name", look_at_current, &second);
	assert(sim_thread_start(&first) == SIM_OK);
	assert(sim_thread_start(&second) == SIM_OK);
	assert(strcmp(first.name, "hider") == 0);
	assert(sim_thread_current() == sim_thread_main());
	join_both();
}

static void start_second(void *unused)
{
	(void)unused;
	start(&second, set_counter, NULL);
}

/* The grandchild outlives its starter; main joins it all the same. */
void thread_started_by_a_thread(void)
{
	start(&first, start_second, NULL);
	join_both();
	assert(counter == 1);
}

/* The program ends when its threads have; nobody needs to join them. */
void thread_not_joined(void)
{
	start(&first, count_under_lock, NULL);
	start(&second, count_under_lock, NULL);
}

void thread_yields(void)
{
	start(&first, count_under_lock, NULL);
	sim_thread_yield();
	join(&first);
	sim_thread_yield();
	assert(counter == 1);
}

void thread_start_twice(void)
{
	start(&first, do_nothing, NULL);
	assert(sim_thread_start(&first) == SIM_MISUSE);
}

void thread_start_after_its_end(void)
{
	start(&first, do_nothing, NULL);
	join(&first);
	assert(sim_thread_start(&first) == SIM_MISUSE);
	assert(!sim_thread_is_alive(&first));
}

void thread_start_without_function(void)
{
	assert(sim_thread_start(&first) == SIM_MISUSE);
}

void thread_join_unstarted(void)
{
	sim_thread_init(&first, NULL, do_nothing, NULL);
	assert(sim_thread_join(&first) == SIM_MISUSE);
}

static void join_itself(void *unused)
{
	(void)unused;
	assert(sim_thread_join(sim_thread_current()) == SIM_MISUSE);
}

void thread_join_itself(void)
{
	start(&first, join_itself, NULL);
	join(&first);
}

void thread_join_for_negative(void)
{
	start(&first, do_nothing, NULL);
	assert(sim_thread_join_for(&first, -2) == SIM_MISUSE);
}

/* ---- names, identities ------------------------------------------------------------------------------------------ */

static void look_at_name(void *name)
{
	assert(strcmp(sim_thread_name(sim_thread_current()), name) == 0);
}

static void start_with_default_names(void *unused)
{
	static char second_name[] = "Thread-1.1";

	(void)unused;
	start(&second, look_at_name, second_name);
	join(&second);
	assert(strcmp(sim_thread_name(&second), second_name) == 0);
}

void thread_default_names(void)
{
	static char name[] = "Thread-2";
	struct sim_thread other;

	sim_thread_init(&other, NULL, look_at_name, name);
	assert(sim_thread_name(&other) == NULL);
	start(&first, start_with_default_names, NULL);
	assert(sim_thread_start(&other) == SIM_OK);
	assert(strcmp(sim_thread_name(&first), "Thread-1") == 0);
	assert(strcmp(sim_thread_name(&other), name) == 0);
	join(&first);
	join(&other);
	assert(strcmp(sim_thread_name(&first), "Thread-1") == 0);
	assert(strcmp(sim_thread_name(sim_thread_main()), "MainThread") == 0);
}

static void rename_itself(void *unused)
{
	(void)unused;
	assert(sim_thread_set_name(sim_thread_current(), "seeker") == SIM_OK);
	assert(strcmp(sim_thread_name(sim_thread_current()), "seeker") == 0);
}

void thread_renamed(void)
{
	sim_thread_init(&first, NULL, rename_itself, NULL);
	assert(sim_thread_set_name(&first, "hider") == SIM_OK);
	assert(strcmp(sim_thread_name(&first), "hider") == 0);
	assert(sim_thread_start(&first) == SIM_OK);
	join(&first);
	assert(strcmp(sim_thread_name(&first), "seeker") == 0);
	assert(sim_thread_set_name(&first, NULL) == SIM_OK);
	assert(strcmp(sim_thread_name(&first), "Thread-1") == 0);
}

static void keep_ident(void *ident)
{
	*(uint64_t *)ident = sim_ident();
	assert(sim_thread_ident(sim_thread_current()) == sim_ident());
}

void thread_idents(void)
{
	uint64_t ident_1 = 0, ident_2 = 0;

	assert(sim_thread_ident(&first) == 0);
	start(&first, keep_ident, &ident_1);
	start(&second, keep_ident, &ident_2);
	assert(sim_thread_ident(&first) != 0);
	join_both();
	assert(sim_thread_ident(&first) == ident_1);
	assert(sim_thread_ident(&second) == ident_2);
	assert(ident_1 != ident_2 && ident_1 != sim_ident() && ident_2 != sim_ident());
	assert(sim_thread_ident(sim_thread_main()) == sim_ident());
}

/* Whether the other has been started is up to the order; the name has to be either. */
static void look_at_second(void *unused)
{
	const char *name = sim_thread_name(&second);
	uint64_t ident = sim_thread_ident(&second);

	(void)unused;
	assert(name == NULL || strcmp(name, "Thread-2") == 0);
	assert(name == NULL || ident != 0);
}

void thread_name_while_it_is_started(void)
{
	start(&first, look_at_second, NULL);
	second.function = do_nothing;
	assert(sim_thread_start(&second) == SIM_OK);
	join_both();
}

/* ---- objects ---------------------------------------------------------------------------------------------------- */

struct counting {
	int by;
	struct sim_thread thread;
	int sum;
};

static void counting_run(struct sim_thread *thread)
{
	struct counting *counting = SIM_CONTAINER_OF(thread, struct counting, thread);

	assert(thread == sim_thread_current());
	counting->sum += counting->by;
}

void thread_as_part_of_an_object(void)
{
	struct counting ones = { .by = 1 }, tens = { .by = 10 };

	sim_thread_init_object(&ones.thread, "ones", counting_run);
	sim_thread_init_object(&tens.thread, NULL, counting_run);
	assert(sim_thread_start(&ones.thread) == SIM_OK);
	assert(sim_thread_start(&tens.thread) == SIM_OK);
	join(&ones.thread);
	join(&tens.thread);
	assert(ones.sum == 1);
	assert(tens.sum == 10);
}

/* ---- daemons ---------------------------------------------------------------------------------------------------- */

static void start_second_and_ask(void *daemon)
{
	sim_thread_init(&second, NULL, do_nothing, NULL);
	assert(sim_thread_is_daemon(&second) == *(bool *)daemon);
	assert(sim_thread_start(&second) == SIM_OK);
	assert(sim_thread_is_daemon(&second) == *(bool *)daemon);
}

void thread_daemon_is_inherited(void)
{
	bool yes = true;

	sim_thread_init(&first, NULL, start_second_and_ask, &yes);
	assert(!sim_thread_is_daemon(&first));
	assert(sim_thread_set_daemon(&first, true) == SIM_OK);
	assert(sim_thread_is_daemon(&first));
	assert(sim_thread_start(&first) == SIM_OK);
	join_both();
	assert(sim_thread_is_daemon(&first));
	assert(!sim_thread_is_daemon(sim_thread_main()));
}

void thread_daemon_is_not_inherited(void)
{
	bool no = false;

	start(&first, start_second_and_ask, &no);
	join_both();
}

static void wait_on_condition(void *unused)
{
	static struct sim_condition condition;

	(void)unused;
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait(&condition) == SIM_OK);
	assert(false);
}

/* The program ends although the daemon has not, and cannot; a thread that is none is waited for all the same. */
void thread_daemon_and_another(void)
{
	sim_thread_init(&first, NULL, wait_on_condition, NULL);
	assert(sim_thread_set_daemon(&first, true) == SIM_OK);
	assert(sim_thread_start(&first) == SIM_OK);
	start(&second, set_counter, NULL);
}

void thread_daemon_after_start(void)
{
	start(&first, do_nothing, NULL);
	assert(sim_thread_set_daemon(&first, true) == SIM_MISUSE);
	assert(!sim_thread_is_daemon(&first));
}

void thread_main_made_a_daemon(void)
{
	assert(sim_thread_set_daemon(sim_thread_main(), true) == SIM_MISUSE);
}

/* ---- all threads ------------------------------------------------------------------------------------------------ */

void thread_enumerate_alive_only(void)
{
	struct sim_thread *list[4] = { NULL, NULL, NULL, NULL };

	assert(sim_thread_enumerate(list, 4) == 1);
	assert(list[0] == sim_thread_main());
	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, pass_lock, NULL);
	start(&second, pass_lock, NULL);
	assert(sim_thread_enumerate(list, 2) == 3);
	assert(list[0] == sim_thread_main() && list[1] == &first && list[2] == NULL);
	assert(sim_thread_enumerate(list, 4) == 3);
	assert(list[1] == &first && list[2] == &second && list[3] == NULL);
	assert(sim_thread_active_count() == 3);
	assert(sim_lock_release(&lock) == SIM_OK);
	join_both();
	assert(sim_thread_active_count() == 1);
	assert(sim_thread_enumerate(NULL, 0) == 1);
	assert(sim_thread_enumerate(list, -1) == 1);
}

/* A daemon or not, the calling thread is alive, and main may have returned. */
static void count_threads(void *unused)
{
	struct sim_thread *list[3];
	int n = sim_thread_enumerate(list, 3);

	(void)unused;
	assert(n == 1 || n == 2);
	assert(n == 1 ? list[0] == &first : list[0] == sim_thread_main() && list[1] == &first);
}

void thread_enumerate_at_the_end_of_main(void)
{
	start(&first, count_threads, NULL);
}

static void join_main(void *unused)
{
	(void)unused;
	assert(sim_thread_is_alive(&first));
	join(sim_thread_main());
	assert(!sim_thread_is_alive(sim_thread_main()));
	assert(counter == 1);
}

void thread_joins_main(void)
{
	start(&first, join_main, NULL);
	assert(sim_thread_is_alive(sim_thread_main()));
	counter = 1;
}

void thread_enumerate_without_list(void)
{
	assert(sim_thread_enumerate(NULL, 1) == 0);
}

void thread_main_started(void)
{
	assert(sim_thread_start(sim_thread_main()) == SIM_MISUSE);
}

void thread_main_joins_itself(void)
{
	assert(sim_thread_join(sim_thread_main()) == SIM_MISUSE);
}

/* ---- hooks ------------------------------------------------------------------------------------------------------ */

static int n_begun, n_ended, n_failed; /* of the hooks; ordered by starts and joins */

static void trace(struct sim_thread *thread, bool begins)
{
	assert(thread == &first && thread == sim_thread_current());
	if (begins)
		n_begun++;
	else
		n_ended++;
}

static void profile(struct sim_thread *thread, bool begins)
{
	assert(thread == &first);
	assert(n_begun == 1 && n_ended == 0);
	counter += begins ? 1 : 10;
}

static void count_between(void *unused)
{
	(void)unused;
	assert(n_begun == 1 && n_ended == 0 && counter == 1);
}

void thread_hooks(void)
{
	assert(sim_thread_set_trace(trace) == NULL);
	assert(sim_thread_set_profile(profile) == NULL);
	start(&first, count_between, NULL);
	join(&first);
	assert(n_begun == 1 && n_ended == 1 && counter == 11);
	assert(sim_thread_set_trace(NULL) == trace);
	assert(sim_thread_set_profile(NULL) == profile);
	start(&second, do_nothing, NULL);
	join(&second);
	assert(n_begun == 1 && n_ended == 1 && counter == 11);
}

static void note_failure(struct sim_thread *thread, const char *error)
{
	assert(thread == &first || thread == sim_thread_main());
	assert(strcmp(error, "no more input") == 0);
	n_failed++;
}

static void fail(void *unused)
{
	(void)unused;
	counter = 1;
	sim_thread_fail("no more input");
}

/* It ends alone, and is joined like any other. */
void thread_fails(void)
{
	assert(sim_on_thread_failure(note_failure) == NULL);
	assert(sim_thread_set_trace(trace) == NULL);
	start(&first, fail, NULL);
	join(&first);
	assert(n_failed == 1 && counter == 1 && n_ended == 1);
	assert(!sim_thread_is_alive(&first));
	assert(sim_on_thread_failure(NULL) == note_failure);
}

void thread_join_for_too_long(void)
{
	start(&first, do_nothing, NULL);
	assert(sim_thread_join_for(&first, SIM_TIMEOUT_MAX) == SIM_OK);
	assert(sim_thread_join_for(&first, SIM_TIMEOUT_MAX + 1) == SIM_MISUSE);
}

static void fail_without_error(void *unused)
{
	(void)unused;
	sim_thread_fail(NULL);
}

void thread_fails_without_error(void)
{
	start(&first, fail_without_error, NULL);
	join(&first);
}

void thread_name_null(void)
{
	assert(sim_thread_name(NULL) == NULL);
}
