/* Keys of the cache: XXH3 with 128 bits over everything that a result depends on. */
#ifndef SIM_KEY_H
#define SIM_KEY_H

#include <stddef.h>
#include <xxhash.h>

#define KEY_SIZE 33 /* 32 hexadecimal digits and a 0 byte */

/* A key in the making. Lifetime: from key_start() to key_finish(). */
struct key {
	XXH3_state_t *state;
};

void key_start(struct key *key);
/* Adds `size` bytes; their number counts too, so that "ab" "c" differs from "a" "bc". */
void key_add(struct key *key, const void *bytes, size_t size);
void key_add_text(struct key *key, const char *text);
void key_finish(struct key *key, char text[KEY_SIZE]);

/* The key of a file's bytes. Returns 0, or -1 when it cannot be read. */
int key_of_file(const char *path, char text[KEY_SIZE]);

#endif
