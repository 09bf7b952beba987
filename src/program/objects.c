/* The symbols of object files and shared objects, read with libelf. */
#include "objects.h"

#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

/* An open file and its symbol table. Lifetime: one function of this file. */
struct objects_table {
	int fd;
	Elf *elf;
	Elf_Data *symbols;
	Elf_Data *versions; /* NULL: has none */
	size_t strings;     /* section of the names */
	size_t n;
};

static void objects_close(struct objects_table *table)
{
	elf_end(table->elf);
	close(table->fd);
}

static int objects_find_sections(struct objects_table *table, GElf_Word type)
{
	GElf_Shdr header;

	for (Elf_Scn *section = NULL; (section = elf_nextscn(table->elf, section));) {
		if (!gelf_getshdr(section, &header))
			continue;
		if (header.sh_type == type && header.sh_entsize) {
			table->symbols = elf_getdata(section, NULL);
			table->strings = header.sh_link;
			table->n = header.sh_size / header.sh_entsize;
		} else if (header.sh_type == SHT_GNU_versym) {
			table->versions = elf_getdata(section, NULL);
		}
	}
	return table->symbols ? 0 : -1;
}

/* Opens the table of that section type: SHT_SYMTAB or SHT_DYNSYM. Returns 0 or -1. */
static int objects_open(struct objects_table *table, const char *path, GElf_Word type)
{
	*table = (struct objects_table){.fd = open(path, O_RDONLY | O_CLOEXEC)};
	if (table->fd < 0)
		return -1;
	elf_version(EV_CURRENT);
	table->elf = elf_begin(table->fd, ELF_C_READ_MMAP, NULL);
	if (table->elf && objects_find_sections(table, type) == 0)
		return 0;
	objects_close(table);
	return -1;
}

/* The name of symbol `index`, with its data in *symbol; NULL when there is none. */
static const char *objects_symbol(struct objects_table *table, size_t index, GElf_Sym *symbol)
{
	if (!gelf_getsym(table->symbols, (int)index, symbol))
		return NULL;
	return elf_strptr(table->elf, table->strings, symbol->st_name);
}

int objects_defined(const char *path, struct str_list *names)
{
	struct objects_table table;
	GElf_Sym symbol;

	if (objects_open(&table, path, SHT_SYMTAB) < 0)
		return -1;
	for (size_t i = 1; i < table.n; i++) {
		const char *name = objects_symbol(&table, i, &symbol);

		if (name && symbol.st_shndx != SHN_UNDEF && GELF_ST_BIND(symbol.st_info) != STB_LOCAL)
			str_list_add(names, name);
	}
	objects_close(&table);
	return 0;
}

bool objects_has_function(const char *path, const char *wanted)
{
	struct objects_table table;
	bool found = false;
	GElf_Sym symbol;

	if (objects_open(&table, path, SHT_DYNSYM) < 0)
		return false;
	for (size_t i = 1; i < table.n && !found; i++) {
		const char *name = objects_symbol(&table, i, &symbol);

		found = name && symbol.st_shndx != SHN_UNDEF && GELF_ST_TYPE(symbol.st_info) == STT_FUNC &&
			strcmp(name, wanted) == 0;
	}
	objects_close(&table);
	return found;
}

/* Version 0 and 1 stand for "none": what the linker found in a library has the version that it has there. */
static bool objects_has_version(const struct objects_table *table, size_t index)
{
	GElf_Versym version;

	return table->versions && gelf_getversym(table->versions, (int)index, &version) && version > 1;
}

int objects_missing(const char *path, struct str_list *names)
{
	struct objects_table table;
	GElf_Sym symbol;

	if (objects_open(&table, path, SHT_DYNSYM) < 0)
		return -1;
	for (size_t i = 1; i < table.n; i++) {
		const char *name = objects_symbol(&table, i, &symbol);

		if (name && symbol.st_shndx == SHN_UNDEF && GELF_ST_BIND(symbol.st_info) == STB_GLOBAL &&
			!objects_has_version(&table, i))
			str_list_add(names, name);
	}
	objects_close(&table);
	return 0;
}
