#include "store.h"

#include <pthread.h>

static pthread_mutex_t store_lock = PTHREAD_MUTEX_INITIALIZER;
static int n_sessions;

void store_login(int user)
{
	pthread_mutex_lock(&store_lock);
	n_sessions++;
	audit_note("login", user);
	pthread_mutex_unlock(&store_lock);
}

int store_count(void)
{
	int n;

	pthread_mutex_lock(&store_lock);
	n = n_sessions;
	pthread_mutex_unlock(&store_lock);
	return n;
}
