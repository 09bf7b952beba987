/*
 * The symbol table of an ELF file: names when there is no debug information.
 */
#ifndef SIM_ELF_TABLE_H
#define SIM_ELF_TABLE_H

#include <gelf.h>
#include <stddef.h>
#include <stdint.h>

/* Lifetime: as long as the Elf it was found in. */
struct elf_table {
	Elf *elf;
	Elf_Data *data; /* NULL: no symbols */
	size_t n_symbols;
	size_t strings; /* section index of the names */
};

/* Finds the table: .symtab, or .dynsym in a stripped file. */
void elf_table_find(struct elf_table *table, Elf *elf);

/*
 * The symbol of type STT_FUNC or STT_OBJECT that holds the byte at the link-time address. Returns its name, which lives
 * as long as the Elf, or NULL; `start` gets the address of its first byte.
 */
const char *elf_table_lookup(const struct elf_table *table, int type, uint64_t address, uint64_t *start);

/*
 * The symbols of that type, one after the other: returns the name of the next one whose name begins with `prefix`, from
 * the `*index`th on, its link-time address and size; NULL if there are no more. `*index` is 0 at first and is moved on.
 */
const char *elf_table_next(const struct elf_table *table, int type, const char *prefix, size_t *index, uint64_t *start,
                           uint64_t *size);

#endif
