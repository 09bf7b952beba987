/*
 * Fonts that several documents use: each document holds a reference, and the last to close frees the font. The count is atomic,
 * but whether it came to zero is asked in a second step: when both documents have let go before either asks, both free it.
 *
 * SIMCHECK-EXPECT: memory double-free
 * SIMCHECK-EXPECT: data-race
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct font {
	atomic_int n_references;
	unsigned char glyphs[];
};

static struct font *font_open(int n_documents, size_t n_glyphs)
{
	struct font *font = calloc(1, sizeof *font + n_glyphs);

	assert(font);
	atomic_init(&font->n_references, n_documents);
	return font;
}

static void font_close(struct font *font)
{
	atomic_fetch_sub(&font->n_references, 1);
	if (atomic_load(&font->n_references) == 0)
		free(font);
}

static void *edit(void *argument)
{
	font_close(argument);
	return NULL;
}

int main(void)
{
	struct font *font = font_open(2, 4);
	pthread_t documents[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&documents[i], NULL, edit, font);
	for (int i = 0; i < 2; i++)
		pthread_join(documents[i], NULL);
	return 0;
}
