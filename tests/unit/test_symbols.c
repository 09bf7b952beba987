/*
 * Symbols: what symbols_program.c says of itself, compared with what its debug information says.
 */
#include "symbols.h"

#include "symbols_program.h"

#include <check.h>
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const programs[] = {
	"plain",
	"optimised",
	"dwarf4",
#ifdef SYMBOLS_HAVE_OTHER
	"other",
	"other_optimised",
	"other_dwarf4",
#endif
};
#define N_PROGRAMS ((int)(sizeof programs / sizeof *programs))

static void *handle;
static struct symbols *symbols;
static uintptr_t base;

/* Loads a program and its symbols. */
static void load(const char *program)
{
	char path[4096], error[256];
	struct link_map *map;

	snprintf(path, sizeof path, SYMBOLS_FOLDER "/%s.so", program);
	handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	ck_assert_msg(handle, "%s", dlerror());
	ck_assert_int_eq(dlinfo(handle, RTLD_DI_LINKMAP, &map), 0);
	base = map->l_addr;
	symbols = symbols_open(path, base, error, sizeof error);
	ck_assert_msg(symbols, "%s", error);
}

static void unload(void)
{
	symbols_close(symbols);
	dlclose(handle);
}

static void *find(const char *name)
{
	void *address = dlsym(handle, name);

	ck_assert_msg(address, "%s", name);
	return address;
}

static void expect_name(const char *program, const struct named *named)
{
	char name[100] = "unknown";

	symbols_variable(symbols, (uintptr_t)named->address, named->size, name, sizeof name);
	ck_assert_msg(strcmp(name, named->name) == 0, "%s: %s (%zu bytes) is called %s", program, named->name, named->size,
	              name);
}

START_TEST(places_of_calls)
{
	struct spot spots[4];

	load(programs[_i]);
	((void (*)(struct spot *))find("note_spots"))(spots);
	for (int i = 0; i < 4; i++) {
		struct symbols_place place = symbols_place(symbols, (uintptr_t)spots[i].pc, 1);
		ck_assert_str_eq(place.path, SYMBOLS_SOURCE);
		ck_assert_msg(place.line == spots[i].line, "%s: %d is not %d", programs[_i], place.line, spots[i].line);
		ck_assert_str_eq(place.function, spots[i].function);
	}
	unload();
}
END_TEST

START_TEST(place_of_a_function)
{
	load(programs[_i]);
	struct symbols_place place = symbols_place(symbols, (uintptr_t)find("first_address"), 0);
	ck_assert_str_eq(place.path, SYMBOLS_SOURCE);
	ck_assert_str_eq(place.function, "first_address");
	ck_assert_int_eq(place.line, *(int *)find("first_line"));
	/* The paths of two places in one file are one string. */
	struct spot spots[4];
	((void (*)(struct spot *))find("note_spots"))(spots);
	ck_assert_ptr_eq(symbols_place(symbols, (uintptr_t)spots[0].pc, 1).path, place.path);
	unload();
}
END_TEST

START_TEST(place_of_no_code)
{
	load(programs[_i]);
	struct symbols_place place = symbols_place(symbols, base, 0);
	ck_assert_ptr_null(place.path);
	ck_assert_ptr_null(place.function);
	ck_assert_int_eq(place.line, 0);
	unload();
}
END_TEST

START_TEST(names_of_objects)
{
	load(programs[_i]);
	const struct named *objects = find("objects");
	int n_objects = *(int *)find("n_objects");
	ck_assert_int_gt(n_objects, 50);
	for (int i = 0; i < n_objects; i++)
		expect_name(programs[_i], &objects[i]);
	unload();
}
END_TEST

START_TEST(names_of_function_statics)
{
	load(programs[_i]);
	struct named (*first)(int) = find("first_static");
	struct named (*second)(int) = find("second_static");
	struct named statics[] = {first(1), second(0), second(1)};
	for (int i = 0; i < 3; i++)
		expect_name(programs[_i], &statics[i]);
	unload();
}
END_TEST

START_TEST(no_variable_there)
{
	char name[20] = "untouched";

	load(programs[_i]);
	ck_assert_int_eq(symbols_variable(symbols, base, 1, name, sizeof name), -1);
	ck_assert_int_eq(symbols_variable(symbols, (uintptr_t)find("note_spots"), 1, name, sizeof name), -1);
	ck_assert_str_eq(name, "untouched");
	unload();
}
END_TEST

