/* Comparing what is shown to people with what was agreed to be right, byte for byte. */
#ifndef SIM_GOLDEN_H
#define SIM_GOLDEN_H

/* The content of a file, to be freed; NULL where it cannot be read. */
char *golden_read(const char *path);

/* Fails the running test unless `text` is the content of tests/golden/<name>. With SIMCHECK_GOLDEN_UPDATE in the
 * environment the file is written instead: look at the difference before you commit it. */
void golden_check(const char *name, const char *text);

#endif
