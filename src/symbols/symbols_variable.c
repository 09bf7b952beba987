/*
 * Names of variables with a fixed address: globals, file-local ones, and function-local statics.
 */
#include "symbols_private.h"

#include "member.h"

#include <ctype.h>
#include <dwarf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The fixed address that a DW_AT_location expression means. Returns 0, or -1 if it is of another form. */
static int fixed_address(Dwarf_Die *die, uint64_t *address)
{
	Dwarf_Attribute location, entry;
	Dwarf_Op *ops;
	size_t n_ops;
	Dwarf_Addr value;

	if (dwarf_getlocation(dwarf_attr(die, DW_AT_location, &location), &ops, &n_ops) != 0 || n_ops == 0)
		return -1;
	if (ops[0].atom == DW_OP_addr)
		value = ops[0].number;
	else if ((ops[0].atom != DW_OP_addrx && ops[0].atom != DW_OP_GNU_addr_index) ||
	         dwarf_getlocation_attr(&location, &ops[0], &entry) != 0 || dwarf_formaddr(&entry, &value) != 0)
		return -1;
	/* Some compilers lay small variables out together and address them from the first. */
	if (n_ops == 2 && ops[1].atom == DW_OP_plus_uconst)
		value += ops[1].number;
	else if (n_ops != 1)
		return -1;
	*address = value;
	return 0;
}

static void collect_variable(struct symbols *symbols, Dwarf_Die *die)
{
	struct symbols_global found = {.name = dwarf_diename(die)};

	if (!found.name || fixed_address(die, &found.address) != 0 || symbols_type(die, &found.type, &found.size) != 0)
		return;
	utarray_push_back(symbols->globals, &found);
}

static void collect(struct symbols *symbols, Dwarf_Die *parent)
{
	Dwarf_Die child;

	if (dwarf_child(parent, &child) != 0)
		return;
	do {
		switch (dwarf_tag(&child)) {
		case DW_TAG_variable:
			collect_variable(symbols, &child);
			break;
		case DW_TAG_subprogram:
		case DW_TAG_lexical_block:
		case DW_TAG_inlined_subroutine:
		case DW_TAG_namespace:
			collect(symbols, &child);
			break;
		default:
			break;
		}
	} while (dwarf_siblingof(&child, &child) == 0);
}

static const struct symbols_global *find_global(struct symbols *symbols, uint64_t address)
{
	static const UT_icd global_icd = {.sz = sizeof(struct symbols_global)};
	const struct symbols_global *global = NULL;
	Dwarf_Die *unit = NULL;

	if (!symbols->globals) {
		utarray_new(symbols->globals, &global_icd);
		while ((unit = utarray_next(symbols->units, unit)) != NULL)
			collect(symbols, unit);
	}
	while ((global = utarray_next(symbols->globals, global)) != NULL)
		if (address == global->address || (address > global->address && address - global->address < global->size))
			break;
	return global;
}

static int is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)text[i]))
			return 0;
	return length > 0;
}

/* The source's name in a symbol's: gcc calls a static x in a function "x.0", clang calls it "function.x" or
 * "function.x.1". */
static void source_name(const char *symbol, const char **start, size_t *length)
{
	size_t end = strlen(symbol);

	for (;;) {
		size_t last = end;
		while (last > 0 && symbol[last - 1] != '.')
			last--;
		if (last < 2 || !is_number(symbol + last, end - last)) {
			*start = symbol + last;
			*length = end - last;
			return;
		}
		end = last - 1;
	}
}

static int name_by_symbol(const char *symbol, uint64_t offset, char *name, size_t name_size)
{
	const char *source;
	size_t length;

	source_name(symbol, &source, &length);
	if (offset == 0)
		snprintf(name, name_size, "%.*s", (int)length, source);
	else
		snprintf(name, name_size, "%.*s+%" PRIu64, (int)length, source, offset);
	return 0;
}

int symbols_variable(struct symbols *symbols, uintptr_t address, size_t size, char *name, size_t name_size)
{
	uint64_t at = address - symbols->base;
	const struct symbols_global *global = find_global(symbols, at);
	uint64_t start;

	if (!global) {
		const char *symbol = elf_table_lookup(&symbols->table, STT_OBJECT, at, &start);
		if (!symbol)
			return -1;
		/* A struct that ends in an array without bounds is larger than its type. */
		global = find_global(symbols, start);
		if (!global)
			return name_by_symbol(symbol, at - start, name, name_size);
	}
	Dwarf_Die type = global->type;
	snprintf(name, name_size, "%s", global->name);
	member_append(&type, at - global->address, size, name, name_size);
	return 0;
}
