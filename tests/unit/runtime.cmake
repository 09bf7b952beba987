# What functions of the C library, as programs under test call them, read and write.
sim_test(test_ranges SOURCES test_ranges.c USES sim_runtime)
# Results of functions that must be used otherwise are what is tested.
set_source_files_properties(test_ranges.c PROPERTIES COMPILE_OPTIONS "-Wno-unused-result;-fno-builtin")
