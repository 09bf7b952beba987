set(GOLDEN_DIR ${CMAKE_CURRENT_SOURCE_DIR}/../golden)
sim_test(test_viz SOURCES test_viz.c ${GOLDEN_DIR}/examples.c ${GOLDEN_DIR}/golden.c USES sim_viz)
target_include_directories(test_viz PRIVATE ${GOLDEN_DIR})
target_compile_definitions(test_viz PRIVATE SIM_GOLDEN_DIR="${GOLDEN_DIR}")
# libgvc never gives everything back.
set_tests_properties(test_viz PROPERTIES ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
