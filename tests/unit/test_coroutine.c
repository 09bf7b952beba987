/*
 * Coroutines: switching, what survives a switch, going back to an earlier moment, abandoning. Built once per kind of
 * switch. Nothing is asserted on a coroutine's stack: they note what they see in `notes`, and the test compares.
 */
#include "coroutine.h"
#include "sanitizer.h"

#include <check.h>
#include <errno.h>
#include <fenv.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STACK_SIZE (256 * 1024)
#define N_COROUTINES 3
#ifndef FIRST_STATE_MAX
#define FIRST_STATE_MAX 256
#endif

static struct coroutine_stack stacks[N_COROUTINES];
static struct coroutine coroutines[N_COROUTINES];
static struct coroutine caller;
static char notes[256];
static volatile int always = 1; /* where the compiler would object to recursion without end */

static void note(const char *text)
{
	strncat(notes, text, sizeof notes - strlen(notes) - 1);
}

static void note_number(int number)
{
	char text[16];

	snprintf(text, sizeof text, "%d ", number);
	note(text);
}

static void start(int index, void (*entry)(void *), void *argument)
{
	coroutine_init(&coroutines[index], stacks[index].low, stacks[index].high, entry, argument);
}

static void leave(int index)
{
	coroutine_switch(&coroutines[index], &caller);
}

static void resume(int index)
{
	coroutine_switch(&caller, &coroutines[index]);
}

static void setup(void)
{
	notes[0] = 0;
	coroutine_init_caller(&caller);
	for (int i = 0; i < N_COROUTINES; i++)
		ck_assert_int_eq(coroutine_stack_map(&stacks[i], NULL, STACK_SIZE), 0);
}

static void teardown(void)
{
	for (int i = 0; i < N_COROUTINES; i++)
		coroutine_stack_release(&stacks[i]);
}

/* ---- switching ---- */

static void say_letters(void *argument)
{
	int index = *(int *)argument;

	for (const char *letter = "abc"; *letter; letter++) {
		char text[3] = {(char)('0' + index), *letter};
		note(text);
		leave(index);
	}
	for (;;)
		leave(index);
}

START_TEST(switches_back_and_forth)
{
	int indices[] = {0, 1};

	start(0, say_letters, &indices[0]);
	start(1, say_letters, &indices[1]);
	for (int i = 0; i < 3; i++) {
		resume(0);
		note("-");
		resume(1);
		note("-");
	}
	ck_assert_str_eq(notes, "0a-1a-0b-1b-0c-1c-");
}
END_TEST

static void innermost(void *argument)
{
	(void)argument;
	note("3");
	coroutine_switch(&coroutines[2], &coroutines[0]);
	note("5");
	leave(2);
}

static void middle(void *argument)
{
	(void)argument;
	note("2");
	start(2, innermost, NULL);
	coroutine_switch(&coroutines[1], &coroutines[2]);
	note("never");
}

static void outermost(void *argument)
{
	(void)argument;
	note("1");
	start(1, middle, NULL);
	coroutine_switch(&coroutines[0], &coroutines[1]);
	note("4");
	coroutine_switch(&coroutines[0], &coroutines[2]);
	note("never");
}

START_TEST(coroutines_start_and_resume_each_other)
{
	start(0, outermost, NULL);
	resume(0);
	ck_assert_str_eq(notes, "12345");
}
END_TEST

static int sum_with_switches(int n)
{
	if (n == 0)
		return 0;
	leave(0);
	int below = sum_with_switches(n - 1);
	leave(0);
	return below + n;
}

static void recurse(void *argument)
{
	*(int *)argument = sum_with_switches(500);
	leave(0);
}

START_TEST(switches_deep_in_a_recursion)
{
	int sum = 0;

	start(0, recurse, &sum);
	/* 500 switches on the way down, 500 on the way up, one at the end. */
	for (int i = 0; i < 1000; i++) {
		resume(0);
		ck_assert_int_eq(sum, 0);
	}
	resume(0);
	ck_assert_int_eq(sum, 500 * 501 / 2);
}
END_TEST

