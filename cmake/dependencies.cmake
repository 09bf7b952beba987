# Libraries that simcheck stands on (Debian package in brackets).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)  # libjansson-dev
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash) # libxxhash-dev
pkg_check_modules(DW REQUIRED IMPORTED_TARGET libdw)         # libdw-dev
pkg_check_modules(ELF REQUIRED IMPORTED_TARGET libelf)       # libelf-dev
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)            # zlib1g-dev
pkg_check_modules(GVC REQUIRED IMPORTED_TARGET libgvc)       # libgraphviz-dev
pkg_check_modules(CHECK REQUIRED IMPORTED_TARGET check)      # check

add_library(sim_include INTERFACE)
target_include_directories(sim_include INTERFACE ${CMAKE_SOURCE_DIR}/include)
