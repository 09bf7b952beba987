/* Object files, archives and shared objects, read with libelf. */
#include "objects.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compiler.h"

/* A symbol table. Lifetime: one function of this file. */
struct objects_table {
	Elf *elf;
	Elf_Data *symbols;
	Elf_Data *versions; /* NULL: has none */
	size_t strings;     /* section of the names */
	size_t n;
};

/* What is done with an object file, or with each member of an archive. `name`: of the member; NULL: no archive. */
typedef void objects_visitor(void *context, Elf *elf, const char *name);

static void objects_visit_members(int fd, Elf *archive, objects_visitor *visit, void *context)
{
	Elf_Cmd command = ELF_C_READ_MMAP;
	Elf *member;

	while ((member = elf_begin(fd, command, archive))) {
		const Elf_Arhdr *header = elf_getarhdr(member);

		if (elf_kind(member) == ELF_K_ELF && header)
			visit(context, member, header->ar_name);
		command = elf_next(member);
		elf_end(member);
	}
}

/* Returns 0, or -1 when the file cannot be read as ELF or as an archive. */
static int objects_visit(const char *path, objects_visitor *visit, void *context)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), result = 0;
	Elf *elf;

	if (fd < 0)
		return -1;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (elf && elf_kind(elf) == ELF_K_AR)
		objects_visit_members(fd, elf, visit, context);
	else if (elf && elf_kind(elf) == ELF_K_ELF)
		visit(context, elf, NULL);
	else
		result = -1;
	elf_end(elf);
	close(fd);
	return result;
}

/* Finds the table of that section type: SHT_SYMTAB or SHT_DYNSYM. Returns whether there is one. */
static bool objects_find_table(struct objects_table *table, Elf *elf, GElf_Word type)
{
	GElf_Shdr header;

	*table = (struct objects_table){.elf = elf};
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section));) {
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
	return table->symbols != NULL;
}

/* The name of symbol `index`, with its data in *symbol; NULL when there is none. */
static const char *objects_symbol(const struct objects_table *table, size_t index, GElf_Sym *symbol)
{
	if (!gelf_getsym(table->symbols, (int)index, symbol))
		return NULL;
	return elf_strptr(table->elf, table->strings, symbol->st_name);
}

/* The name of symbol `index` if other files may use what it defines here; NULL: not. */
static const char *objects_offered(const struct objects_table *table, size_t index, GElf_Sym *symbol)
{
	const char *name = objects_symbol(table, index, symbol);

	return name && symbol->st_shndx != SHN_UNDEF && GELF_ST_BIND(symbol->st_info) != STB_LOCAL ? name : NULL;
}

static void objects_add_defined(void *context, Elf *elf, const char *member)
{
	struct objects_table table;
	GElf_Sym symbol;

	(void)member;
	if (!objects_find_table(&table, elf, SHT_SYMTAB))
		return;
	for (size_t i = 1; i < table.n; i++) {
		const char *name = objects_offered(&table, i, &symbol);

		if (name)
			str_list_add(context, name);
	}
}

int objects_defined(const char *path, struct str_list *names)
{
	return objects_visit(path, objects_add_defined, names);
}

/* A function that is looked for. */
struct objects_wanted {
	const char *name;
	bool found;
};

static void objects_look_for(void *context, Elf *elf, const char *member)
{
	struct objects_wanted *wanted = context;
	struct objects_table table;
	GElf_Sym symbol;

	(void)member;
	if (!objects_find_table(&table, elf, SHT_DYNSYM))
		return;
	for (size_t i = 1; i < table.n && !wanted->found; i++) {
		const char *name = objects_offered(&table, i, &symbol);

		wanted->found = name && GELF_ST_TYPE(symbol.st_info) == STT_FUNC && strcmp(name, wanted->name) == 0;
	}
}

bool objects_has_function(const char *path, const char *wanted)
{
	struct objects_wanted search = {.name = wanted};

	objects_visit(path, objects_look_for, &search);
	return search.found;
}

