/*
 * Accesses to memory that the compiler's instrumentation does not announce, each function a program of its own. In those
 * that end in `_locked` the unannounced access is the program's own affair, and the verdict holds; in those that end in
 * `_racing` it is what goes wrong, and is not seen: doc/limits.md.
 */
#include <assert.h>
#include <pthread.h>

struct wide {
	long parts[8];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter;
static struct wide shared;

/* Runs `first` and `second` in a thread each, until both have ended. */
static void run_two(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

/* Something for the other thread to come before or after. */
static void pass_lock(void)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
}

/* Inline assembly, on the processors that there is some for; elsewhere the same without announcement. */
__attribute__((no_sanitize("thread"))) static void count_in_assembly(void)
{
#if defined(__x86_64__)
	__asm__ volatile("incl %0" : "+m"(counter));
#else
	counter++;
#endif
}

static void *assembly_with_lock(void *unused)
{
	pthread_mutex_lock(&lock);
	count_in_assembly();
	pthread_mutex_unlock(&lock);
	return unused;
}

void assembly_locked(void)
{
	run_two(assembly_with_lock, assembly_with_lock);
	assert(counter == 2);
}

static void *assembly_without_lock(void *unused)
{
	count_in_assembly();
	pass_lock();
	return unused;
}

void assembly_racing(void)
{
	run_two(assembly_without_lock, assembly_without_lock);
}

static int passes_of_first, passes_of_second;

static void *pass_often(void *unused)
{
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&lock);
		passes_of_first++;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *pass_often_and_count(void *unused)
{
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&lock);
		if (++passes_of_second == 4 && passes_of_first == 0)
			count_in_assembly();
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

/* Only where the second thread has come first four times is there an unannounced write: in one of 8! / (4! * 4!) = 70
 * classes, which may be reached long after the watch has ended. */
void assembly_late(void)
{
	run_two(pass_often, pass_often_and_count);
	assert(counter <= 1);
}

static struct wide make_wide(long start)
{
	struct wide wide;

	for (int i = 0; i < 8; i++)
		wide.parts[i] = start + i;
	return wide;
}

static void *result_with_lock(void *unused)
{
	pthread_mutex_lock(&lock);
	shared = make_wide(shared.parts[0] + 1);
	pthread_mutex_unlock(&lock);
	return unused;
}

/* A large result is written by the function that returns it, right to where it goes. */
void struct_result_locked(void)
{
	run_two(result_with_lock, result_with_lock);
	assert(shared.parts[0] == 2 && shared.parts[7] == 9);
}

static void *result_without_lock(void *unused)
{
	shared = make_wide(1);
	pass_lock();
	return unused;
}

void struct_result_racing(void)
{
	run_two(result_without_lock, result_without_lock);
}

__attribute__((no_sanitize("thread"))) static void count_unseen(void)
{
	counter++;
}

static void *unseen_with_lock(void *unused)
{
	pthread_mutex_lock(&lock);
	count_unseen();
	pthread_mutex_unlock(&lock);
	return unused;
}

void function_without_instrumentation_locked(void)
{
	run_two(unseen_with_lock, unseen_with_lock);
	assert(counter == 2);
}
