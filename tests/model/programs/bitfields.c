/* What is one location of memory and what is two, as C11 has it (3.14): bit-fields, members, elements, copies of structs. */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static struct {
	unsigned low : 4, high : 4;
} unit;
static struct {
	unsigned low : 4;
	unsigned : 0;
	unsigned high : 4;
} separated;
static struct {
	unsigned low : 8;
	unsigned char between;
	unsigned high : 8;
} members;
static struct {
	unsigned low : 20, high : 20;
} long_run;
static struct {
	struct {
		unsigned bits : 4;
	} low, high;
} nested;
static struct pair {
	short first, second;
} pairs[3];
static struct triple {
	char parts[3];
} triples[3];
static char bytes[8];

static void both(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, first, NULL);
	second(NULL);
	pthread_join(thread, NULL);
}

/* Two assignments in two threads. */
#define TOGETHER(name, this, that) \
	static void *name##_this(void *unused) \
	{ \
		this; \
		return unused; \
	} \
\
	static void *name##_that(void *unused) \
	{ \
		that; \
		return unused; \
	} \
\
	void name(void) \
	{ \
		both(name##_this, name##_that); \
	}

/* Adjacent bit-fields are one location, however they are stored. */
TOGETHER(in_one_unit, unit.low = 1, unit.high = 2)
TOGETHER(read_in_one_unit, unit.low = 1, assert(unit.high == 0))
TOGETHER(in_a_long_run, long_run.low = 1, long_run.high = 2)
/* A width of 0, a member between, or another struct make them two. */
TOGETHER(separated_by_zero, separated.low = 1, separated.high = 2)
TOGETHER(separated_by_a_member, members.low = 1, members.high = 2)
TOGETHER(beside_a_member, members.low = 1, members.between = 2)
TOGETHER(in_two_structs, nested.low.bits = 1, nested.high.bits = 2)
/* Neighbours in arrays and structs are never taken for each other. */
TOGETHER(two_bytes, bytes[3] = 1, bytes[4] = 2)
TOGETHER(two_members, pairs[1].first = 1, pairs[1].second = 2)
TOGETHER(two_structs, triples[0] = triples[2], triples[1].parts[0] = 2)
TOGETHER(two_pairs, pairs[0] = pairs[2], pairs[1].first = 2)
/* A copy reads, and writes, all of the struct. */
TOGETHER(copied_from, pairs[0] = pairs[1], pairs[1].second = 1)
TOGETHER(copied_to, triples[0] = triples[1], triples[0].parts[2] = 1)
TOGETHER(copied_by_both, pairs[0] = pairs[1], pairs[2] = pairs[1])
