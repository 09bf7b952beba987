#include "outside.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "externals.h"

enum { OUTSIDE_MAX = 512, OUTSIDE_STUB_SIZE = 16 }; /* as in stubs_*.S */

/* A redirected function. Lifetime: process. */
static struct outside_function {
	const char *name;
	void *real;
	const char *origin;  /* as of struct outside_call */
	const char *refused; /* why; NULL: merely unknown */
	bool called;
} outside_functions[OUTSIDE_MAX];
static int outside_n;

static struct outside_call outside_calls[OUTSIDE_MAX];
static int outside_n_calls;
static struct outside_call outside_last;

extern const char outside_stubs[]; /* OUTSIDE_MAX stubs of OUTSIDE_STUB_SIZE bytes */
void *outside_on_call(uint64_t index, uintptr_t return_address);

/* The name of the shared library that the function is in; NULL: the C library, where the table of functions is what counts. */
static const char *outside_library(const struct outside_function *function)
{
	Dl_info own, libc;
	if (function->origin || !dladdr(function->real, &own) || !dladdr((void *)(uintptr_t)&dlopen, &libc) ||
	    own.dli_fbase == libc.dli_fbase)
		return NULL;
	const char *slash = strrchr(own.dli_fname, '/');
	return slash ? slash + 1 : own.dli_fname;
}

/* Called by the stubs, on the stack of the caller. Returns the function to go on with. */
void *outside_on_call(uint64_t index, uintptr_t return_address)
{
	struct outside_function *function = &outside_functions[index];
	if (!world_running)
		return function->real;
	if (function->refused)
		world_refuse(function->name, function->refused);
	world_running->effects++;
	world_running->drift.n_unknown++;
	outside_last = (struct outside_call){.name = function->name, .site = (uint32_t)(return_address - world_running->program.base)};
	if (!function->called) {
		function->called = true;
		outside_calls[outside_n_calls++] = (struct outside_call){
			.name = function->name, .origin = function->origin, .library = outside_library(function),
			.site = (uint32_t)(return_address - world_running->program.base)};
	}
	return function->real;
}

int outside_n_called(void)
{
	return outside_n_calls;
}

const struct outside_call *outside_called(int index)
{
	return &outside_calls[index];
}

const struct outside_call *outside_last_called(void)
{
	return &outside_last;
}

/* The stub for `name`; NULL when there is none left for it, in which case it counts as called. */
static void *outside_stub(const char *name, void *real, const char *origin, const char *why)
{
	for (int i = 0; i < outside_n; i++)
		if (strcmp(outside_functions[i].name, name) == 0)
			return (char *)(uintptr_t)outside_stubs + i * OUTSIDE_STUB_SIZE;
	if (outside_n == OUTSIDE_MAX) {
		if (outside_n_calls < OUTSIDE_MAX)
			outside_calls[outside_n_calls++] = (struct outside_call){.name = name, .origin = origin};
		return NULL;
	}
	outside_functions[outside_n] = (struct outside_function){.name = name, .real = real, .origin = origin, .refused = why};
	return (char *)(uintptr_t)outside_stubs + outside_n++ * OUTSIDE_STUB_SIZE;
}

/* The stub for a function outside, or NULL when its calls need not be seen. */
static void *outside_stub_of_outsider(const char *name, void *real)
{
	const char *why = NULL;
	enum external_class class = external_classify(name, &why);
	return class == EXTERNAL_MODELLED || class == EXTERNAL_HARMLESS ? NULL : outside_stub(name, real, NULL, why);
}

/* Where the function of the program comes from that simcheck-cc did not compile; NULL: it did. */
static const char *outside_origin(const struct sim_config *config, const char *name)
{
	size_t length = strlen(name);
	for (size_t i = 0; i < config->n_unchecked; i++)
		if (strncmp(config->unchecked[i], name, length) == 0 && config->unchecked[i][length] == ' ')
			return config->unchecked[i] + length + 1;
	return NULL;
}

/* Tables of the loaded program, from its dynamic section. */
struct outside_tables {
	const ElfW(Sym) *symbols;
	const char *strings;
	const ElfW(Rela) *relocations[2];
	size_t n_relocations[2];
};

