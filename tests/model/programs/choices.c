/* Values chosen by the builtins of verification benchmarks. */
extern int __VERIFIER_nondet_int(void);
extern char __VERIFIER_nondet_char(void);
extern unsigned __VERIFIER_nondet_uint(void);
extern double __VERIFIER_nondet_double(void);
extern void __VERIFIER_assert(int holds);

static int chosen;

void any_int(void)
{
	chosen = __VERIFIER_nondet_int();
	__VERIFIER_assert(chosen < 100);
}

void any_char(void)
{
	chosen = __VERIFIER_nondet_char() + 128;
}

void any_of_two_types(void)
{
	__VERIFIER_assert(__VERIFIER_nondet_double() - __VERIFIER_nondet_uint() >= -8);
}
