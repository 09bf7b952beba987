/*
 * Everything that a program under test may use.
 *
 * The program is an ordinary one: `simcheck program.c` explores the ways its threads can interleave, and `cc program.c
 * libsimcheck.a -lpthread` runs it on real threads. The API of test programs that start checks themselves is
 * <simcheck/check.h>.
 */
#ifndef SIMCHECK_SIMCHECK_H
#define SIMCHECK_SIMCHECK_H

#include <simcheck/barrier.h>
#include <simcheck/choose.h>
#include <simcheck/condition.h>
#include <simcheck/event.h>
#include <simcheck/executor.h>
#include <simcheck/future.h>
#include <simcheck/gil.h>
#include <simcheck/invariant.h>
#include <simcheck/local.h>
#include <simcheck/lock.h>
#include <simcheck/log.h>
#include <simcheck/misuse.h>
#include <simcheck/once.h>
#include <simcheck/queue.h>
#include <simcheck/rlock.h>
#include <simcheck/rwlock.h>
#include <simcheck/scope.h>
#include <simcheck/semaphore.h>
#include <simcheck/status.h>
#include <simcheck/thread.h>
#include <simcheck/time.h>
#include <simcheck/timer.h>

#endif
