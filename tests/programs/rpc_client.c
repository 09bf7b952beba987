/*
 * A client that sends a request and waits for the answer for a while. When its time is over it says that there was none,
 * without a look: the answer may have come at the last moment, before the client had the mutex again. Then it is counted
 * as lost although it is there.
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

static struct call {
	pthread_mutex_t lock;
	pthread_cond_t answered;
	bool has_answer;
	bool is_given_up;
	int answer;
} call = {.lock = PTHREAD_MUTEX_INITIALIZER, .answered = PTHREAD_COND_INITIALIZER};

/* The server's side: an answer that nobody waits for any more is dropped. */
static void *serve(void *unused)
{
	pthread_mutex_lock(&call.lock);
	if (!call.is_given_up) {
		call.answer = 42;
		call.has_answer = true;
		pthread_cond_signal(&call.answered);
	}
	pthread_mutex_unlock(&call.lock);
	return unused;
}

/* Returns whether there was an answer. */
static bool call_wait(int *answer)
{
	struct timespec deadline;
	int error = 0;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += 5;
	pthread_mutex_lock(&call.lock);
	while (!call.has_answer && error != ETIMEDOUT)
		error = pthread_cond_timedwait(&call.answered, &call.lock, &deadline);
	bool is_answered = error != ETIMEDOUT;
	call.is_given_up = !is_answered;
	*answer = call.answer;
	pthread_mutex_unlock(&call.lock);
	return is_answered;
}

int main(void)
{
	pthread_t server;
	int answer;

	pthread_create(&server, NULL, serve, NULL);
	bool is_answered = call_wait(&answer);
	pthread_join(server, NULL);
	assert(is_answered == call.has_answer);
	assert(!is_answered || answer == 42);
	return 0;
}
