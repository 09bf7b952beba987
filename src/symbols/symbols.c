/*
 * Opening an object, and source places of code.
 */
#include "symbols_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void collect_units(struct symbols *symbols)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;

	while (dwarf_get_units(symbols->dwarf, unit, &unit, NULL, NULL, &die, NULL) == 0) {
		if (dwarf_tag(&die) == DW_TAG_compile_unit)
			utarray_push_back(symbols->units, &die);
	}
}

/* Returns 0, or -1 if the file is no ELF object. */
static int read_object(struct symbols *symbols)
{
	GElf_Ehdr header;

	elf_version(EV_CURRENT);
	symbols->elf = elf_begin(symbols->fd, ELF_C_READ_MMAP, NULL);
	if (!symbols->elf || !gelf_getehdr(symbols->elf, &header))
		return -1;
	symbols->frame_register = header.e_machine == EM_AARCH64 ? 29 : 6;
	elf_table_find(&symbols->table, symbols->elf);
	symbols->dwarf = dwarf_begin_elf(symbols->elf, DWARF_C_READ, NULL);
	if (symbols->dwarf)
		collect_units(symbols);
	return 0;
}

static void release_path(void *path)
{
	free(((struct symbols_path *)path)->absolute);
}

struct symbols *symbols_open(const char *path, uintptr_t base, char *error, size_t size)
{
	static const UT_icd unit_icd = {.sz = sizeof(Dwarf_Die)};
	static const UT_icd path_icd = {.sz = sizeof(struct symbols_path), .dtor = release_path};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct symbols *symbols;

