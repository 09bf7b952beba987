/* Where the parts of simcheck are: relative to the executable, in the build tree as when installed. */
#ifndef SIM_PLACES_H
#define SIM_PLACES_H

/* Lifetime: until places_release(). All are absolute paths. */
struct places {
	char *worker;  /* libexec/simcheck/simcheck-worker; the environment's SIMCHECK_WORKER stands before it */
	char *include; /* the folder that holds simcheck/simcheck.h */
	char *library; /* lib/libsimcheck.a */
};

/* Returns 0, or -1 when the system does not tell where the executable is. */
int places_find(struct places *places);
void places_release(struct places *places);

/* `path` as people write it: the home folder as ~. A new string. */
char *places_shown(const char *path);

#endif
