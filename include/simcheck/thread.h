/* Threads. */
#ifndef SIMCHECK_THREAD_H
#define SIMCHECK_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include <simcheck/status.h>

struct sim_thread {
	const char *name;           /* NULL: named by who started it ("T1", "T1.2") */
	void (*function)(void *);   /* what it runs */
	void *argument;
	uint64_t opaque[8];         /* the backend's; zero before the start */
};

void sim_thread_init(struct sim_thread *thread, const char *name, void (*function)(void *), void *argument);
enum sim_status sim_thread_start(struct sim_thread *thread);
enum sim_status sim_thread_join(struct sim_thread *thread);
enum sim_status sim_thread_join_for(struct sim_thread *thread, int64_t timeout_ns);
bool sim_thread_is_alive(struct sim_thread *thread);
struct sim_thread *sim_thread_current(void);
void sim_thread_yield(void);

#endif
