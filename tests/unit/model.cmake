# The model, without one context switch. Abstract programs stand in for real ones.
add_library(sim_abstract STATIC abstract.c abstract_random.c)
target_include_directories(sim_abstract PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(sim_abstract PUBLIC sim_strategy)

sim_test(test_undo SOURCES test_undo.c USES sim_util)
sim_test(test_semantics SOURCES test_semantics.c USES sim_model)
sim_test(test_dependent SOURCES test_dependent.c USES sim_model)
sim_test(test_race SOURCES test_race.c USES sim_model)
sim_test(test_race_reference SOURCES test_race_reference.c race_reference.c USES sim_abstract)
sim_test(test_class SOURCES test_class.c USES sim_abstract)
sim_test(test_search SOURCES test_search.c USES sim_abstract)
sim_test(test_diagnosis SOURCES test_diagnosis.c USES sim_abstract)