START_TEST(new_coroutine_on_used_memory)
{
	int index = 0;

	for (int i = 0; i < 3; i++) {
		start(0, say_letters, &index);
		resume(0);
		resume(0);
	}
	ck_assert_str_eq(notes, "0a0b0a0b0a0b");
}
END_TEST

/* ---- what survives ---- */

/* More values than there are callee-saved registers, all live across the switch, all from an opaque source. */
static void hold_values(void *argument)
{
	volatile int *seed = argument;
	long a = *seed, b = *seed + 1, c = *seed + 2, d = *seed + 3, e = *seed + 4, f = *seed + 5, g = *seed + 6;
	double p = *seed, q = *seed + 1, r = *seed + 2, s = *seed + 3;
	int index = *seed / 100;

	for (int i = 0; i < 4; i++) {
		leave(index);
		a++, b++, c++, d++, e++, f++, g++;
		p++, q++, r++, s++;
	}
	/* 4 rounds: each value is 4 more than its start. */
	int start_value = index * 100 + 4;
	int right = a == start_value && b == start_value + 1 && c == start_value + 2 && d == start_value + 3 &&
	            e == start_value + 4 && f == start_value + 5 && g == start_value + 6 && p == start_value &&
	            q == start_value + 1 && r == start_value + 2 && s == start_value + 3;
	note(right ? "right " : "wrong ");
	leave(index);
}

START_TEST(registers_survive)
{
	int seeds[] = {0, 100, 200};

	for (int i = 0; i < N_COROUTINES; i++)
		start(i, hold_values, &seeds[i]);
	for (int round = 0; round < 5; round++)
		for (int i = 0; i < N_COROUTINES; i++)
			resume(i);
	ck_assert_str_eq(notes, "right right right ");
}
END_TEST

static void round_upwards(void *argument)
{
	(void)argument;
	note_number(fegetround() == FE_TOWARDZERO);
	fesetround(FE_UPWARD);
	leave(0);
	note_number(fegetround() == FE_UPWARD);
	leave(0);
}

START_TEST(floating_point_control_survives)
{
	volatile double three = 3;

	fesetround(FE_TOWARDZERO);
	start(0, round_upwards, NULL); /* takes this rounding mode with it */
	fesetround(FE_DOWNWARD);
	double below = 1 / three;
	resume(0);
	ck_assert_int_eq(fegetround(), FE_DOWNWARD);
	ck_assert(1 / three == below);
	fesetround(FE_TONEAREST);
	resume(0);
	ck_assert_int_eq(fegetround(), FE_TONEAREST);
	ck_assert_str_eq(notes, "1 1 ");
}
END_TEST

/* ---- going back (rule R2) ---- */

/* Lifetime: one test. A copy of all there is of a coroutine. */
struct moment {
	struct coroutine coroutine;
	char *bytes;
	size_t size;
};

static struct moment remember(int index)
{
	struct moment moment = {.coroutine = coroutines[index]};

	moment.size = (size_t)((char *)moment.coroutine.stack_high - (char *)moment.coroutine.sp);
	moment.bytes = malloc(moment.size);
	ck_assert_ptr_nonnull(moment.bytes);
	sanitizer_copy(moment.bytes, moment.coroutine.sp, moment.size);
	return moment;
}

static void go_back(int index, const struct moment *moment)
{
	sanitizer_unpoison(stacks[index].low, stacks[index].high);
	/* What lies below the slice belongs to no moment: it may hold anything. */
	memset(stacks[index].low, 0x5a, (size_t)((char *)moment->coroutine.sp - stacks[index].low));
	sanitizer_copy(moment->coroutine.sp, moment->bytes, moment->size);
	coroutines[index] = moment->coroutine;
}

static void count_inside(int *number, int depth)
{
	int local = *number;

	if (depth > 0) {
		count_inside(number, depth - 1);
		return;
	}
	while (always) {
		note_number(local + *number);
		++*number;
		leave(0);
	}
}

static void count(void *argument)
{
	int number = *(int *)argument;

	count_inside(&number, 5);
}

