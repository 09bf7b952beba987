# Compiling programs, their cache, and the table of external functions.
sim_test(test_program SOURCES test_program.c USES sim_program sim_include)
target_compile_definitions(test_program PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}")
sim_test(test_program_parts SOURCES test_program_parts.c USES sim_program sim_include)
