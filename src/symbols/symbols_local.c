/*
 * Names of variables in a stack frame, found by the value of its frame pointer.
 */
#include "symbols_private.h"

#include "member.h"

#include <dwarf.h>
#include <stdio.h>
#include <stdlib.h>

/* Where the frame of the caller begins, by the unwind information. Returns 0, or -1 if the frame pointer does not
 * tell. */
static int canonical_address(struct symbols *symbols, uint64_t pc, uint64_t frame, uint64_t *address)
{
	Dwarf_Frame *rule;
	Dwarf_Op *ops;
	size_t n_ops;
	int result = -1;

	if (!symbols->cfi)
		symbols->cfi = dwarf_getcfi_elf(symbols->elf);
	if (!symbols->cfi || dwarf_cfi_addrframe(symbols->cfi, pc, &rule) != 0)
		return -1;
	if (dwarf_frame_cfa(rule, &ops, &n_ops) == 0 && n_ops == 1) {
		if (ops[0].atom == DW_OP_bregx && ops[0].number == symbols->frame_register) {
			*address = frame + ops[0].number2;
			result = 0;
		} else if (ops[0].atom == DW_OP_breg0 + symbols->frame_register) {
			*address = frame + ops[0].number;
			result = 0;
		}
	}
	free(rule);
	return result;
}

/* What DW_OP_fbreg counts from in the function. Returns 0, or -1. */
static int frame_base(struct symbols *symbols, Dwarf_Die *function, uint64_t pc, uint64_t frame, uint64_t *base)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t n_ops;

	if (dwarf_getlocation_addr(dwarf_attr(function, DW_AT_frame_base, &attribute), pc, &ops, &n_ops, 1) != 1 ||
	    n_ops != 1)
		return -1;
	if (ops[0].atom == DW_OP_call_frame_cfa)
		return canonical_address(symbols, pc, frame, base);
	if (ops[0].atom == DW_OP_reg0 + symbols->frame_register)
		*base = frame;
	else if (ops[0].atom == DW_OP_breg0 + symbols->frame_register)
		*base = frame + ops[0].number;
	else
		return -1;
	return 0;
}

/* Lifetime: one call of symbols_local(). */
struct question {
	struct symbols *symbols;
	uint64_t pc, frame;
	uint64_t base; /* DW_OP_fbreg counts from here */
	int has_base;
	uint64_t address;
	size_t size;
	char *name;
	size_t name_size;
};

/* Names the variable if it holds the address. Returns 0 if so. */
static int try_variable(const struct question *question, Dwarf_Die *variable)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t n_ops;
	uint64_t start, size;
	Dwarf_Die type;
	const char *name = dwarf_diename(variable);

	if (!name || symbols_type(variable, &type, &size) != 0 ||
	    dwarf_getlocation_addr(dwarf_attr(variable, DW_AT_location, &attribute), question->pc, &ops, &n_ops, 1) != 1 ||
	    n_ops != 1)
		return -1;
	if (ops[0].atom == DW_OP_fbreg && question->has_base)
		start = question->base + ops[0].number;
	else if (ops[0].atom == DW_OP_breg0 + question->symbols->frame_register)
		start = question->frame + ops[0].number;
	else
		return -1;
	if (question->address < start || question->address - start >= size)
		return -1;
	snprintf(question->name, question->name_size, "%s", name);
	member_append(&type, question->address - start, question->size, question->name, question->name_size);
	return 0;
}

static int try_scope(const struct question *question, Dwarf_Die *scope)
{
	Dwarf_Die child;

	if (dwarf_child(scope, &child) != 0)
		return -1;
	do {
		int tag = dwarf_tag(&child);
		if ((tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) && try_variable(question, &child) == 0)
			return 0;
	} while (dwarf_siblingof(&child, &child) == 0);
	return -1;
}

static int name_at(struct question *question)
{
	Dwarf_Die *scopes;
	int n = symbols_scopes(question->symbols, question->pc, &scopes);
	int result = -1;

	question->has_base = 0;
	for (int i = 0; i < n; i++)
		if (dwarf_tag(&scopes[i]) == DW_TAG_subprogram)
			question->has_base = frame_base(question->symbols, &scopes[i], question->pc, question->frame,
			                                &question->base) == 0;
	for (int i = 0; i < n && result != 0; i++)
		result = try_scope(question, &scopes[i]);
	if (n > 0)
		free(scopes);
	return result;
}

int symbols_local(struct symbols *symbols, uintptr_t pc, uintptr_t frame, uintptr_t address, size_t size, char *name,
                  size_t name_size)
{
	struct question question = {.symbols = symbols, .pc = pc - symbols->base, .frame = frame, .address = address,
	                            .size = size, .name = name, .name_size = name_size};

	if (name_at(&question) == 0)
		return 0;
	/* The return address of a block's last call is already outside of the block. */
	question.pc--;
	return name_at(&question);
}
