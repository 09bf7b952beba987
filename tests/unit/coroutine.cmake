# The same tests on both switches: the processor's own and the ucontext fallback.
sim_test(test_coroutine SOURCES test_coroutine.c USES sim_coroutine)
sim_test(test_coroutine_ucontext SOURCES test_coroutine.c USES sim_coroutine_ucontext)
# Rounding modes are part of what is tested: constants must not be folded in the default one.
set_source_files_properties(test_coroutine.c PROPERTIES COMPILE_OPTIONS -frounding-math)
# A ucontext_t and its margin are larger than what coroutine_init() may write elsewhere.
target_compile_definitions(test_coroutine_ucontext PRIVATE FIRST_STATE_MAX=8192)
if(SIMCHECK_UCONTEXT)
	target_compile_definitions(test_coroutine PRIVATE FIRST_STATE_MAX=8192)
endif()
