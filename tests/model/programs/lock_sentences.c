/* Deadlocks with mutexes, conditions and spin locks of POSIX and C11, each function a program of its own: how they are told. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <threads.h>

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER, inner = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool has_changed;
static pthread_spinlock_t spin;
static mtx_t c11;
static cnd_t c11_changed;
static const struct timespec past = {.tv_sec = 1};

/* ---- a wait inside of another lock ------------------------------------------------------------------------------ */

static void *wait_inside(void *unused)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	while (!has_changed)
		pthread_cond_wait(&changed, &inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
	return unused;
}

void wait_holding_another(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, wait_inside, NULL);
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	has_changed = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
	pthread_join(thread, NULL);
}

/* ---- a wait whose mutex does not come back ---------------------------------------------------------------------- */

static void *leave_locked(void *unused)
{
	pthread_mutex_lock(&inner);
	return unused;
}

void wait_and_never_get_it_again(void)
{
	pthread_t thread;

	pthread_mutex_lock(&inner);
	pthread_create(&thread, NULL, leave_locked, NULL);
	pthread_cond_timedwait(&changed, &inner, &past);
	pthread_mutex_unlock(&inner);
	pthread_join(thread, NULL);
}

/* ---- a mutex and a spin lock ------------------------------------------------------------------------------------ */

static void *spin_first(void *unused)
{
	pthread_spin_lock(&spin);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_spin_unlock(&spin);
	return unused;
}

void mutex_and_spin_lock(void)
{
	pthread_t thread;

	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	pthread_create(&thread, NULL, spin_first, NULL);
	pthread_mutex_lock(&inner);
	pthread_spin_lock(&spin);
	pthread_spin_unlock(&spin);
	pthread_mutex_unlock(&inner);
	pthread_join(thread, NULL);
}

void spin_lock_twice(void)
{
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	pthread_spin_lock(&spin);
	pthread_spin_lock(&spin);
}

/* ---- C11 -------------------------------------------------------------------------------------------------------- */

static int wait_c11(void *unused)
{
	(void)unused;
	mtx_lock(&c11);
	cnd_wait(&c11_changed, &c11);
	mtx_unlock(&c11);
	return 0;
}

void signal_before_the_wait(void)
{
	thrd_t thread;

	mtx_init(&c11, mtx_plain);
	cnd_init(&c11_changed);
	thrd_create(&thread, wait_c11, NULL);
	cnd_signal(&c11_changed);
	thrd_join(thread, NULL);
}
