# Warnings, sanitizers, coverage: what every target is built with.
option(SIMCHECK_SANITIZE "Build simcheck itself with the address and undefined behaviour sanitizers" OFF)
option(SIMCHECK_COVERAGE "Build simcheck itself for coverage measurement" OFF)
option(SIMCHECK_UCONTEXT "Switch coroutines with ucontext instead of assembly" OFF)

# Frame pointers let the runtime find the program's line of an operation by walking the stack.
add_compile_options(-g -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
	-fno-omit-frame-pointer -fno-optimize-sibling-calls)
add_compile_definitions(_GNU_SOURCE)
set(CMAKE_C_FLAGS_RELEASE "-O3")
if(SIMCHECK_SANITIZE)
	# Not null pointers: the checker follows those of the program under test, and what comes of it is a finding.
	add_compile_options(-fsanitize=address,undefined -fno-sanitize=null -fno-sanitize-recover=undefined)
	add_link_options(-fsanitize=address,undefined)
endif()
if(SIMCHECK_COVERAGE)
	add_compile_options(--coverage)
	add_link_options(--coverage)
endif()
if(SIMCHECK_UCONTEXT)
	add_compile_definitions(SIM_UCONTEXT)
endif()

# The build tree has the shape of an installation: bin, libexec/simcheck, lib, include.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

# sim_layer(NAME SOURCES... [USES target...]): one static library per layer; it sees its own folder and what it uses.
function(sim_layer name)
	cmake_parse_arguments(LAYER "" "" "SOURCES;USES" ${ARGN})
	add_library(${name} STATIC ${LAYER_SOURCES})
	target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
	target_link_libraries(${name} PUBLIC ${LAYER_USES})
endfunction()
