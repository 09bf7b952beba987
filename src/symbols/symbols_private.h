/*
 * What the files of symbols.h share. Addresses in here are link-time addresses (run-time address minus base).
 */
#ifndef SIM_SYMBOLS_PRIVATE_H
#define SIM_SYMBOLS_PRIVATE_H

#include "symbols.h"

#include "elf_table.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <utarray.h>

/* A variable with a fixed address. Lifetime: as long as the `struct symbols`. */
struct symbols_global {
	uint64_t address;
	uint64_t size;
	Dwarf_Die type;
	const char *name;
};

/* The compiler's path and what symbols_place() gives for it. Lifetime: as long as the `struct symbols`. */
struct symbols_path {
	const char *given, *directory;
	char *absolute;
	const char *shown; /* the end of it that people read; NULL: not asked for yet */
};

/* Lifetime: symbols_open() to symbols_close(). */
struct symbols {
	int fd;
	Elf *elf;
	Dwarf *dwarf;            /* NULL: no debug information */
	Dwarf_CFI *cfi;          /* NULL: none, or not asked for yet */
	struct elf_table table;
	uint64_t base;
	unsigned frame_register; /* DWARF number of the frame pointer */
	UT_array *units;         /* of Dwarf_Die: the compilation units */
	UT_array *globals;       /* of struct symbols_global; NULL before the first question about a variable */
	UT_array *paths;         /* of struct symbols_path */
	int has_all_paths;       /* those of all source files are there */
};

/* The compilation unit that has code at `pc`, or NULL. */
Dwarf_Die *symbols_unit(struct symbols *symbols, uint64_t pc);

/*
 * The debug information entries that enclose `pc`, innermost first, each physically within the next: blocks, inlined
 * calls, the function, the unit. Returns how many; free(*scopes) if that is not 0.
 */
int symbols_scopes(struct symbols *symbols, uint64_t pc, Dwarf_Die **scopes);

/* The path `given` to the compiler as an absolute one; `directory` is where the compiler ran, or NULL. */
const char *symbols_absolute(struct symbols *symbols, const char *given, const char *directory);

/* The type of a variable or member, and its size in bytes. Returns 0, or -1 if it has none. */
int symbols_type(Dwarf_Die *die, Dwarf_Die *type, uint64_t *size);

#endif
