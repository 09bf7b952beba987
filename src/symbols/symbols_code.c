/*
 * The whole code of an object: its lines, and its calls as far as the linker kept a record of them.
 */
#include "symbols_private.h"

#include <stdlib.h>
#include <string.h>

/* One row of a line table. */
static void visit_line(struct symbols *symbols, Dwarf_Line *line, const char *directory, symbols_line_visitor *visit,
                       void *context)
{
	bool begins_statement = false, is_end = false;
	Dwarf_Addr address;
	int number = 0;

	if (dwarf_linebeginstatement(line, &begins_statement) != 0 || !begins_statement ||
	    dwarf_lineendsequence(line, &is_end) != 0 || is_end || dwarf_lineno(line, &number) != 0 || number == 0 ||
	    dwarf_lineaddr(line, &address) != 0)
		return;
	const char *given = dwarf_linesrc(line, NULL, NULL);
	if (given)
		visit(context, symbols->base + address, symbols_absolute(symbols, given, directory), number);
}

void symbols_lines(struct symbols *symbols, symbols_line_visitor *visit, void *context)
{
	for (Dwarf_Die *unit = utarray_front(symbols->units); unit; unit = utarray_next(symbols->units, unit)) {
		Dwarf_Attribute attribute;
		const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
		Dwarf_Lines *lines;
		size_t n = 0;

		if (dwarf_getsrclines(unit, &lines, &n) != 0)
			continue;
		for (size_t i = 0; i < n; i++)
			visit_line(symbols, dwarf_onesrcline(lines, i), directory, visit, context);
	}
}

/* The bytes of a call from where a relocation changes them to its end: the distance, or the instruction. */
enum { CALL_REST = 4 };

static void visit_relocations(struct symbols *symbols, Elf_Scn *section, const GElf_Shdr *header,
                              symbols_call_visitor *visit, void *context)
{
	Elf_Data *relocations = elf_getdata(section, NULL);
	Elf_Scn *table = elf_getscn(symbols->elf, header->sh_link);
	Elf_Data *names = table ? elf_getdata(table, NULL) : NULL;
	GElf_Shdr table_header;

	if (!relocations || !names || !gelf_getshdr(table, &table_header) || header->sh_entsize == 0)
		return;
	for (size_t i = 0; i < header->sh_size / header->sh_entsize; i++) {
		GElf_Rela relocation;
		GElf_Sym symbol;

		if (!gelf_getrela(relocations, (int)i, &relocation) ||
		    !gelf_getsym(names, (int)GELF_R_SYM(relocation.r_info), &symbol))
			continue;
		const char *name = elf_strptr(symbols->elf, table_header.sh_link, symbol.st_name);
		if (name && *name)
			visit(context, name, symbols->base + relocation.r_offset + CALL_REST);
	}
}

void symbols_calls(struct symbols *symbols, symbols_call_visitor *visit, void *context)
{
	for (Elf_Scn *section = NULL; (section = elf_nextscn(symbols->elf, section)) != NULL;) {
		GElf_Shdr header, target;
		Elf_Scn *code;

		if (!gelf_getshdr(section, &header) || header.sh_type != SHT_RELA || header.sh_flags & SHF_ALLOC)
			continue;
		code = elf_getscn(symbols->elf, header.sh_info);
		if (code && gelf_getshdr(code, &target) && target.sh_flags & SHF_EXECINSTR)
			visit_relocations(symbols, section, &header, visit, context);
	}
}

uintptr_t symbols_function_start(struct symbols *symbols, uintptr_t pc)
{
	uint64_t start;

	return elf_table_lookup(&symbols->table, STT_FUNC, pc - symbols->base, &start) ? symbols->base + start : 0;
}
