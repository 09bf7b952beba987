/*
 * From an address to the debug information entries around it. libdw's own dwarf_addrdie() relies on .debug_aranges,
 * which clang does not write; the few units of a program are simply asked one after the other.
 */
#include "symbols_private.h"

#include <dwarf.h>
#include <stdlib.h>

Dwarf_Die *symbols_unit(struct symbols *symbols, uint64_t pc)
{
	Dwarf_Die *unit = NULL;

	while ((unit = utarray_next(symbols->units, unit)) != NULL)
		if (dwarf_haspc(unit, pc) == 1)
			break;
	return unit;
}

int symbols_scopes(struct symbols *symbols, uint64_t pc, Dwarf_Die **scopes)
{
	Dwarf_Die *unit = symbols_unit(symbols, pc);
	Dwarf_Die *lexical;

	/* Around an inlined call, dwarf_getscopes() continues with where the function was written. */
	if (!unit || dwarf_getscopes(unit, pc, &lexical) <= 0)
		return 0;
	int n = dwarf_getscopes_die(&lexical[0], scopes);
	free(lexical);
	return n > 0 ? n : 0;
}

int symbols_type(Dwarf_Die *die, Dwarf_Die *type, uint64_t *size)
{
	Dwarf_Attribute attribute;
	Dwarf_Word bytes;

	if (!dwarf_formref_die(dwarf_attr_integrate(die, DW_AT_type, &attribute), type))
		return -1;
	/* Unknown for an array without bounds. */
	*size = dwarf_aggregate_size(type, &bytes) == 0 ? bytes : 0;
	return 0;
}