	if (fd < 0) {
		snprintf(error, size, "%s cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	symbols = calloc(1, sizeof *symbols);
	if (!symbols)
		abort();
	symbols->base = base;
	symbols->fd = fd;
	utarray_new(symbols->units, &unit_icd);
	utarray_new(symbols->paths, &path_icd);
	if (read_object(symbols) != 0) {
		snprintf(error, size, "%s is not an object file", path);
		symbols_close(symbols);
		return NULL;
	}
	return symbols;
}

int symbols_is_optimised(struct symbols *symbols)
{
	for (Dwarf_Die *unit = utarray_front(symbols->units); unit; unit = utarray_next(symbols->units, unit)) {
		Dwarf_Attribute attribute;
		const char *producer = dwarf_formstring(dwarf_attr(unit, DW_AT_producer, &attribute));
		const char *option = producer;
		int plain = 0;

		while (option && (option = strstr(option, " -O"))) {
			option += strlen(" -O");
			plain = *option == '0'; /* the last one wins */
		}
		if (!plain)
			return 1;
	}
	return utarray_len(symbols->units) == 0;
}

static int is_in_register(Dwarf_Die *variable)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t n_ops;

	if (dwarf_getlocation(dwarf_attr(variable, DW_AT_location, &attribute), &ops, &n_ops) != 0 || n_ops == 0)
		return 0;
	return (ops[0].atom >= DW_OP_reg0 && ops[0].atom <= DW_OP_reg31) || ops[0].atom == DW_OP_regx;
}

/* Whether `scope`, or one inside of it, has a variable in a register. */
static int scope_uses_registers(Dwarf_Die *scope)
{
	Dwarf_Die child;

	if (dwarf_child(scope, &child) != 0)
		return 0;
	do {
		int tag = dwarf_tag(&child);
		if ((tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) && is_in_register(&child))
			return 1;
		if ((tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block) && scope_uses_registers(&child))
			return 1;
	} while (dwarf_siblingof(&child, &child) == 0);
	return 0;
}

int symbols_uses_registers(struct symbols *symbols)
{
	for (Dwarf_Die *unit = utarray_front(symbols->units); unit; unit = utarray_next(symbols->units, unit))
		if (scope_uses_registers(unit))
			return 1;
	return 0;
}

void symbols_close(struct symbols *symbols)
{
	if (!symbols)
		return;
	if (symbols->cfi)
		dwarf_cfi_end(symbols->cfi);
	dwarf_end(symbols->dwarf);
	elf_end(symbols->elf);
	close(symbols->fd);
	utarray_free(symbols->paths);
	if (symbols->globals)
		utarray_free(symbols->globals);
	utarray_free(symbols->units);
	free(symbols);
}

/* Removes the "/." of each "/./", which compilers leave in for a file given as "./x.c". */
static void remove_dots(char *path)
{
	char *dot;

	while ((dot = strstr(path, "/./")) != NULL)
		memmove(dot, dot + 2, strlen(dot + 2) + 1);
}

const char *symbols_absolute(struct symbols *symbols, const char *given, const char *directory)
{
	struct symbols_path *known = NULL;
	struct symbols_path path = {.given = given, .directory = directory};

	while ((known = utarray_next(symbols->paths, known)) != NULL)
		if (known->given == given && known->directory == directory)
			return known->absolute;
	int is_absolute = given[0] == '/' || !directory;
	if (asprintf(&path.absolute, "%s%s%s", is_absolute ? "" : directory, is_absolute ? "" : "/", given) < 0)
		abort();
	remove_dots(path.absolute);
	utarray_push_back(symbols->paths, &path);
	return path.absolute;
}

/* The last row with a line number up to the given one, which has none: the compiler's own code counts as part of what
 * comes before it. Returns the row itself if there is none. */
static Dwarf_Line *numbered_line(Dwarf_Die *unit, Dwarf_Line *line)
{
	Dwarf_Lines *lines;
	size_t n_lines;
	Dwarf_Addr address, other_address;
	int number;
	Dwarf_Line *result = line;

	if (dwarf_lineaddr(line, &address) != 0 || dwarf_getsrclines(unit, &lines, &n_lines) != 0)
		return line;
	for (size_t i = 0; i < n_lines; i++) {
		Dwarf_Line *other = dwarf_onesrcline(lines, i);
		if (dwarf_lineaddr(other, &other_address) != 0 || other_address > address)
			break;
		if (dwarf_lineno(other, &number) == 0 && number != 0)
			result = other;
	}
	return result;
}

static void place_of_line(struct symbols *symbols, Dwarf_Die *unit, uint64_t pc, struct symbols_place *place)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, pc);
	Dwarf_Attribute attribute;

	if (!line)
		return;
	if (dwarf_lineno(line, &place->line) == 0 && place->line == 0) {
		line = numbered_line(unit, line);
		dwarf_lineno(line, &place->line);
	}
	const char *given = dwarf_linesrc(line, NULL, NULL);
	const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
	place->path = given ? symbols_absolute(symbols, given, directory) : NULL;
}

/* The name of the innermost function around the address, inlined ones included; NULL if unknown. */
static const char *function_name(struct symbols *symbols, uint64_t pc)
{
	Dwarf_Die *scopes;
	int n = symbols_scopes(symbols, pc, &scopes);
	const char *name = NULL;

	for (int i = 0; i < n && !name; i++) {
		int tag = dwarf_tag(&scopes[i]);
		if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine)
			name = dwarf_diename(&scopes[i]);
	}
	if (n > 0)
		free(scopes);
	return name;
}

struct symbols_place symbols_place(struct symbols *symbols, uintptr_t pc, int is_return)
{
	struct symbols_place place = {0};
	uint64_t at = pc - symbols->base - (is_return ? 1 : 0);
	Dwarf_Die *unit = symbols_unit(symbols, at);
	uint64_t start;

	if (unit) {
		place_of_line(symbols, unit, at, &place);
		place.function = function_name(symbols, at);
	}
	if (!place.function)
		place.function = elf_table_lookup(&symbols->table, STT_FUNC, at, &start);
	return place;
}

int symbols_function(const struct symbols *symbols, const char *prefix, size_t *index, uintptr_t *low, uintptr_t *high)
{
	uint64_t start, size;

	if (!elf_table_next(&symbols->table, STT_FUNC, prefix, index, &start, &size))
		return -1;
	*low = symbols->base + start;
	*high = *low + size;
	return 0;
}