START_TEST(earlier_moment_resumes_many_times)
{
	int first = 10;

	start(0, count, &first);
	resume(0);
	resume(0);
	struct moment moment = remember(0);
	for (int i = 0; i < 3; i++) {
		resume(0);
		resume(0);
		note("| ");
		go_back(0, &moment);
	}
	free(moment.bytes);
	/* Each number is 10 plus 10, 11, ...; two before the moment, two after it, three times. */
	ck_assert_str_eq(notes, "20 21 22 23 | 22 23 | 22 23 | ");
}
END_TEST

START_TEST(moment_before_the_first_switch_resumes_many_times)
{
	int first = 1;

	start(0, count, &first);
	struct moment moment = remember(0);
	for (int i = 0; i < 3; i++) {
		resume(0);
		go_back(0, &moment);
	}
	free(moment.bytes);
	ck_assert_str_eq(notes, "2 2 2 ");
}
END_TEST

START_TEST(moments_of_two_coroutines_are_independent)
{
	int index = 1, first = 0;

	start(0, count, &first);
	start(1, say_letters, &index);
	resume(0);
	resume(1);
	struct moment moment = remember(0);
	resume(0);
	resume(1);
	go_back(0, &moment);
	resume(0);
	resume(1);
	free(moment.bytes);
	ck_assert_str_eq(notes, "0 1a1 1b1 1c");
}
END_TEST

START_TEST(first_state_is_small)
{
	start(0, count, NULL);
	ck_assert_ptr_eq(coroutines[0].stack_low, stacks[0].low);
	ck_assert_ptr_eq(coroutines[0].stack_high, stacks[0].high);
	size_t size = (size_t)(coroutines[0].stack_high - (char *)coroutines[0].sp);
	ck_assert_uint_le(size, FIRST_STATE_MAX);
}
END_TEST

/* ---- abandoning (rule R5) ---- */

static void *volatile fault_address;

static void on_fault(int number, siginfo_t *info, void *context)
{
	(void)number, (void)context;
	fault_address = info->si_addr;
	coroutine_jump(&coroutines[0], &caller);
}

static int recurse_for_ever(int depth)
{
	volatile char frame[200];

	memset((char *)frame, depth, sizeof frame);
	return always ? recurse_for_ever(depth + 1) + frame[depth % 200] : 0;
}

static void overflow(void *argument)
{
	(void)argument;
	note_number(recurse_for_ever(0));
}

START_TEST(overflow_hits_the_guard_and_is_left_by_a_jump)
{
	/* Far more than MINSIGSTKSZ: the sanitizers' frames are large. */
	static char signal_stack[128 * 1024];
	stack_t alternate = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
	struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	int index = 0;

	ck_assert_int_eq(sigaltstack(&alternate, NULL), 0);
	ck_assert_int_eq(sigaction(SIGSEGV, &action, NULL), 0);
	for (int i = 0; i < 3; i++) {
		fault_address = NULL;
		start(0, overflow, NULL);
		resume(0);
		ck_assert((char *)fault_address >= stacks[0].base);
		ck_assert((char *)fault_address < stacks[0].low);
		start(0, say_letters, &index);
		resume(0);
	}
	ck_assert_str_eq(notes, "0a0a0a");
}
END_TEST

static void jump_away(void *argument)
{
	(void)argument;
	note("jumped ");
	coroutine_jump(&coroutines[0], &coroutines[1]);
}

START_TEST(jump_without_a_signal)
{
	int index = 1;

	start(0, jump_away, NULL);
	start(1, say_letters, &index);
	resume(0);
	ck_assert_str_eq(notes, "jumped 1a");
}
END_TEST

/* ---- stacks ---- */

static void walk(void *argument)
{
	void **frame = __builtin_frame_address(0);
	int n_frames = 0;

	(void)argument;
	while (frame && n_frames < 100) {
		int inside = (char *)frame >= stacks[0].low && (char *)(frame + 2) <= stacks[0].high;
		if (!inside) {
			note("outside ");
			break;
		}
		frame = *frame;
		n_frames++;
	}
	/* walk() itself, coroutine_begin(), and at most one frame of the C library or the fallback each. */
	note(n_frames >= 2 && n_frames <= 4 ? "ended " : "too long ");
	leave(0);
}