/* Version 0 and 1 stand for "none": what the linker found in a library has the version that it has there. */
static bool objects_has_version(const struct objects_table *table, size_t index)
{
	GElf_Versym version;

	return table->versions && gelf_getversym(table->versions, (int)index, &version) && version > 1;
}

static void objects_add_missing(void *context, Elf *elf, const char *member)
{
	struct objects_table table;
	GElf_Sym symbol;

	(void)member;
	if (!objects_find_table(&table, elf, SHT_DYNSYM))
		return;
	for (size_t i = 1; i < table.n; i++) {
		const char *name = objects_symbol(&table, i, &symbol);

		if (name && symbol.st_shndx == SHN_UNDEF && GELF_ST_BIND(symbol.st_info) == STB_GLOBAL &&
			!objects_has_version(&table, i))
			str_list_add(context, name);
	}
}

int objects_missing(const char *path, struct str_list *names)
{
	return objects_visit(path, objects_add_missing, names);
}

/* The bytes of the section `name`, which `elf` keeps; NULL: there is none, or it is empty. */
static Elf_Data *objects_section(Elf *elf, const char *name)
{
	size_t names;
	GElf_Shdr header;

	if (elf_getshdrstrndx(elf, &names) < 0)
		return NULL;
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section));) {
		const char *found = gelf_getshdr(section, &header) ? elf_strptr(elf, names, header.sh_name) : NULL;
		Elf_Data *data = found && strcmp(found, name) == 0 ? elf_getdata(section, NULL) : NULL;

		if (data && data->d_buf && data->d_size)
			return data;
	}
	return NULL;
}

/* A section that is looked for. */
struct objects_bytes {
	const char *section;
	char *bytes;
	size_t size;
};

static void objects_copy_section(void *context, Elf *elf, const char *member)
{
	struct objects_bytes *wanted = context;
	const Elf_Data *data = member ? NULL : objects_section(elf, wanted->section);

	if (!data)
		return;
	wanted->size = data->d_size;
	wanted->bytes = str_checked(malloc(data->d_size + 1));
	memcpy(wanted->bytes, data->d_buf, data->d_size);
	wanted->bytes[data->d_size] = 0;
}

char *objects_read_section(const char *path, const char *section, size_t *size)
{
	struct objects_bytes wanted = {.section = section};

	objects_visit(path, objects_copy_section, &wanted);
	*size = wanted.size;
	return wanted.bytes;
}

/* Where functions of unchecked code go. */
struct objects_unchecked {
	const char *file;
	struct str_list *functions, *origins;
	char *stale;
};

static void objects_add_unchecked(void *context, Elf *elf, const char *member)
{
	struct objects_unchecked *unchecked = context;
	const Elf_Data *record = objects_section(elf, ".GCC.command.line");
	enum compiler_trace trace = record ? compiler_trace(record->d_buf, record->d_size) : COMPILER_OTHER;
	struct objects_table table;
	GElf_Sym symbol;

	if (trace == COMPILER_STALE && !unchecked->stale)
		unchecked->stale = member ? str_printf("%s(%s)", unchecked->file, member) : str_copy(unchecked->file);
	if (trace != COMPILER_OTHER || !objects_find_table(&table, elf, SHT_SYMTAB))
		return;
	for (size_t i = 1; i < table.n; i++) {
		const char *name = objects_offered(&table, i, &symbol);

		if (!name || GELF_ST_TYPE(symbol.st_info) != STT_FUNC)
			continue;
		str_list_add(unchecked->functions, name);
		str_list_take(unchecked->origins, member ? str_printf("%s(%s)", unchecked->file, member) :
			str_copy(unchecked->file));
	}
}

char *objects_unchecked(const char *path, struct str_list *functions, struct str_list *origins)
{
	const char *slash = strrchr(path, '/');
	struct objects_unchecked unchecked = {.file = slash ? slash + 1 : path, .functions = functions, .origins = origins};

	objects_visit(path, objects_add_unchecked, &unchecked);
	return unchecked.stale;
}
