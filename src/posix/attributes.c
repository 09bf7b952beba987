/* Attributes of mutexes, conditions, read-write locks and barriers. */
#include "attributes.h"

#include <pthread.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

ATTRIBUTES_CHANGE(pthread_mutexattr_init, pthread_mutexattr_t)
ATTRIBUTES_CHANGE(pthread_mutexattr_destroy, pthread_mutexattr_t)
ATTRIBUTES_GET(pthread_mutexattr_getprioceiling, pthread_mutexattr_t, int)
ATTRIBUTES_SET(pthread_mutexattr_setprioceiling, pthread_mutexattr_t, int)
ATTRIBUTES_GET(pthread_mutexattr_getprotocol, pthread_mutexattr_t, int)
ATTRIBUTES_SET(pthread_mutexattr_setprotocol, pthread_mutexattr_t, int)
ATTRIBUTES_GET(pthread_mutexattr_getpshared, pthread_mutexattr_t, int)
ATTRIBUTES_SET(pthread_mutexattr_setpshared, pthread_mutexattr_t, int)
ATTRIBUTES_GET(pthread_mutexattr_getrobust, pthread_mutexattr_t, int)
ATTRIBUTES_SET(pthread_mutexattr_setrobust, pthread_mutexattr_t, int)
ATTRIBUTES_GET(pthread_mutexattr_gettype, pthread_mutexattr_t, int)
ATTRIBUTES_SET(pthread_mutexattr_settype, pthread_mutexattr_t, int)

ATTRIBUTES_CHANGE(pthread_condattr_init, pthread_condattr_t)
ATTRIBUTES_CHANGE(pthread_condattr_destroy, pthread_condattr_t)
ATTRIBUTES_GET(pthread_condattr_getclock, pthread_condattr_t, clockid_t)
ATTRIBUTES_SET(pthread_condattr_setclock, pthread_condattr_t, clockid_t)
ATTRIBUTES_GET(pthread_condattr_getpshared, pthread_condattr_t, int)
ATTRIBUTES_SET(pthread_condattr_setpshared, pthread_condattr_t, int)

ATTRIBUTES_CHANGE(pthread_rwlockattr_init, pthread_rwlockattr_t)
ATTRIBUTES_CHANGE(pthread_rwlockattr_destroy, pthread_rwlockattr_t)
ATTRIBUTES_SET(pthread_rwlockattr_setkind_np, pthread_rwlockattr_t, int)
ATTRIBUTES_GET(pthread_rwlockattr_getkind_np, pthread_rwlockattr_t, int)
ATTRIBUTES_SET(pthread_rwlockattr_setpshared, pthread_rwlockattr_t, int)
ATTRIBUTES_GET(pthread_rwlockattr_getpshared, pthread_rwlockattr_t, int)

ATTRIBUTES_CHANGE(pthread_barrierattr_init, pthread_barrierattr_t)
ATTRIBUTES_CHANGE(pthread_barrierattr_destroy, pthread_barrierattr_t)
ATTRIBUTES_SET(pthread_barrierattr_setpshared, pthread_barrierattr_t, int)
ATTRIBUTES_GET(pthread_barrierattr_getpshared, pthread_barrierattr_t, int)