START_TEST(long_name_is_cut)
{
	char name[12] = "";

	load(programs[_i]);
	const struct named *objects = find("objects");
	for (int i = 0; i < *(int *)find("n_objects"); i++) {
		memset(name, 'x', sizeof name);
		ck_assert_int_eq(symbols_variable(symbols, (uintptr_t)objects[i].address, objects[i].size, name, 8), 0);
		ck_assert_mem_eq(name + 8, "xxxx", 4);
		ck_assert_int_eq(strncmp(name, objects[i].name, 7), 0);
		ck_assert_uint_le(strlen(name), 7);
	}
	unload();
}
END_TEST

static void expect_locals(const char *program, const struct frame *frame, int first, int n_variables)
{
	ck_assert_int_eq(frame->n_variables, n_variables);
	for (int i = first; i < n_variables; i++) {
		const struct named *variable = &frame->variables[i];
		char name[100] = "unknown";
		symbols_local(symbols, (uintptr_t)frame->pc, (uintptr_t)frame->pointer, (uintptr_t)variable->address,
		              variable->size, name, sizeof name);
		ck_assert_msg(strcmp(name, variable->name) == 0, "%s: %s is called %s", program, variable->name, name);
	}
}

START_TEST(names_of_locals)
{
	struct frame frame;

	load(programs[_i]);
	((void (*)(struct frame *, int))find("note_frame"))(&frame, 3);
	/* The parameter, x, two parts of the request, one of the nodes, and one in a block: 6 names. Of a parameter that
	 * came in a register gcc describes only the register when it optimises, not the copy whose address was taken. */
	int first = strstr(programs[_i], "optimised") ? 1 : 0;
	expect_locals(programs[_i], &frame, first, 6);
	((void (*)(struct frame *))find("note_frame_around"))(&frame);
	expect_locals(programs[_i], &frame, 0, 2);
	unload();
}
END_TEST

START_TEST(no_local_there)
{
	struct frame frame;
	char name[20] = "untouched";

	load(programs[_i]);
	((void (*)(struct frame *, int))find("note_frame"))(&frame, 3);
	uintptr_t pc = (uintptr_t)frame.pc, pointer = (uintptr_t)frame.pointer;
	/* Above the frame, in no frame, and with code that is not the program's. */
	ck_assert_int_eq(symbols_local(symbols, pc, pointer, pointer + 4096, 4, name, sizeof name), -1);
	ck_assert_int_eq(symbols_local(symbols, pc, pointer, base, 4, name, sizeof name), -1);
	ck_assert_int_eq(symbols_local(symbols, base, pointer, (uintptr_t)frame.variables[0].address, 4, name, sizeof name),
	                 -1);
	ck_assert_str_eq(name, "untouched");
	unload();
}
END_TEST

START_TEST(without_debug_information)
{
	struct spot spots[4];
	char name[100];

	load("stripped");
	((void (*)(struct spot *))find("note_spots"))(spots);
	struct symbols_place place = symbols_place(symbols, (uintptr_t)spots[1].pc, 1);
	ck_assert_str_eq(place.function, "in_a_static_function");
	ck_assert_ptr_null(place.path);
	ck_assert_int_eq(place.line, 0);
	uintptr_t table = (uintptr_t)find("table");
	ck_assert_int_eq(symbols_variable(symbols, table, 4, name, sizeof name), 0);
	ck_assert_str_eq(name, "table");
	/* 3 elements of 4 bytes into it. */
	ck_assert_int_eq(symbols_variable(symbols, table + 12, 4, name, sizeof name), 0);
	ck_assert_str_eq(name, "table+12");
	struct named calls = ((struct named(*)(int))find("first_static"))(1);
	expect_name("stripped", &calls);
	struct named block = ((struct named(*)(int))find("second_static"))(1);
	expect_name("stripped", &block);
	ck_assert_int_eq(symbols_local(symbols, (uintptr_t)spots[0].pc, table, table, 4, name, sizeof name), -1);
	unload();
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
	char error[4096];

	ck_assert_ptr_null(symbols_open("/nonexistent/program.so", 0, error, sizeof error));
	ck_assert_str_eq(error, "/nonexistent/program.so cannot be opened: No such file or directory");
	ck_assert_ptr_null(symbols_open(SYMBOLS_SOURCE, 0, error, sizeof error));
	ck_assert_str_eq(error, SYMBOLS_SOURCE " is not an object file");
	symbols_close(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("symbols");
	TCase *tests = tcase_create("symbols");

	tcase_add_loop_test(tests, places_of_calls, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, place_of_a_function, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, place_of_no_code, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, names_of_objects, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, names_of_function_statics, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, no_variable_there, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, long_name_is_cut, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, names_of_locals, 0, N_PROGRAMS);
	tcase_add_loop_test(tests, no_local_there, 0, N_PROGRAMS);
	tcase_add_test(tests, without_debug_information);
	tcase_add_test(tests, files_that_cannot_be_read);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
