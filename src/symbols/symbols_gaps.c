/* Where global variables lie, and where none does. */
#include "symbols_private.h"

#include <string.h>

/* What src/program/guards.c calls the sections that it makes: all that is not a variable there is room between variables. */
static const char gaps_prefix[] = ".guarded_";

void symbols_gaps(const struct symbols *symbols, symbols_gap_visitor *visit, void *context)
{
	size_t names, index = 0;
	uint64_t start, size;
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	if (elf_getshdrstrndx(symbols->elf, &names) != 0)
		return;
	while ((section = elf_nextscn(symbols->elf, section)) != NULL) {
		const char *name = gelf_getshdr(section, &header) ? elf_strptr(symbols->elf, names, header.sh_name) : NULL;
		if (name && strncmp(name, gaps_prefix, strlen(gaps_prefix)) == 0)
			visit(context, symbols->base + header.sh_addr, header.sh_size, 1);
	}
	while (elf_table_next(&symbols->table, STT_OBJECT, "", &index, &start, &size))
		visit(context, symbols->base + start, size, 0);
}

static uint64_t gaps_distance(uint64_t at, uint64_t start, uint64_t size)
{
	return at < start ? start - at : at - start < size ? 0 : at - start - size + 1;
}

int symbols_neighbour(struct symbols *symbols, uintptr_t address, uintptr_t *low, size_t *size, char *name, size_t name_size)
{
	uint64_t at = address - symbols->base, start, length, nearest = UINT64_MAX;
	size_t index = 0;

	while (elf_table_next(&symbols->table, STT_OBJECT, "", &index, &start, &length)) {
		if (!length || gaps_distance(at, start, length) >= nearest)
			continue;
		nearest = gaps_distance(at, start, length);
		*low = symbols->base + start;
		*size = length;
	}
	if (nearest == UINT64_MAX || symbols_variable(symbols, *low, *size, name, name_size) != 0)
		return -1;
	name[strcspn(name, "[")] = 0; /* an array, not its first element */
	return 0;
}
