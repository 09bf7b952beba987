/* The bytes of files. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Keys of files' bytes are those with the highest bit set, 2^32 for each file. */
static const uint64_t file_keys = UINT64_C(1) << 63;

struct file *file_make(const char *name, enum file_kind kind, mode_t mode)
{
	struct file *file = area_allocate(sizeof *file);
	*file = (struct file){.name = name, .kind = kind, .mode = mode, .readable = mode & 0400, .writable = mode & 0200,
	                      .loaded = true};
	return file;
}

/* Reads all of the open file. */
static int file_import(struct file *file, int descriptor)
{
	size_t size = 0, capacity = file->bytes.size + 1;
	char *data = area_keep(capacity);
	for (ssize_t n; (n = read(descriptor, data + size, capacity - size)) != 0;) {
		if (n < 0)
			return errno;
		size += (size_t)n;
		if (size < capacity)
			continue;
		if (size > BLOB_MAX)
			return EFBIG;
		char *larger = area_keep(2 * capacity); /* files of /proc do not tell their size */
		data = memcpy(larger, data, size);
		capacity *= 2;
	}
	file->bytes = (struct blob){.data = data, .size = size};
	file->loaded = true;
	return 0;
}

int file_load(struct file *file)
{
	if (file->loaded || file->kind != FILE_REGULAR)
		return 0;
	if (file->bytes.size > BLOB_MAX)
		return EFBIG;
	int descriptor = open(file->origin->full, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return errno;
	int error = file_import(file, descriptor);
	close(descriptor);
	return error;
}

struct call_range file_range(const struct file *file, uint64_t at, uint64_t n, enum sim_mode mode)
{
	if (!n || at >= UINT32_MAX)
		return (struct call_range){0};
	uint64_t size = n < UINT32_MAX - at ? n : UINT32_MAX - at;
	return (struct call_range){file_keys | area_index(file) << 32 | at, (uint32_t)size, mode};
}

struct call_range file_range_all(const struct file *file, enum sim_mode mode)
{
	return file_range(file, 0, UINT64_MAX, mode);
}

size_t file_read(struct file *file, uint64_t at, size_t n, const void **found)
{
	if (file->kind == FILE_ZERO) {
		*found = area_allocate(n);
		return n;
	}
	if (at >= file->bytes.size)
		return 0;
	*found = file->bytes.data + at;
	return n < file->bytes.size - at ? n : file->bytes.size - at;
}

int file_write(struct file *file, uint64_t at, const void *from, size_t n)
{
	if (file->kind != FILE_REGULAR || !n)
		return 0;
	if (at > BLOB_MAX || n > BLOB_MAX - at)
		return EFBIG;
	blob_write(&file->bytes, at, from, n);
	return 0;
}
