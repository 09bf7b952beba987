/*
 * Calls one of the functions that simcheck refuses: the one that its argument names. None without an argument. Functions
 * that this C library lacks are null. A weak reference has no version, and may be bound to an old one.
 */
#include <string.h>

#define MODELLED(name)
#define HARMLESS(name)
#define REFUSED(name, why) \
	__attribute__((weak)) int use_##name(void) __asm__(#name); \
	static void call_##name(void) { use_##name(); }
#include "externals.def"
#undef REFUSED

static const struct {
	const char *name;
	void (*call)(void);
} calls[] = {
#define REFUSED(name, why) {#name, call_##name},
#include "externals.def"
};

int main(int argc, char **argv)
{
	for (unsigned i = 0; argc > 1 && i < sizeof calls / sizeof *calls; i++)
		if (strcmp(argv[1], calls[i].name) == 0)
			calls[i].call();
	return 0;
}
