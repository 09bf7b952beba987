#include "load.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cancel.h"
#include "library.h"
#include "posix_thread.h"
#include "runtime.h"
#include "withhold.h"

typedef void load_constructor(int n_args, char **args, char **environment);

/* What the main thread of the program runs. Lifetime: process. */
static struct {
	load_constructor *const *constructors;
	size_t n_constructors;
	void *function;
	const struct sim_config *config;
	int n_args;
	char **args;
} load_entry;

static void load_run_entry(void *argument)
{
	(void)argument;
	for (size_t i = 0; i < load_entry.n_constructors; i++)
		load_entry.constructors[i](load_entry.n_args, load_entry.args, environ);
	if (strcmp(load_entry.config->entry, "main") == 0)
		exit_set_status(((int (*)(int, char **, char **))load_entry.function)(load_entry.n_args, load_entry.args, environ));
	else
		((void (*)(void))load_entry.function)();
	if (load_entry.config->main_ends_alone)
		posix_thread_exit(NULL);
}

static void load_find_constructors(const struct link_map *map)
{
	for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
		if (entry->d_tag == WITHHOLD_INIT_ARRAY)
			load_entry.constructors = (load_constructor *const *)(map->l_addr + entry->d_un.d_ptr);
		else if (entry->d_tag == WITHHOLD_INIT_ARRAYSZ)
			load_entry.n_constructors = entry->d_un.d_val / sizeof *load_entry.constructors;
	}
}

static void load_note_segment(struct world_program *program, uintptr_t low, uintptr_t high, unsigned flags)
{
	if (flags & PF_X) {
		program->code_low = low;
		program->code_high = high;
	} else if (flags & PF_W) {
		program->globals_low = low;
		program->globals_high = high;
	}
}

/* The part of the writable segment that the loader makes read-only again holds no data of the program. */
static void load_skip_read_only(struct world_program *program, uintptr_t low, uintptr_t high)
{
	if (low <= program->globals_low && high > program->globals_low && high <= program->globals_high)
		program->globals_low = high;
}

static int load_on_object(struct dl_phdr_info *info, size_t size, void *argument)
{
	struct loaded *loaded = argument;
	struct world_program *program = &loaded->program;
	(void)size;
	if (info->dlpi_addr != loaded->map->l_addr)
		return 0;
	loaded->headers = info->dlpi_phdr;
	loaded->n_headers = info->dlpi_phnum;
	tls_module = info->dlpi_tls_modid;
	for (size_t i = 0; i < loaded->n_headers; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t low = info->dlpi_addr + header->p_vaddr;
		if (header->p_type == PT_LOAD) {
			load_note_segment(program, low, low + header->p_memsz, header->p_flags);
		} else if (header->p_type == PT_TLS) {
			program->tls_image = (const void *)low;
			program->tls_file_size = header->p_filesz;
			program->tls_size = header->p_memsz;
			program->tls_align = header->p_align;
		}
	}
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	for (size_t i = 0; i < loaded->n_headers; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t low = info->dlpi_addr + header->p_vaddr;
		if (header->p_type == PT_GNU_RELRO)
			load_skip_read_only(program, low & ~(page - 1), (low + header->p_memsz) & ~(page - 1));
	}
	return 1;
}

int load_program(struct loaded *loaded, const struct sim_config *config, char *error, size_t size)
{
	*loaded = (struct loaded){0};
	loaded->handle = dlopen(config->program, RTLD_NOW | RTLD_LOCAL);
	if (!loaded->handle) {
		snprintf(error, size, "cannot load the compiled program: %s", dlerror());
		return -1;
	}
	load_entry.function = dlsym(loaded->handle, config->entry);
	load_entry.config = config;
	load_entry.n_args = (int)config->n_args;
	load_entry.args = library_begin(config->args, config->n_args);
	if (!load_entry.args) {
		snprintf(error, size, "the program's arguments are longer than %d bytes", LIBRARY_TEXT);
		return -1;
	}
	if (!load_entry.function) {
		snprintf(error, size, "the program has no function '%s' to run", config->entry);
		return -1;
	}
	if (dlinfo(loaded->handle, RTLD_DI_LINKMAP, &loaded->map) || !dl_iterate_phdr(load_on_object, loaded)) {
		snprintf(error, size, "cannot find where the compiled program was loaded");
		return -1;
	}
	load_find_constructors(loaded->map);
	loaded->program.base = loaded->map->l_addr;
	loaded->program.entry = load_run_entry;
	loaded->program.at_end = exit_on_return;
	loaded->program.on_cancel = cancel_on_request;
	loaded->program.at_thread_end = posix_thread_finish;
	if (config->n_args)
		program_invocation_short_name = basename(load_entry.args[0]);
	return 0;
}
