/* Everything that a program under test may use. */
#ifndef SIMCHECK_SIMCHECK_H
#define SIMCHECK_SIMCHECK_H

#include <simcheck/choose.h>
#include <simcheck/condition.h>
#include <simcheck/lock.h>
#include <simcheck/misuse.h>
#include <simcheck/status.h>
#include <simcheck/thread.h>
#include <simcheck/time.h>

#endif
