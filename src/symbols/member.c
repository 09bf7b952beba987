#include "member.h"

#include <ctype.h>
#include <dwarf.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAX_DIMENSIONS 16

__attribute__((format(printf, 3, 4)))
static void append(char *name, size_t name_size, const char *format, ...)
{
	size_t length = strlen(name);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(name + length, name_size - length, format, arguments);
	va_end(arguments);
}

/* Whether members with this name are the C library's own affair: a user locks `a`, not `a.__data.__lock`. */
static int is_reserved(const char *name)
{
	return name && name[0] == '_' && (name[1] == '_' || isupper((unsigned char)name[1]));
}

/* Whether the type is one of simcheck's, whose members are nobody's business either. */
static int is_primitive(Dwarf_Die *type)
{
	const char *name = dwarf_tag(type) == DW_TAG_structure_type ? dwarf_diename(type) : NULL;

	return name && strncmp(name, "sim_", 4) == 0;
}

/* Replaces the type by what it stands for. Returns -1 if that is unknown. */
static int peel(Dwarf_Die *type)
{
	for (;;) {
		Dwarf_Attribute attribute;
		switch (dwarf_tag(type)) {
		case DW_TAG_typedef:
		case DW_TAG_const_type:
		case DW_TAG_volatile_type:
		case DW_TAG_atomic_type:
		case DW_TAG_restrict_type:
			if (!dwarf_formref_die(dwarf_attr_integrate(type, DW_AT_type, &attribute), type))
				return -1;
			break;
		default:
			return 0;
		}
	}
}

static int unsigned_attribute(Dwarf_Die *die, unsigned name, uint64_t *value)
{
	Dwarf_Attribute attribute;
	Dwarf_Word word;

	if (dwarf_formudata(dwarf_attr_integrate(die, name, &attribute), &word) != 0)
		return -1;
	*value = word;
	return 0;
}

/* The number of elements in each dimension of an array type; 0: unknown. Returns how many dimensions. */
static int array_dimensions(Dwarf_Die *array, uint64_t counts[MAX_DIMENSIONS])
{
	Dwarf_Die child;
	int n = 0;

	if (dwarf_child(array, &child) != 0)
		return 0;
	do {
		if (dwarf_tag(&child) != DW_TAG_subrange_type || n == MAX_DIMENSIONS)
			continue;
		uint64_t value;
		counts[n] = 0;
		if (unsigned_attribute(&child, DW_AT_count, &value) == 0)
			counts[n] = value;
		else if (unsigned_attribute(&child, DW_AT_upper_bound, &value) == 0)
			counts[n] = value + 1;
		n++;
	} while (dwarf_siblingof(&child, &child) == 0);
	return n;
}

/* Selects the element; type and offset become the element's. Returns -1 if the array cannot be taken apart. */
static int enter_array(Dwarf_Die *type, uint64_t *offset, char *name, size_t name_size)
{
	uint64_t counts[MAX_DIMENSIONS];
	int n_dimensions = array_dimensions(type, counts);
	Dwarf_Die element;
	Dwarf_Attribute attribute;
	Dwarf_Word size;

	if (!dwarf_formref_die(dwarf_attr_integrate(type, DW_AT_type, &attribute), &element) ||
	    dwarf_aggregate_size(&element, &size) != 0 || size == 0 || n_dimensions == 0)
		return -1;
	uint64_t stride = size;
	for (int i = 1; i < n_dimensions; i++)
		stride *= counts[i];
	if (stride == 0)
		return -1;
	for (int i = 0; i < n_dimensions; i++) {
		append(name, name_size, "[%" PRIu64 "]", *offset / stride);
		*offset %= stride;
		if (i + 1 < n_dimensions)
			stride /= counts[i + 1];
	}
	*type = element;
	return 0;
}

/* Which bytes of its struct a member has; a bit-field those that its bits touch. A length of 0 is unknown. */
static void member_bytes(Dwarf_Die *member, Dwarf_Die *type, uint64_t *start, uint64_t *length)
{
	uint64_t n_bits, first_bit, gap, storage;
	Dwarf_Word size;

	if (unsigned_attribute(member, DW_AT_data_member_location, start) != 0)
		*start = 0;
	*length = dwarf_aggregate_size(type, &size) == 0 ? size : 0;
	if (unsigned_attribute(member, DW_AT_bit_size, &n_bits) != 0)
		return;
	if (unsigned_attribute(member, DW_AT_data_bit_offset, &first_bit) != 0) {
		/* The older form counts from the most significant bit of the storage unit, which lies last in memory. */
		if (unsigned_attribute(member, DW_AT_bit_offset, &gap) != 0)
			gap = 0;
		if (unsigned_attribute(member, DW_AT_byte_size, &storage) != 0)
			storage = *length;
		first_bit = 8 * (*start + storage) - gap - n_bits;
	}
	*start = first_bit / 8;
	*length = (first_bit % 8 + n_bits + 7) / 8;
}

/*
 * Selects the first member that holds all the bytes; an array without bounds, which ends a struct, holds the rest of
 * it. Type and offset become the member's. Returns -1 if there is none.
 */
static int enter_struct(Dwarf_Die *type, uint64_t *offset, uint64_t size, char *name, size_t name_size)
{
	Dwarf_Die member;

	if (dwarf_child(type, &member) != 0)
		return -1;
	do {
		int tag = dwarf_tag(&member);
		Dwarf_Die member_type;
		Dwarf_Attribute attribute;
		if ((tag != DW_TAG_member && tag != DW_TAG_inheritance) ||
		    !dwarf_formref_die(dwarf_attr_integrate(&member, DW_AT_type, &attribute), &member_type))
			continue;
		uint64_t start, length;
		member_bytes(&member, &member_type, &start, &length);
		uint64_t needed = *offset - start + (size ? size : 1);
		int has_bounds = length > 0 || dwarf_tag(&member_type) != DW_TAG_array_type;
		if (*offset < start || (has_bounds && needed > length))
			continue;
		const char *member_name = tag == DW_TAG_member ? dwarf_diename(&member) : NULL;
		if (is_reserved(member_name))
			return -1;
		/* A member without a name is one whose members count as the outer ones; so do those of a base class. */
		if (member_name)
			append(name, name_size, ".%s", member_name);
		*type = member_type;
		*offset -= start;
		return 0;
	} while (dwarf_siblingof(&member, &member) == 0);
	return -1;
}

void member_append(Dwarf_Die *type, uint64_t offset, uint64_t size, char *name, size_t name_size)
{
	Dwarf_Die current = *type;

	while (peel(&current) == 0 && !is_primitive(&current)) {
		int tag = dwarf_tag(&current);
		if (tag == DW_TAG_array_type) {
			if (enter_array(&current, &offset, name, name_size) != 0)
				return;
		} else if (tag == DW_TAG_structure_type || tag == DW_TAG_union_type || tag == DW_TAG_class_type) {
			if ((size == 0 && offset == 0) || enter_struct(&current, &offset, size, name, name_size) != 0)
				return;
		} else {
			return;
		}
	}
}
