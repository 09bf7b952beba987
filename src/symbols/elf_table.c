#include "elf_table.h"

#include <string.h>

void elf_table_find(struct elf_table *table, Elf *elf)
{
	Elf_Scn *section = NULL;

	*table = (struct elf_table){.elf = elf};
	while ((section = elf_nextscn(elf, section)) != NULL) {
		GElf_Shdr header;
		if (!gelf_getshdr(section, &header) || header.sh_entsize == 0)
			continue;
		if (header.sh_type != SHT_SYMTAB && header.sh_type != SHT_DYNSYM)
			continue;
		/* The dynamic table is a part of the full one. */
		if (header.sh_type == SHT_DYNSYM && table->data)
			continue;
		table->data = elf_getdata(section, NULL);
		table->n_symbols = header.sh_size / header.sh_entsize;
		table->strings = header.sh_link;
	}
}

const char *elf_table_lookup(const struct elf_table *table, int type, uint64_t address, uint64_t *start)
{
	for (size_t i = 0; table->data && i < table->n_symbols; i++) {
		GElf_Sym symbol;
		if (!gelf_getsym(table->data, (int)i, &symbol) || GELF_ST_TYPE(symbol.st_info) != type)
			continue;
		if (symbol.st_shndx == SHN_UNDEF || address < symbol.st_value || address - symbol.st_value >= symbol.st_size)
			continue;
		*start = symbol.st_value;
		return elf_strptr(table->elf, table->strings, symbol.st_name);
	}
	return NULL;
}

const char *elf_table_next(const struct elf_table *table, int type, const char *prefix, size_t *index, uint64_t *start,
                           uint64_t *size)
{
	while (table->data && *index < table->n_symbols) {
		GElf_Sym symbol;
		if (!gelf_getsym(table->data, (int)(*index)++, &symbol) || GELF_ST_TYPE(symbol.st_info) != type ||
		    symbol.st_shndx == SHN_UNDEF)
			continue;
		const char *name = elf_strptr(table->elf, table->strings, symbol.st_name);
		if (!name || strncmp(name, prefix, strlen(prefix)) != 0)
			continue;
		*start = symbol.st_value;
		*size = symbol.st_size;
		return name;
	}
	return NULL;
}
