/*
 * A program that knows where its lines are and how its variables are called: names come from the preprocessor, which
 * writes an expression next to its address.
 */
#include "symbols_program.h"

#include <pthread.h>
#include <semaphore.h>
#include <simcheck/lock.h>
#include <stdatomic.h>

#define NAMED(expression) {(void *)&(expression), sizeof(expression), #expression}
#define NAMED_AS(expression, length, name) {(void *)&(expression), length, name}

/* ---- places ---- */

__attribute__((noinline)) void *here(void)
{
	__asm__ volatile("");
	return __builtin_return_address(0);
}

#define NOTE_SPOT(spot) ((spot)->pc = here(), (spot)->line = __LINE__, (spot)->function = __func__)

__attribute__((noinline)) static void in_a_static_function(struct spot *spot)
{
	NOTE_SPOT(spot);
	__asm__ volatile("");
}

static inline __attribute__((always_inline)) void in_an_inlined_function(struct spot *spot)
{
	NOTE_SPOT(spot);
}

static inline __attribute__((always_inline)) void around_an_inlined_function(struct spot *inner, struct spot *outer)
{
	in_an_inlined_function(inner);
	NOTE_SPOT(outer);
}

void note_spots(struct spot *spots)
{
	NOTE_SPOT(&spots[0]);
	in_a_static_function(&spots[1]);
	around_an_inlined_function(&spots[2], &spots[3]);
}

const int first_line = __LINE__ + 1;
void first_address(void) { __asm__ volatile(""); }

/* ---- variables ---- */

typedef unsigned long word;
typedef pthread_mutex_t guard;

struct node {
	int value;
	struct node *next;
};

struct inner {
	char letters[3];
	short values[2][3];
};

int counter;
static volatile word hidden;
const int constant = 5;
_Atomic int flag;
int table[10];
int grid[3][4];
int cube[2][3][4];
struct node pool[4];
_Atomic(struct node *) heads[2];
int single[1];
pthread_mutex_t mutex;
sem_t semaphore;
struct sim_lock lock;
struct sim_lock locks[3];
atomic_flag spin;

struct {
	int before;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	guard guards[2];
	struct sim_lock own;
	struct inner inner;
	const volatile word words[2];
} state;

struct {
	int number;
} box;

union {
	long all;
	struct {
		int low, high;
	} halves;
	char bytes[16];
} either;

struct {
	int kind;
	union {
		int number;
		double real;
	};
	struct {
		int x, y;
	} at;
} variant;

struct {
	unsigned first : 3, second : 9, third : 20;
	int whole;
} bits;

struct {
	int n;
	struct node nodes[];
} flexible = {2, {{1, NULL}, {2, NULL}}};

const struct named objects[] = {
	NAMED(counter),
	NAMED(hidden),
	NAMED(constant),
	NAMED(flag),
	NAMED(table[0]),
	NAMED(table[3]),
	NAMED(grid[1][2]),
	NAMED(cube[1][2][3]),
	NAMED(cube[0][1][0]),
	NAMED(pool[2].next),
	NAMED(pool[0].value),
	NAMED(heads[1]),
	NAMED(single[0]),
	NAMED(mutex),
	NAMED(semaphore),
	NAMED(lock),
	NAMED(locks[2]),
	NAMED(spin),
	NAMED(state.before),
	NAMED(state.lock),
	NAMED(state.changed),
	NAMED(state.guards[1]),
	NAMED(state.own),
	NAMED(state.inner.letters[2]),
	NAMED(state.inner.values[1][2]),
	NAMED(state.words[1]),
	NAMED(box.number),
	NAMED(either.all),
	NAMED(either.bytes[12]),
	NAMED(variant.kind),
	NAMED(variant.real),
	NAMED(variant.at.y),
	NAMED(bits.whole),
	NAMED(flexible.n),
	NAMED(flexible.nodes[1].value),
	/* Whole aggregates. */
	NAMED(pool[1]),
	NAMED(state),
	NAMED(state.inner),
	/* A part of a scalar, and of what is not taken apart. */
	NAMED_AS(((char *)&counter)[2], 1, "counter"),
	NAMED_AS(((char *)&state.lock)[8], 4, "state.lock"),
	NAMED_AS(lock.opaque[3], 8, "lock"),
	NAMED_AS(locks[1].name, 8, "locks[1]"),
	/* More than one member, more than one element. */
	NAMED_AS(variant.at, 8, "variant.at"),
	NAMED_AS(table[4], 16, "table[4]"),
	NAMED_AS(table, sizeof table, "table[0]"),
	/* The first member of a union that holds all the bytes. */
	NAMED_AS(either.halves.high, 4, "either.all"),
	/* Bit-fields by the bytes they touch. */
	NAMED_AS(bits, 1, "bits.first"),
	NAMED_AS(((char *)&bits)[1], 1, "bits.second"),
	NAMED_AS(((char *)&bits)[2], 2, "bits.third"),
	/* Size unknown: the outermost that starts there, an element rather than its array. */
	NAMED_AS(counter, 0, "counter"),
	NAMED_AS(table, 0, "table[0]"),
	NAMED_AS(grid[2], 0, "grid[2][0]"),
	NAMED_AS(pool[2], 0, "pool[2]"),
	NAMED_AS(pool[2].next, 0, "pool[2].next"),
	NAMED_AS(state, 0, "state"),
	NAMED_AS(state.lock, 0, "state.lock"),
	NAMED_AS(state.inner, 0, "state.inner"),
	NAMED_AS(((char *)&state.lock)[4], 0, "state.lock"),
	NAMED_AS(((char *)&counter)[1], 0, "counter"),
};
const int n_objects = sizeof objects / sizeof *objects;

/* Statics of functions: two of the same name, and one in a block. */
struct named first_static(int n)
{
	static int calls;

	calls += n;
	return (struct named)NAMED(calls);
}

struct named second_static(int n)
{
	static struct node calls[2];

	if (n > 0) {
		static long in_block;
		in_block += n;
		return (struct named)NAMED(in_block);
	}
	calls[1].value += n;
	return (struct named)NAMED(calls[1].value);
}

/* ---- locals ---- */

static void note_local(struct frame *frame, struct named variable)
{
	frame->variables[frame->n_variables++] = variable;
}

#define NOTE_LOCAL(frame, expression) note_local(frame, (struct named)NAMED(expression))

__attribute__((noinline)) void note_frame(struct frame *frame, int parameter)
{
	volatile int x = parameter;
	struct inner request = {0};
	struct node nodes[3] = {{0, NULL}};

	frame->n_variables = 0;
	frame->pointer = __builtin_frame_address(0);
	NOTE_LOCAL(frame, parameter);
	NOTE_LOCAL(frame, x);
	NOTE_LOCAL(frame, request.letters[1]);
	NOTE_LOCAL(frame, request.values[1][0]);
	NOTE_LOCAL(frame, nodes[2].next);
	if (x > 0) {
		volatile long inside = x;
		NOTE_LOCAL(frame, inside);
		frame->pc = here();
		inside++;
	}
	here();
}

/* What it notes is in the frame of the function that it is inlined into. */
static inline __attribute__((always_inline)) void note_inlined(struct frame *frame)
{
	volatile int within = 1;

	NOTE_LOCAL(frame, within);
	frame->pc = here();
	within++;
}

__attribute__((noinline)) void note_frame_around(struct frame *frame)
{
	volatile int without = 2;

	frame->n_variables = 0;
	frame->pointer = __builtin_frame_address(0);
	NOTE_LOCAL(frame, without);
	note_inlined(frame);
	without++;
}
