/*
 * The oracle decides: one program, explored by plain depth-first search and by the strategy under test, and what differs.
 */
#ifndef FUZZ_COMPARE_H
#define FUZZ_COMPARE_H

#include "program.h"
#include "search.h"

enum compare_verdict {
	COMPARE_SAME,
	COMPARE_TOO_LARGE,  /* more executions than the limit: nothing is known */
	COMPARE_ABORTED,    /* the checker ended with an internal error */
	COMPARE_BROKEN,     /* going back did not lead to the same state */
	COMPARE_UNSOUND,    /* one class with two outcomes: the dependence relation is too small */
	COMPARE_PROMOTED,   /* different locations race */
	COMPARE_ENDLESS,    /* far more executions than classes */
	COMPARE_MISSING,    /* a class was not reached */
	COMPARE_FOREIGN,    /* a class was reached that the oracle does not know */
	COMPARE_TWICE,      /* a class was reached more than once */
	COMPARE_BLOCKED,    /* redundant executions were begun */
	COMPARE_OUTCOMES,   /* different final states */
	COMPARE_FINDINGS,   /* different findings */
	COMPARE_SPIN,       /* without the rule about polls, other outcomes */
	COMPARE_CLAIMS,     /* without early claims of read-write locks, other outcomes */
	COMPARE_N_VERDICTS
};

const char *compare_verdict_name(enum compare_verdict verdict);

/* Lifetime: the caller's. */
struct compare_result {
	enum compare_verdict verdict;
	uint64_t oracle_executions, classes; /* of the oracle */
	uint64_t executions, found_classes;  /* of the strategy under test */
	uint64_t passes;
	bool has_polls, compared_polls; /* whether all attempts to poll were too many */
};

struct compare_options {
	const struct strategy *tested;
	bool virtual_time;       /* time semantics */
	uint64_t max_executions; /* of the oracle */
	bool verifies;           /* compare the state after each restore */
};

struct compare_result compare_program(const struct program *program, const struct compare_options *options);

#endif
