#include "guards.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes behind a variable, at the least and at most: as much as it is large. */
enum { GUARDS_LEAST = 64, GUARDS_MOST = 1024 };

/* A section of an object file. Lifetime: one object file. */
struct guards_section {
	size_t n_variables;
	uint64_t size; /* of the only variable, at its beginning */
};

static struct guards_section *guards_count(Elf *elf, size_t n_sections)
{
	struct guards_section *sections = str_checked(calloc(n_sections + 1, sizeof *sections));
	GElf_Shdr header;
	GElf_Sym symbol;

	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section));) {
		if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
			continue;
		Elf_Data *data = elf_getdata(section, NULL);
		for (size_t i = 0; i < header.sh_size / header.sh_entsize; i++) {
			if (!gelf_getsym(data, (int)i, &symbol) || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT ||
				symbol.st_shndx >= n_sections)
				continue;
			sections[symbol.st_shndx].n_variables++;
			sections[symbol.st_shndx].size = symbol.st_value == 0 ? symbol.st_size : 0;
		}
	}
	return sections;
}

/* Whether it is a section of variables that the compiler has named after the one in it. */
static bool guards_is_own(const GElf_Shdr *header, const char *name, bool zeroed)
{
	const char *prefix = zeroed ? ".bss." : ".data.";

	return (header->sh_flags & (SHF_ALLOC | SHF_WRITE | SHF_TLS)) == (SHF_ALLOC | SHF_WRITE) &&
		header->sh_type == (zeroed ? SHT_NOBITS : SHT_PROGBITS) && strncmp(name, prefix, strlen(prefix)) == 0 &&
		strncmp(name, ".data.rel.ro", strlen(".data.rel.ro")) != 0;
}

static void guards_write_object(FILE *file, Elf *elf, const char *object, bool zeroed)
{
	size_t n_sections, names;

	if (elf_getshdrnum(elf, &n_sections) != 0 || elf_getshdrstrndx(elf, &names) != 0)
		return;
	struct guards_section *sections = guards_count(elf, n_sections);
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section));) {
		const struct guards_section *own = &sections[elf_ndxscn(section)];
		GElf_Shdr header;
		const char *name = gelf_getshdr(section, &header) ? elf_strptr(elf, names, header.sh_name) : NULL;
		uint64_t room = own->size < GUARDS_LEAST ? GUARDS_LEAST : own->size > GUARDS_MOST ? GUARDS_MOST : own->size;

		if (name && own->n_variables == 1 && own->size == header.sh_size && guards_is_own(&header, name, zeroed))
			fprintf(file, "\t\t\"%s\" (\"%s\") . = . + %llu;\n", object, name, (unsigned long long)room);
	}
	free(sections);
}

static void guards_write_section(FILE *file, const struct str_list *objects, bool zeroed)
{
	fprintf(file, "SECTIONS\n{\n\t.%s :\n\t{\n\t\t. = . + %d;\n", zeroed ? "guarded_bss" : "guarded_data", GUARDS_LEAST);
	elf_version(EV_CURRENT);
	for (size_t i = 0; i < objects->n; i++) {
		int fd = open(objects->items[i], O_RDONLY | O_CLOEXEC);
		Elf *elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ_MMAP, NULL);

		/* A script has no way to write the one character. */
		if (elf && elf_kind(elf) == ELF_K_ELF && !strchr(objects->items[i], '"'))
			guards_write_object(file, elf, objects->items[i], zeroed);
		elf_end(elf);
		if (fd >= 0)
			close(fd);
	}
	fprintf(file, "\t}\n}\nINSERT AFTER .%s;\n", zeroed ? "bss" : "data");
}

int guards_write(const struct str_list *objects, const char *path)
{
	FILE *file = fopen(path, "we");

	if (!file)
		return -1;
	guards_write_section(file, objects, false);
	guards_write_section(file, objects, true);
	return fclose(file) == 0 ? 0 : -1;
}
