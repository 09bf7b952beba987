/*
 * Invariants: what has to hold all the time, whoever did what last.
 *
 *	static int n_free = 4, n_used;
 *	sim_invariant(n_free + n_used == 4);
 *
 * The checker evaluates the expression after each visible operation of any thread, together with the plain code of the
 * thread that follows it up to its next one: what a thread does to several variables in a row, while it holds their lock,
 * is seen as a whole. An execution in which it is false has a finding `assertion` with the cause `invariant`.
 */
#ifndef SIMCHECK_INVARIANT_H
#define SIMCHECK_INVARIANT_H

#ifdef __cplusplus
extern "C" {
#endif

/* One invariant. Its memory stays as long as the program runs; it is filled in by sim_invariant(). */
struct sim_invariant {
	const char *text;          /* as in the source */
	int (*holds)(void);        /* not 0: it does */
	struct sim_invariant *next;
};

/*
 * Has `invariant` watched from now on. Before main alone: sim_invariant() has it called by a constructor. The function must
 * come to an end, change nothing, and call nothing but functions of the program that do the same; its reads race with
 * nothing and are no operations. If it faults, it does not hold.
 *
 * The order of any two events may matter to an invariant, so that a program with one is explored in all interleavings:
 * keep it small. Real threads look at it once, when the program ends by exit() or a return from main; a program whose
 * invariant does not hold then says so and aborts.
 */
void sim_invariant_add(struct sim_invariant *invariant);

#ifdef __cplusplus
}
#endif

#define SIM_INVARIANT_PASTE_AGAIN(name, n) name##n
#define SIM_INVARIANT_PASTE(name, n) SIM_INVARIANT_PASTE_AGAIN(name, n)
#define SIM_INVARIANT_MAKE(expression, words, n) \
	static int SIM_INVARIANT_PASTE(sim_invariant_holds_, n)(void) \
	{ \
		return (expression) != 0; \
	} \
	__attribute__((constructor)) static void SIM_INVARIANT_PASTE(sim_invariant_register_, n)(void) \
	{ \
		static struct sim_invariant sim_invariant_made = {words, SIM_INVARIANT_PASTE(sim_invariant_holds_, n), 0}; \
		sim_invariant_add(&sim_invariant_made); \
	} \
	struct sim_invariant

/* At file scope, after the variables that the expression reads; it may be of any type that compares with 0. */
#define sim_invariant(expression) SIM_INVARIANT_MAKE(expression, #expression, __COUNTER__)

#endif
