/* How threads and programs end: cancellation, thread-specific data, jumps, functions called at the end. Each function is a
 * program of its own. */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdlib.h>

static pthread_key_t key;
static sem_t semaphore;
static jmp_buf back;

static pthread_t start(void *(*body)(void *))
{
	pthread_t thread;

	assert(pthread_create(&thread, NULL, body, NULL) == 0);
	return thread;
}

static void *look(void *argument)
{
	pthread_testcancel();
	return argument;
}

/* The look comes before the request or after it: 2 classes. */
void cancelled_or_not(void)
{
	pthread_t thread = start(look);
	void *result;

	pthread_cancel(thread);
	pthread_join(thread, &result);
	assert(result == PTHREAD_CANCELED || result == NULL);
}

static void *take(void *argument)
{
	sem_wait(&semaphore);
	return argument;
}

/* The request comes before the look of the wait, or cuts the wait short: 2 classes. */
void cancelled_while_it_waits(void)
{
	pthread_t thread;
	void *result;

	sem_init(&semaphore, 0, 0);
	thread = start(take);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	assert(result == PTHREAD_CANCELED);
}

/* Before the look; or, after that, the wait is cut short before the release; or it completes after it: 3 classes. */
void cancelled_or_released(void)
{
	pthread_t thread;
	int value;

	sem_init(&semaphore, 0, 0);
	thread = start(take);
	pthread_cancel(thread);
	sem_post(&semaphore);
	pthread_join(thread, NULL);
	sem_getvalue(&semaphore, &value);
	assert(value == 0 || value == 1);
}

static void *wait_for_ever(void *argument)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	sem_wait(&semaphore);
	return argument;
}

/* Who forbids it waits on. That the request finds nothing to act on is the same, whenever it comes: 1 class. */
void cancelled_in_vain(void)
{
	pthread_t thread;

	sem_init(&semaphore, 0, 0);
	thread = start(wait_for_ever);
	pthread_cancel(thread);
	pthread_join(thread, NULL);
}

void cancelled_after_joining(void)
{
	pthread_t thread = start(look);

	pthread_join(thread, NULL);
	pthread_cancel(thread);
}

static void fail(void *value)
{
	assert(!value);
}

static void *set_value(void *argument)
{
	pthread_setspecific(key, &key);
	return argument;
}

/* The destructor is called unless the key is deleted before: 2 classes. */
void key_deleted_at_the_end(void)
{
	pthread_t thread;

	pthread_key_create(&key, fail);
	thread = start(set_value);
	pthread_key_delete(key);
	pthread_join(thread, NULL);
}

void key_used_after_deletion(void)
{
	pthread_key_create(&key, NULL);
	pthread_key_delete(key);
	pthread_setspecific(key, &key);
}

void key_never_made(void)
{
	key = 17;
	pthread_getspecific(key);
}

static void prepare_jump(void)
{
	setjmp(back);
}

void jump_to_a_function_that_returned(void)
{
	prepare_jump();
	longjmp(back, 1);
}

static void *jump(void *argument)
{
	(void)argument;
	longjmp(back, 1);
}

void jump_to_another_thread(void)
{
	if (setjmp(back) == 0)
		pthread_join(start(jump), NULL);
}

static void end_again(void)
{
	exit(1);
}

void ended_at_its_end(void)
{
	atexit(end_again);
	exit(0);
}

static int n_called;

static void count_call(void)
{
	assert(++n_called == 1);
}

static void *end(void *argument)
{
	(void)argument;
	exit(0);
}

/* Either ends it, and the other one waits for that: the first before the second is started, or either after that, or either
 * after main, too, has looked whether it was cancelled: 5 classes. */
void ended_by_two(void)
{
	pthread_t first;

	atexit(count_call);
	first = start(end);
	start(end);
	pthread_join(first, NULL);
}
