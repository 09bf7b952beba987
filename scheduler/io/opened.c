#include "opened.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "world.h"

struct opened *opened_make(const char *name, enum opened_kind kind, int flags)
{
	struct opened *opened = area_allocate(sizeof *opened);
	opened->name = name;
	opened->kind = kind;
	opened->flags = flags;
	return opened;
}

bool opened_reads(const struct opened *opened)
{
	return (opened->flags & O_ACCMODE) != O_WRONLY;
}

bool opened_writes(const struct opened *opened)
{
	return (opened->flags & O_ACCMODE) != O_RDONLY;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static ssize_t opened_read_input(struct opened *opened, size_t n, const void **found)
{
	call_announce(SIM_CALL_READ, opened, SIM_MODE_WRITE, (struct call_range){0});
	size_t got = input_read(opened->at, n, found);
	area_set(opened->at, opened->at + got);
	return (ssize_t)got;
}

static ssize_t opened_read_file(struct opened *opened, size_t n, const void **found)
{
	if (opened->file->kind == FILE_FOLDER)
		return call_fail(EISDIR);
	call_announce(SIM_CALL_READ, opened, SIM_MODE_WRITE, file_range_all(opened->file, SIM_MODE_READ));
	size_t got = file_read(opened->file, opened->at, n, found);
	area_set(opened->at, opened->at + got);
	return (ssize_t)got;
}

ssize_t opened_read(struct opened *opened, size_t n, const void **found)
{
	if (!opened_reads(opened))
		return call_fail(EBADF);
	switch (opened->kind) {
	case OPENED_FILE:
		return opened_read_file(opened, n, found);
	case OPENED_PIPE:
		return pipe_read(opened, n, found);
	case OPENED_COUNTER:
		return counter_read(opened, n, found);
	case OPENED_BUFFER:
		return buffer_read(opened, n, found);
	case OPENED_INPUT:
		return opened_read_input(opened, n, found);
	case OPENED_OUTPUT:
		break;
	}
	return 0;
}

ssize_t opened_read_at(struct opened *opened, size_t n, uint64_t at, const void **found)
{
	if (opened->kind != OPENED_FILE)
		return call_fail(ESPIPE);
	if (!opened_reads(opened))
		return call_fail(EBADF);
	if (opened->file->kind == FILE_FOLDER)
		return call_fail(EISDIR);
	call_announce(SIM_CALL_READ, opened->file, SIM_MODE_READ, file_range(opened->file, at, n, SIM_MODE_READ));
	return (ssize_t)file_read(opened->file, at, n, found);
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* Appending is one act: where the end is, and the write. */
static ssize_t opened_write_file(struct opened *opened, const void *from, size_t n)
{
	call_announce(SIM_CALL_WRITE, opened, SIM_MODE_WRITE, file_range_all(opened->file, SIM_MODE_WRITE));
	uint64_t at = opened->flags & O_APPEND ? opened->file->bytes.size : opened->at;
	int error = file_write(opened->file, at, from, n);
	if (error)
		return call_fail(error);
	area_set(opened->at, at + n);
	return (ssize_t)n;
}

ssize_t opened_write(struct opened *opened, const void *from, size_t n)
{
	if (!opened_writes(opened))
		return call_fail(EBADF);
	switch (opened->kind) {
	case OPENED_FILE:
		return opened_write_file(opened, from, n);
	case OPENED_PIPE:
		return pipe_write(opened, from, n);
	case OPENED_COUNTER:
		return counter_write(opened, from, n);
	case OPENED_BUFFER:
		return buffer_write(opened, from, n);
	case OPENED_OUTPUT:
		world_print(from, n);
		return (ssize_t)n;
	case OPENED_INPUT:
		break;
	}
	return call_fail(EBADF);
}

/* Writes to different bytes commute, also where they make the file longer. (Linux appends, whatever `at` is, if
 * that is how the file was opened: pwrite(2), bugs.) */
ssize_t opened_write_at(struct opened *opened, const void *from, size_t n, uint64_t at)
{
	if (opened->kind != OPENED_FILE)
		return call_fail(ESPIPE);
	if (!opened_writes(opened))
		return call_fail(EBADF);
	if (opened->flags & O_APPEND) {
		call_announce(SIM_CALL_WRITE, opened->file, SIM_MODE_WRITE, file_range_all(opened->file, SIM_MODE_WRITE));
		at = opened->file->bytes.size;
	} else {
		call_announce(SIM_CALL_WRITE, opened->file, SIM_MODE_GIVE, file_range(opened->file, at, n, SIM_MODE_WRITE));
	}
	int error = file_write(opened->file, at, from, n);
	return error ? call_fail(error) : (ssize_t)n;
}

/* ---- others ----------------------------------------------------------------------------------------------------- */

off_t opened_seek(struct opened *opened, off_t offset, int whence)
{
	bool is_file = opened->kind == OPENED_FILE;
	if (!is_file && opened->kind != OPENED_BUFFER)
		return call_fail(ESPIPE);
	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END)
		return call_fail(EINVAL);
	if (is_file)
		call_announce(SIM_CALL_SEEK, opened, SIM_MODE_WRITE,
		              whence == SEEK_END ? file_range_all(opened->file, SIM_MODE_READ) : (struct call_range){0});
	size_t size = is_file ? opened->file->bytes.size : opened->buffer->length;
	int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (int64_t)opened->at : (int64_t)size;
	int64_t at;
	if (__builtin_add_overflow(base, offset, &at) || at < 0 || (!is_file && at > (int64_t)opened->buffer->size))
		return call_fail(EINVAL);
	area_set(opened->at, (uint64_t)at);
	return at;
}

int opened_resize(struct opened *opened, off_t size)
{
	if (opened->kind != OPENED_FILE || opened->file->kind != FILE_REGULAR || !opened_writes(opened) || size < 0)
		return call_fail(EINVAL);
	if (size > BLOB_MAX)
		return call_fail(EFBIG);
	call_announce(SIM_CALL_RESIZE, opened->file, SIM_MODE_WRITE, file_range_all(opened->file, SIM_MODE_WRITE));
	blob_resize(&opened->file->bytes, (size_t)size);
	return 0;
}

void opened_hold(struct opened *opened, int more)
{
	if (opened->kind == OPENED_PIPE)
		pipe_hold(opened, more);
}
