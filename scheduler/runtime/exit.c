/*
 * How a program ends: exit(), quick_exit() and what was registered for them.
 *
 * As in the C library, registering and ending exclude each other: there is a lock, taken for each registration, and by
 * exit() for good. Who calls exit() while another thread does waits for the end of the program. Programs that register
 * nothing take no lock.
 */
#include <stdint.h>
#include <stdlib.h>

#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

enum exit_kind { EXIT_PLAIN, EXIT_WITH_STATUS, EXIT_WITH_ARGUMENT };

/* A registered function. */
struct exit_handler {
	enum exit_kind kind;
	union {
		void (*plain)(void);
		void (*with_status)(int, void *);
		void (*with_argument)(void *);
	} function;
	void *argument;
};

enum { EXIT_MAX_HANDLERS = 1024 };

/* Lifetime: one execution; undone. */
struct exit_handlers {
	struct exit_handler handlers[EXIT_MAX_HANDLERS];
	int n;
};

static struct exit_handlers exit_normal, exit_quick;
static int exit_status;

const char *exit_describe(uintptr_t address)
{
	if (address == (uintptr_t)&exit_normal)
		return "the functions that exit() calls";
	return address == (uintptr_t)&exit_quick ? "the functions that quick_exit() calls" : NULL;
}

void exit_set_status(int status)
{
	undo_save(&world_running->execution.undo, &exit_status, sizeof exit_status);
	exit_status = status;
}

static bool exit_is_mine(const struct exit_handlers *list)
{
	return world_running->program.has_exit_handlers &&
	       world_running->execution.objects.items[world_object(list, SIM_OBJECT_LOCK)].owner == world_self();
}

static void exit_lock(const struct exit_handlers *list, enum sim_op_kind kind)
{
	if (!world_running->program.has_exit_handlers)
		return;
	struct sim_op op = {.kind = (uint8_t)kind, .object = world_object(list, SIM_OBJECT_LOCK), .address = (uintptr_t)list};
	world_call(&op);
}

/* ---- registering ------------------------------------------------------------------------------------------------ */

/* A function that is called by exit() may register another one, which is called too. */
static int exit_register(struct exit_handlers *list, const struct exit_handler *handler)
{
	struct undo *undo = &world_running->execution.undo;
	bool is_ending = exit_is_mine(list);
	if (!is_ending)
		exit_lock(list, SIM_OP_LOCK);
	bool fits = list->n < EXIT_MAX_HANDLERS;
	if (fits) {
		undo_save(undo, &list->handlers[list->n], sizeof *handler);
		undo_save(undo, &list->n, sizeof list->n);
		world_running->effects++;
		list->handlers[list->n++] = *handler;
	}
	if (!is_ending)
		exit_lock(list, SIM_OP_UNLOCK);
	return fits ? 0 : -1;
}

RUNTIME_API int __wrap_atexit(void (*function)(void))
{
	return exit_register(&exit_normal, &(struct exit_handler){.kind = EXIT_PLAIN, .function.plain = function});
}

RUNTIME_API int __wrap_on_exit(void (*function)(int, void *), void *argument)
{
	return exit_register(&exit_normal, &(struct exit_handler){
		.kind = EXIT_WITH_STATUS, .function.with_status = function, .argument = argument});
}

RUNTIME_API int __wrap___cxa_atexit(void (*function)(void *), void *argument, void *object)
{
	(void)object;
	return exit_register(&exit_normal, &(struct exit_handler){
		.kind = EXIT_WITH_ARGUMENT, .function.with_argument = function, .argument = argument});
}

RUNTIME_API int __wrap_at_quick_exit(void (*function)(void))
{
	return exit_register(&exit_quick, &(struct exit_handler){.kind = EXIT_PLAIN, .function.plain = function});
}

/* ---- ending ----------------------------------------------------------------------------------------------------- */

static void exit_call(const struct exit_handler *handler)
{
	switch (handler->kind) {
	case EXIT_PLAIN:
		handler->function.plain();
		break;
	case EXIT_WITH_STATUS:
		handler->function.with_status(exit_status, handler->argument);
		break;
	case EXIT_WITH_ARGUMENT:
		handler->function.with_argument(handler->argument);
		break;
	}
}

/* Takes the lock and calls what was registered. */
static void exit_run(struct exit_handlers *list)
{
	if (exit_is_mine(list))
		world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = "exit-twice", .site = world_site(),
		                             .text = "a function that is called at the end of the program ends it once more"});
	exit_lock(list, SIM_OP_LOCK);
	while (list->n) {
		undo_save(&world_running->execution.undo, &list->n, sizeof list->n);
		struct exit_handler handler = list->handlers[--list->n];
		exit_call(&handler);
	}
}

void exit_on_return(void)
{
	exit_run(&exit_normal);
	exit_lock(&exit_normal, SIM_OP_UNLOCK);
}

RUNTIME_API _Noreturn void __wrap_exit(int status)
{
	exit_set_status(status);
	exit_run(&exit_normal);
	world_exit(false);
}

RUNTIME_API _Noreturn void __wrap_quick_exit(int status)
{
	(void)status;
	exit_run(&exit_quick);
	world_exit(false);
}

RUNTIME_API _Noreturn void __wrap__exit(int status)
{
	(void)status;
	world_exit(false);
}

RUNTIME_API _Noreturn void __wrap__Exit(int status)
{
	(void)status;
	world_exit(false);
}
