/* Keys of the cache. */
#include "key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

void key_start(struct key *key)
{
	key->state = str_checked(XXH3_createState());
	XXH3_128bits_reset(key->state);
}

void key_add(struct key *key, const void *bytes, size_t size)
{
	XXH3_128bits_update(key->state, &size, sizeof size);
	XXH3_128bits_update(key->state, bytes, size);
}

void key_add_text(struct key *key, const char *text)
{
	key_add(key, text, strlen(text));
}

void key_finish(struct key *key, char text[KEY_SIZE])
{
	XXH128_hash_t hash = XXH3_128bits_digest(key->state);

	XXH3_freeState(key->state);
	snprintf(text, KEY_SIZE, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}

int key_of_file(const char *path, char text[KEY_SIZE])
{
	struct key key;
	size_t size;
	char *bytes = str_read_file(path, &size);

	if (!bytes)
		return -1;
	key_start(&key);
	key_add(&key, bytes, size);
	key_finish(&key, text);
	free(bytes);
	return 0;
}
