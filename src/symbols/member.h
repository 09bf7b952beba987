/*
 * From a byte of an object to the C expression for the part of it that was meant, by the object's type.
 */
#ifndef SIM_MEMBER_H
#define SIM_MEMBER_H

#include <elfutils/libdw.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Appends to `name` (a string in an array of `name_size` bytes; cut when it gets too long) what selects, in an object
 * of the type, the part at `offset` with `size` bytes: "[3].next". Down to the smallest part that holds all these bytes,
 * in arrays always to an element; among the members of a union the first that fits. Size 0: down to the first part that
 * starts at the offset, but not an array. Simcheck's structs are not taken apart, nor are those of the C library.
 */
void member_append(Dwarf_Die *type, uint64_t offset, uint64_t size, char *name, size_t name_size);

#endif