static struct outside_tables outside_find_tables(const struct link_map *map)
{
	struct outside_tables tables = {0};
	for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
		const void *p = (const void *)entry->d_un.d_ptr;
		switch (entry->d_tag) {
		case DT_SYMTAB:
			tables.symbols = p;
			break;
		case DT_STRTAB:
			tables.strings = p;
			break;
		case DT_RELA:
			tables.relocations[0] = p;
			break;
		case DT_RELASZ:
			tables.n_relocations[0] = entry->d_un.d_val / sizeof(ElfW(Rela));
			break;
		case DT_JMPREL:
			tables.relocations[1] = p;
			break;
		case DT_PLTRELSZ:
			tables.n_relocations[1] = entry->d_un.d_val / sizeof(ElfW(Rela));
			break;
		}
	}
	return tables;
}

/* Whether the address is that of the function: as programs find it by default - the worker's own libraries come first where
 * the loader looks for it (the address sanitizer has a qsort), the program's after them - or in another version, which a
 * reference without one may be bound to. */
static bool outside_is_function(const struct loaded *loaded, void *address, const char *name)
{
	Dl_info info;
	if (address == dlsym(RTLD_DEFAULT, name) || address == dlsym(loaded->handle, name))
		return true;
	return dladdr(address, &info) && info.dli_saddr == address && strcmp(info.dli_sname, name) == 0;
}

/* The slot that `relocation` filled with the address of a function, or NULL if it is something else. */
static void **outside_slot(const struct loaded *loaded, const struct outside_tables *tables,
                           const ElfW(Rela) *relocation, const char **name, bool *is_outside)
{
	const ElfW(Sym) *symbol = &tables->symbols[ELF64_R_SYM(relocation->r_info)];
	unsigned type = ELF64_ST_TYPE(symbol->st_info);
	*is_outside = symbol->st_shndx == SHN_UNDEF;
	if (!ELF64_R_SYM(relocation->r_info) || (type != STT_FUNC && (!*is_outside || type != STT_NOTYPE)))
		return NULL;
	*name = tables->strings + symbol->st_name;
	void **slot = (void **)(loaded->map->l_addr + relocation->r_offset);
	/* A slot that holds the symbol's own address, whatever the kind of relocation. */
	return *slot && outside_is_function(loaded, *slot, *name) ? slot : NULL;
}

/* Whether the program refers to a function or variable that it does not define and `is` says yes to. */
static bool outside_has(const struct loaded *loaded, bool (*is)(const char *name, const void *argument), const void *argument)
{
	struct outside_tables tables = outside_find_tables(loaded->map);
	for (int table = 0; table < 2; table++) {
		for (size_t i = 0; i < tables.n_relocations[table]; i++) {
			const ElfW(Sym) *symbol = &tables.symbols[ELF64_R_SYM(tables.relocations[table][i].r_info)];
			if (symbol->st_name && symbol->st_shndx == SHN_UNDEF && is(tables.strings + symbol->st_name, argument))
				return true;
		}
	}
	return false;
}

static bool outside_is_called(const char *name, const void *argument)
{
	return strcmp(name, argument) == 0;
}

bool outside_refers(const struct loaded *loaded, const char *name)
{
	return outside_has(loaded, outside_is_called, name);
}

static bool outside_is_not_among(const char *name, const void *argument)
{
	const char *const *names = argument;
	while (*names && strcmp(name, *names) != 0)
		names++;
	return !*names && strncmp(name, "__tsan_", 7) != 0;
}

bool outside_refers_only(const struct loaded *loaded, const char *const *names)
{
	return !outside_has(loaded, outside_is_not_among, names);
}

static int outside_set(void **slot, void *stub)
{
	uintptr_t page = (uintptr_t)slot & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1);
	size_t size = (uintptr_t)(slot + 1) - page;
	if (mprotect((void *)page, size, PROT_READ | PROT_WRITE))
		return -1;
	*slot = stub;
	return 0;
}

int outside_redirect(const struct loaded *loaded, const struct sim_config *config, char *error, size_t size)
{
	struct outside_tables tables = outside_find_tables(loaded->map);
	for (int table = 0; table < 2; table++) {
		for (size_t i = 0; i < tables.n_relocations[table]; i++) {
			const char *name, *origin;
			bool is_outside;
			void **slot = outside_slot(loaded, &tables, &tables.relocations[table][i], &name, &is_outside);
			void *stub = NULL;
			if (slot && is_outside)
				stub = outside_stub_of_outsider(name, *slot);
			else if (slot && (origin = outside_origin(config, name)))
				stub = outside_stub(name, *slot, origin, NULL);
			if (stub && outside_set(slot, stub)) {
				snprintf(error, size, "cannot watch the program's calls of %s", name);
				return -1;
			}
		}
	}
	return 0;
}
