/* Once: argument checks over the vtable. */
#include "facade.h"

enum sim_status sim_once_call(struct sim_once *once, void (*function)(void *), void *argument)
{
	if (once == NULL)
		return facade_misuse("null-argument", "sim_once_call() was called with NULL instead of a once");
	if (function == NULL)
		return facade_misuse("null-argument", "sim_once_call() was called with NULL instead of a function");
	return sim_backend_current()->once_call(once, function, argument);
}
