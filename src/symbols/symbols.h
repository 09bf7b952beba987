/*
 * Addresses to names: source places of code, names of variables. Reads the debug information of one loaded shared
 * object (elfutils libdw). Slow and allocating: used when a finding is told, never while exploring.
 */
#ifndef SIM_SYMBOLS_H
#define SIM_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

struct symbols;

/* A source place. Strings live as long as the `struct symbols`. */
struct symbols_place {
	const char *path;     /* as the compiler was given it, made absolute; NULL: unknown */
	const char *function; /* NULL: unknown */
	int line;             /* 0: unknown */
};

/* Opens the object at `path`, loaded at `base` (the difference between run-time and link-time addresses). Returns NULL
 * with a sentence in `error` if the file cannot be read; missing debug information is not an error. */
struct symbols *symbols_open(const char *path, uintptr_t base, char *error, size_t size);
void symbols_close(struct symbols *symbols);

/* Whether some of the code may have been optimised: then values also live in places that have no name. Told by the options
 * that the compiler recorded; where it recorded none, the answer is yes. */
int symbols_is_optimised(struct symbols *symbols);

/* Whether some variable lives in a register all the time, as those declared `register` may. */
int symbols_uses_registers(struct symbols *symbols);

/* Where the code at `pc` comes from. With `is_return` pc is a return address: the place of the call before it. */
struct symbols_place symbols_place(struct symbols *symbols, uintptr_t pc, int is_return);

/* The functions of the program one after the other: where the code of the next one begins and ends whose name begins with
 * `prefix`. `*index` is 0 at first and is moved on. Returns 0, or -1 if there are no more. */
int symbols_function(const struct symbols *symbols, const char *prefix, size_t *index, uintptr_t *low, uintptr_t *high);

/* The shortest end of `path`, which symbols_place() gave, that no other source file of the object ends in: the name of the
 * file, with as many folders as it takes. Lives as long as `path`. */
const char *symbols_file(struct symbols *symbols, const char *path);

/* Calls `visit` for each place in the code where a statement of a source line begins. */
typedef void symbols_line_visitor(void *context, uintptr_t pc, const char *path, int line);
void symbols_lines(struct symbols *symbols, symbols_line_visitor *visit, void *context);

/* Calls `visit` for each call of a named function, and each other reference to one in the code, if the object was linked with
 * --emit-relocs. `pc`: the return address of a call. */
typedef void symbols_call_visitor(void *context, const char *name, uintptr_t pc);
void symbols_calls(struct symbols *symbols, symbols_call_visitor *visit, void *context);

/* Where the function begins that has code at `pc`; 0: in no function. */
uintptr_t symbols_function_start(struct symbols *symbols, uintptr_t pc);

/*
 * Writes the name of the global or static variable that holds the byte at `address`, as a C expression from its type:
 * "counter", "table[3]", "pool[2].next", "state.lock"; a suffix that the compiler gave to function-local statics is
 * removed. Goes down into arrays and structs until the member that starts at `address` with `size` bytes (0: unknown
 * size: the outermost object that starts there, but an array's element rather than the array). Of a union the first
 * member that fits counts. Simcheck's own structs and the C library's (a mutex) are not taken apart, so that a
 * synchronisation object is asked for with the size 1. Without debug information: "counter", "table+12". Returns 0, or
 * -1 if no variable lies there.
 */
int symbols_variable(struct symbols *symbols, uintptr_t address, size_t size, char *name, size_t name_size);

/* Calls `visit` for stretches of memory where variables lie with room between them, one after the other, and then for each
 * variable there: what was first said to be a gap may turn out to be none. */
typedef void symbols_gap_visitor(void *context, uintptr_t low, size_t size, int is_gap);
void symbols_gaps(const struct symbols *symbols, symbols_gap_visitor *visit, void *context);

/* The variable with a fixed address that is nearest to `address`: writes its name, as symbols_variable() has it, and sets
 * where it begins and its size. Returns 0, or -1 if there is none. */
int symbols_neighbour(struct symbols *symbols, uintptr_t address, uintptr_t *low, size_t *size, char *name, size_t name_size);

/* As above for a local variable or parameter of the function active at `pc` whose frame pointer register (rbp or x29)
 * holds `frame`: "x", "request.done". Returns 0 or -1. */
int symbols_local(struct symbols *symbols, uintptr_t pc, uintptr_t frame, uintptr_t address, size_t size, char *name,
                  size_t name_size);

#endif
