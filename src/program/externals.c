/* The table of external functions. A program has some tens, and asks for each once: a linear search will do. */
#include "externals.h"

#include <string.h>

struct external {
	const char *name;
	const char *why; /* refused ones only */
	enum external_class class;
};

static const struct external externals[] = {
#define MODELLED(name) {#name, NULL, EXTERNAL_MODELLED},
#define HARMLESS(name) {#name, NULL, EXTERNAL_HARMLESS},
#define REFUSED(name, why) {#name, why, EXTERNAL_REFUSED},
#include "externals.def"
#undef MODELLED
#undef HARMLESS
#undef REFUSED
};

static const char *const modelled[] = {
#define MODELLED(name) #name,
#define HARMLESS(name)
#define REFUSED(name, why)
#include "externals.def"
#undef MODELLED
#undef HARMLESS
#undef REFUSED
};

static const struct external *externals_find(const char *name)
{
	for (size_t i = 0; i < sizeof externals / sizeof externals[0]; i++) {
		if (strcmp(externals[i].name, name) == 0)
			return &externals[i];
	}
	return NULL;
}

static const char *externals_after_prefix(const char *name, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

enum external_class external_classify(const char *name, const char **why)
{
	const struct external *external = externals_find(name);
	const char *wrapped = externals_after_prefix(name, "__wrap_");

	if (why)
		*why = external ? external->why : NULL;
	if (external)
		return external->class;
	if (externals_after_prefix(name, "__tsan_") || strcmp(name, "__sanitizer_cov_trace_pc") == 0 || externals_after_prefix(name, "sim_"))
		return EXTERNAL_MODELLED;
	external = wrapped ? externals_find(wrapped) : NULL;
	return external && external->class == EXTERNAL_MODELLED ? EXTERNAL_MODELLED : EXTERNAL_UNKNOWN;
}

size_t external_n_modelled(void)
{
	return sizeof modelled / sizeof modelled[0];
}

const char *external_modelled(size_t index)
{
	return modelled[index];
}
