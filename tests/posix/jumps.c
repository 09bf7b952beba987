/* Jumps: what setjmp returns, from how deep one may jump, and that threads take turns meanwhile. */
#include <assert.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n_failed;

static void fail(jmp_buf *back, int depth, int error)
{
	if (depth > 0)
		fail(back, depth - 1, error);
	assert(pthread_mutex_lock(&lock) == 0);
	n_failed++;
	assert(pthread_mutex_unlock(&lock) == 0);
	longjmp(*back, error);
}

static void *attempt(void *argument)
{
	volatile int n_attempts = 0;
	sigjmp_buf inner;
	jmp_buf back;
	int error = setjmp(back);

	assert(error == (n_attempts == 0 ? 0 : n_attempts == 1 ? 5 : 1));
	if (n_attempts++ < 2)
		fail(&back, 3, error == 0 ? 5 : 0);
	if (sigsetjmp(inner, 1) == 0)
		siglongjmp(inner, 2);
	assert(n_attempts == 3);
	return argument;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		assert(pthread_create(&threads[i], NULL, attempt, NULL) == 0);
	for (int i = 0; i < 2; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	printf("%d failed\n", n_failed);
	return 0;
}
