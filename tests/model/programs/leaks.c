/*
 * Blocks of the heap that are lost when the program ends, and such that are not, each function a program of its own.
 *
 * SIMCHECK-OPTIONS: --leaks
 */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <simcheck/simcheck.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *global;
static _Thread_local void *own;

struct node {
	struct node *next;
	char text[24];
};

static void *allocate(void *unused)
{
	(void)unused;
	return malloc(24);
}

static void *run(void *(*body)(void *), void *argument)
{
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, body, argument);
	pthread_join(thread, &result);
	return result;
}

/* ---- lost ------------------------------------------------------------------------------------------------------- */

void result_dropped(void)
{
	run(allocate, NULL);
}

/* What only a local variable of main points to is lost when main returns. */
void local_dropped(void)
{
	char *local = run(allocate, NULL);

	local[0] = 1;
}

void three_dropped(void)
{
	for (int i = 0; i < 3; i++)
		run(allocate, NULL);
}

static struct node *make_list(int n)
{
	struct node *first = NULL;

	for (int i = 0; i < n; i++) {
		struct node *node = malloc(sizeof *node);

		node->next = first;
		first = node;
	}
	return first;
}

/* 32 bytes that nothing points to, and 2 * 32 that they lead to. */
void list_dropped(void)
{
	make_list(3);
}

/* Each points to the other. */
void ring_dropped(void)
{
	struct node *ring = make_list(2);

	ring->next->next = ring;
}

static void *keep_in_own(void *unused)
{
	own = malloc(8);
	return unused;
}

void thread_local_dropped(void)
{
	run(keep_in_own, NULL);
}

static void *set_global(void *value)
{
	pthread_mutex_lock(&lock);
	global = value;
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* By who has the lock first one of the two blocks is lost, or the other one. */
void overwritten(void)
{
	pthread_t one, two;

	pthread_create(&one, NULL, set_global, malloc(16));
	pthread_create(&two, NULL, set_global, malloc(17));
	pthread_join(one, NULL);
	pthread_join(two, NULL);
}

/* ---- kept ------------------------------------------------------------------------------------------------------- */

void kept_in_a_global(void)
{
	global = run(allocate, NULL);
}

void kept_by_a_list(void)
{
	global = make_list(3);
}

/* Inside of the block, not at its beginning. */
void kept_by_a_part(void)
{
	global = make_list(1)->text;
}

static void *wait_for_ever(void *block)
{
	pthread_mutex_lock(&lock);
	return block;
}

/* The end of the program cuts a thread off that still has it. */
void kept_by_a_thread(void)
{
	pthread_t thread;

	pthread_mutex_lock(&lock);
	pthread_create(&thread, NULL, wait_for_ever, malloc(16));
	pthread_detach(thread);
}

static void end_below(void *block)
{
	*(char *)block = 1;
	exit(0);
}

void kept_where_exit_was_called(void)
{
	void *block = malloc(24);

	end_below(block);
}

static void *keep_for_a_key(void *unused)
{
	pthread_key_t key;

	pthread_key_create(&key, NULL);
	pthread_setspecific(key, malloc(16));
	pthread_mutex_lock(&lock);
	return unused;
}

void kept_as_thread_specific(void)
{
	pthread_t thread;

	pthread_mutex_lock(&lock);
	pthread_create(&thread, NULL, keep_for_a_key, NULL);
	pthread_detach(thread);
}

void kept_in_a_queue(void)
{
	static struct sim_queue queue;

	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, 0);
	sim_queue_put(&queue, malloc(16));
}

void freed(void)
{
	free(run(allocate, NULL));
}
