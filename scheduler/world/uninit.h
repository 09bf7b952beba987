/*
 * Reads of memory of the heap that was never written (--uninit). A set says which bytes were written since their block was
 * allocated; what the program copies with functions like memcpy() takes it along, an assignment of a structure counts as a
 * write of all of it. A read is a finding if none of its bytes was written: compilers read padding together with members.
 */
#ifndef SIM_UNINIT_H
#define SIM_UNINIT_H

#include "world.h"

/* [thread] All of these are for any address: memory that is not of the heap counts as written, always. */

/* The range holds values now. */
void uninit_wrote(uintptr_t address, size_t size);

/* A new block holds none. */
void uninit_begin(uintptr_t address, size_t size);

/* [to, to + size) is a copy of [from, from + size), with which it may overlap. */
void uninit_copy(uintptr_t to, uintptr_t from, size_t size);

/* A finding if the range is read for its value and holds none. */
void uninit_check(uintptr_t address, size_t size, uint32_t site);

#endif
