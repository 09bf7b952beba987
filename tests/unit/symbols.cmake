# One program, compiled in each way that symbols must understand; the test loads them all.
set(symbols_folder ${CMAKE_BINARY_DIR}/tests/symbols)

function(symbols_program name)
	add_library(symbols_${name} MODULE symbols_program.c)
	set_target_properties(symbols_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SUFFIX .so
		LIBRARY_OUTPUT_DIRECTORY ${symbols_folder})
	target_compile_options(symbols_${name} PRIVATE ${ARGN} -fno-sanitize=all)
	target_link_libraries(symbols_${name} PRIVATE sim_include)
	add_dependencies(test_symbols symbols_${name})
endfunction()

# With the compiler that does not build the rest, run as a person would: the file's name is relative.
function(symbols_program_other compiler name)
	add_custom_command(OUTPUT ${symbols_folder}/${name}.so
		COMMAND ${CMAKE_COMMAND} -E make_directory ${symbols_folder}
		COMMAND ${compiler} ${ARGN} -fno-omit-frame-pointer -fPIC -shared -I${CMAKE_SOURCE_DIR}/include
			-o ${symbols_folder}/${name}.so ./symbols_program.c
		DEPENDS symbols_program.c symbols_program.h
		WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} VERBATIM)
	add_custom_target(symbols_${name} DEPENDS ${symbols_folder}/${name}.so)
	add_dependencies(test_symbols symbols_${name})
endfunction()

sim_test(test_symbols SOURCES test_symbols.c USES sim_symbols ${CMAKE_DL_LIBS})
target_compile_definitions(test_symbols PRIVATE
	SYMBOLS_FOLDER="${symbols_folder}" SYMBOLS_SOURCE="${CMAKE_CURRENT_SOURCE_DIR}/symbols_program.c")
symbols_program(plain -O0)
symbols_program(optimised -O2)
symbols_program(dwarf4 -O0 -gdwarf-4)
symbols_program(stripped -O0 -g0)
if(CMAKE_C_COMPILER_ID STREQUAL GNU)
	find_program(SYMBOLS_OTHER_COMPILER clang)
else()
	find_program(SYMBOLS_OTHER_COMPILER gcc)
endif()
if(SYMBOLS_OTHER_COMPILER)
	symbols_program_other(${SYMBOLS_OTHER_COMPILER} other -g -O0)
	symbols_program_other(${SYMBOLS_OTHER_COMPILER} other_optimised -g -O2)
	symbols_program_other(${SYMBOLS_OTHER_COMPILER} other_dwarf4 -g -gdwarf-4 -O0)
	target_compile_definitions(test_symbols PRIVATE SYMBOLS_HAVE_OTHER)
endif()
