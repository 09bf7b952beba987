#include <pthread.h>
#include <stdio.h>

#include "store.h"

static pthread_mutex_t audit_lock = PTHREAD_MUTEX_INITIALIZER;
static char line[64];

void audit_note(const char *what, int user)
{
	pthread_mutex_lock(&audit_lock);
	snprintf(line, sizeof line, "%s %d", what, user);
	pthread_mutex_unlock(&audit_lock);
}

void audit_summary(void)
{
	int n = store_count();

	pthread_mutex_lock(&audit_lock);
	snprintf(line, sizeof line, "%d sessions", n);
	pthread_mutex_unlock(&audit_lock);
}
