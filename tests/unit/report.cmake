set(GOLDEN_DIR ${CMAKE_CURRENT_SOURCE_DIR}/../golden)
sim_test(test_report SOURCES test_report.c ${GOLDEN_DIR}/examples.c ${GOLDEN_DIR}/golden.c USES sim_report)
target_include_directories(test_report PRIVATE ${GOLDEN_DIR})
target_compile_definitions(test_report PRIVATE SIM_GOLDEN_DIR="${GOLDEN_DIR}")
