/*
 * What of a finding's trace is worth showing: the rows of its table or picture, in order of time. Events that touch
 * what the finding is about are rows of their own, runs of others are folded into one, and the accesses of a data race
 * are put where they happened.
 */
#ifndef SIM_STORY_H
#define SIM_STORY_H

#include "report.h"

enum sim_row_kind {
	SIM_ROW_EVENT,  /* one event */
	SIM_ROW_ACCESS, /* an access of the finding that is no event by itself */
	SIM_ROW_FOLD,   /* events that do not matter here */
};

struct sim_row {
	enum sim_row_kind kind;
	int thread; /* index; SIM_NONE: a fold of events of several threads */
	int event;  /* index; the first of a fold; the one before an access, or SIM_NONE */
	int n;      /* how many events are folded; 1 elsewhere */
	int access; /* index into the finding's accesses that happened here; SIM_NONE: none */
};

/* How the thread of an event came to run. */
enum sim_switch {
	SIM_SWITCH_NONE,       /* it ran before, too */
	SIM_SWITCH_BLOCKED,    /* the thread before had to wait or had ended */
	SIM_SWITCH_PREEMPTION, /* the thread before could have gone on */
};

/* Lifetime: one presentation; refers to nothing. */
struct sim_story {
	struct sim_row *rows;
	size_t n_rows;
	bool *lanes; /* per thread: there is something to show */
};

/* Chooses the rows; of the events that matter, only about the last `n_shown` are shown. Returns 0, or -1 without
 * memory. */
int story_make(struct sim_story *story, const struct sim_finding *finding, size_t n_shown);
void story_release(struct sim_story *story);

enum sim_switch story_switch(const struct sim_trace *trace, int event);

/* "acquire left", "notify ready: nobody waiting". To be freed; NULL without memory. */
char *story_event_text(const struct sim_trace_event *event);
/* The same without the result: "acquire left". To be freed. */
char *story_event_name(const struct sim_trace_event *event);

/* What a thread waits for, to go after "waits": "for right, held by T2", "for the end of T1"; "" when it does not wait.
 * To be freed; NULL without memory. */
char *story_wait_text(const struct sim_trace *trace, int thread);

/* Does the thread merely wait for another one to end? */
bool story_joins(const struct sim_trace_thread *thread);

/* Does the thread wait on a condition, for a notify? */
bool story_awaits_notify(const struct sim_trace_thread *thread);

/* Does the thread wait for an event to be set? */
bool story_awaits_set(const struct sim_trace_thread *thread);

/* Has its wait on a condition ended but for the lock, which it waits to take again? */
bool story_retakes_lock(const struct sim_trace_thread *thread);

/* Does the thread wait at a barrier, for others to arrive? */
bool story_meets(const struct sim_trace_thread *thread);

/* Does the thread read a variable again and again, until another thread changes it? */
bool story_polls(const struct sim_trace_thread *thread);

/* Is the event something that a thread which waits for such at the end has missed: a notify that found nobody or woke
 * another, a set that was cleared before the thread saw it? */
bool story_is_missed(const struct sim_trace *trace, int event);

/* What the finding is about: its object or, where it names none, the variable whose value made it fail; else NULL.
 * Owned by the finding. */
const char *story_subject(const struct sim_finding *finding);

/*
 * The last lost change of the variable that the failing event reads: *writing is the event in which a thread wrote what it
 * had made of an older value, over the change in the event *lost, which came after that thread had read it. False: none.
 */
bool story_lost_change(const struct sim_trace *trace, int *writing, int *lost);

/* Is the lock `object` held by `thread` right after `event` (SIM_NONE: at the start)? */
bool story_holds(const struct sim_trace *trace, int thread, const char *object, int event);

#endif
