/*
 * Two workers that must not both be active: who finds no lock file makes one and goes on. Between the question and the
 * answer the other one may have made it.
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static const char lock_path[] = "worker.lock";
static int n_active;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool take_lock_file(void)
{
	if (access(lock_path, F_OK) == 0)
		return false;

	int file = open(lock_path, O_CREAT | O_WRONLY, 0644);

	if (file < 0)
		return false;
	close(file);
	return true;
}

static void *work(void *unused)
{
	if (!take_lock_file())
		return unused;
	pthread_mutex_lock(&lock);
	n_active++;
	assert(n_active == 1);
	pthread_mutex_unlock(&lock);

	/* ... what only one may do ... */

	pthread_mutex_lock(&lock);
	n_active--;
	pthread_mutex_unlock(&lock);
	unlink(lock_path);
	return unused;
}

int main(void)
{
	pthread_t workers[2];

	unlink(lock_path);
	for (int i = 0; i < 2; i++)
		pthread_create(&workers[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(workers[i], NULL);
	return 0;
}