START_TEST(frame_walks_end)
{
	start(0, walk, NULL);
	resume(0);
	ck_assert_str_eq(notes, "ended ");
}
END_TEST

START_TEST(stack_has_whole_pages_and_a_guard)
{
	struct coroutine_stack stack;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	ck_assert_int_eq(coroutine_stack_map(&stack, NULL, page + 1), 0);
	ck_assert_uint_eq(stack.size, 3 * page); /* page + 1 bytes are two pages, and the guard */
	ck_assert_ptr_eq(stack.low, stack.base + page);
	ck_assert_ptr_eq(stack.high, stack.base + 3 * page);
	memset(stack.low, 1, 2 * page);
	/* The kernel refuses to write to what is not accessible. */
	int pipes[2];
	ck_assert_int_eq(pipe(pipes), 0);
	ck_assert_int_eq(write(pipes[1], stack.low, 1), 1);
	ck_assert_int_eq(read(pipes[0], stack.low - 1, 1), -1);
	ck_assert_int_eq(errno, EFAULT);
	close(pipes[0]);
	close(pipes[1]);
	coroutine_stack_release(&stack);
	ck_assert_ptr_null(stack.base);
}
END_TEST

START_TEST(stack_at_a_given_place)
{
	struct coroutine_stack first, second;

	ck_assert_int_eq(coroutine_stack_map(&first, NULL, STACK_SIZE), 0);
	void *place = first.base;
	ck_assert_int_eq(coroutine_stack_map(&second, place, STACK_SIZE), -1);
	ck_assert_int_eq(errno, EEXIST);
	coroutine_stack_release(&first);
	ck_assert_int_eq(coroutine_stack_map(&second, place, STACK_SIZE), 0);
	ck_assert_ptr_eq(second.base, place);
	coroutine_stack_release(&second);
}
END_TEST

START_TEST(impossible_stack)
{
	struct coroutine_stack stack;

	ck_assert_int_eq(coroutine_stack_map(&stack, NULL, SIZE_MAX - 10), -1);
	ck_assert_int_eq(errno, ENOMEM);
}
END_TEST

START_TEST(caller_knows_its_bounds)
{
	char *here = __builtin_frame_address(0);

	ck_assert(caller.stack_low < here);
	ck_assert(caller.stack_high > here);
}
END_TEST

START_TEST(copy_copies)
{
	char from[64], to[64];

	for (int n = 0; n < 40; n++)
		for (int offset = 0; offset < 9; offset++) {
			memset(to, 'x', sizeof to);
			for (int i = 0; i < 64; i++)
				from[i] = (char)('0' + i);
			sanitizer_copy(to + offset, from + 3, (size_t)n);
			ck_assert_mem_eq(to + offset, from + 3, (size_t)n);
			ck_assert(to[offset + n] == 'x' && (offset == 0 || to[offset - 1] == 'x'));
		}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("coroutine");
	TCase *tests = tcase_create("coroutine");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, switches_back_and_forth);
	tcase_add_test(tests, coroutines_start_and_resume_each_other);
	tcase_add_test(tests, switches_deep_in_a_recursion);
	tcase_add_test(tests, new_coroutine_on_used_memory);
	tcase_add_test(tests, registers_survive);
	tcase_add_test(tests, floating_point_control_survives);
	tcase_add_test(tests, earlier_moment_resumes_many_times);
	tcase_add_test(tests, moment_before_the_first_switch_resumes_many_times);
	tcase_add_test(tests, moments_of_two_coroutines_are_independent);
	tcase_add_test(tests, first_state_is_small);
	tcase_add_test(tests, overflow_hits_the_guard_and_is_left_by_a_jump);
	tcase_add_test(tests, jump_without_a_signal);
	tcase_add_test(tests, frame_walks_end);
	tcase_add_test(tests, stack_has_whole_pages_and_a_guard);
	tcase_add_test(tests, stack_at_a_given_place);
	tcase_add_test(tests, impossible_stack);
	tcase_add_test(tests, caller_knows_its_bounds);
	tcase_add_test(tests, copy_copies);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
