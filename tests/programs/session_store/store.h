/* Sessions of users, and the audit log that is told of each change. */
#ifndef STORE_H
#define STORE_H

/* A user logs in. */
void store_login(int user);
/* How many are logged in. */
int store_count(void);

/* Writes down what happened. */
void audit_note(const char *what, int user);
/* Writes a summary, with the number of sessions in it. */
void audit_summary(void);

#endif
