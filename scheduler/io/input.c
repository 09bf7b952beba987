/* The standard input of the program: read from its file as far as the program asks for it, and kept for the whole
 * check. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "opened.h"
#include "world.h"

const char *input_file = "";

/* Lifetime: process. */
static struct {
	int descriptor; /* 0: not opened yet */
	bool ended;
	char *data;
	size_t size, capacity;
} input;

static void input_open(void)
{
	input.descriptor = *input_file ? open(input_file, O_RDONLY | O_CLOEXEC) : -1;
	input.ended = input.descriptor < 0;
}

/* Gets more of it, as much as there is now. */
static void input_fetch(void)
{
	if (!input.descriptor)
		input_open();
	if (input.ended)
		return;
	if (input.size == BLOB_MAX)
		world_refuse("read", "the standard input is longer than 64 MiB");
	if (input.size == input.capacity) {
		input.capacity = input.capacity ? 2 * input.capacity : 4096;
		char *data = area_keep(input.capacity);
		input.data = input.size ? memcpy(data, input.data, input.size) : data;
	}
	ssize_t n = read(input.descriptor, input.data + input.size, input.capacity - input.size);
	input.ended = n <= 0;
	input.size += input.ended ? 0 : (size_t)n;
}

size_t input_read(uint64_t at, size_t n, const void **found)
{
	while (n && at >= input.size && !input.ended)
		input_fetch();
	if (at >= input.size)
		return 0;
	*found = input.data + at;
	return n < input.size - at ? n : input.size - at;
}
