#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "bounds.h"
#include "descriptor.h"
#include "heap.h"
#include "world.h"

/* Flags of the GNU C library in struct _IO_FILE. */
enum { STREAM_EOF = 0x10, STREAM_ERROR = 0x20 };

#define STREAM_MAGIC UINT64_C(0x73747265616D4653)

bool stream_is_locked;

static struct stream stream_standard[] = {
	{.name = "stdin", .magic = STREAM_MAGIC, .descriptor = 0, .reads = true, .buffering = _IOFBF},
	{.name = "stdout", .magic = STREAM_MAGIC, .descriptor = 1, .writes = true, .buffering = _IONBF},
	{.name = "stderr", .magic = STREAM_MAGIC, .descriptor = 2, .writes = true, .buffering = _IONBF},
};

struct stream *stream_of(FILE *file)
{
	if (file == stdin || file == stdout || file == stderr)
		return &stream_standard[file == stdin ? 0 : file == stdout ? 1 : 2];
	struct stream *stream = (struct stream *)file;
	bounds_touch((uintptr_t)stream, false);
	bounds_touch((uintptr_t)(stream + 1) - 1, false);
	if (stream->magic != STREAM_MAGIC)
		world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = "not-a-stream", .site = world_site(),
		                             .text = "a FILE pointer is used that does not point to a stream"});
	return stream;
}

/* ---- locks ------------------------------------------------------------------------------------------------------ */

bool stream_is_output(const struct stream *stream)
{
	if (stream != &stream_standard[1] && stream != &stream_standard[2])
		return false;
	const struct opened *opened = descriptor_shared.at[stream->descriptor];
	return opened && opened->kind == OPENED_OUTPUT;
}

/* What it reads from or writes to: the descriptor may have been made to refer to something else. NULL, with errno:
 * closed. */
static struct opened *stream_target(const struct stream *stream)
{
	return stream->descriptor < 0 ? stream->opened : descriptor_use(stream->descriptor);
}

static bool stream_needs_lock(const struct stream *stream)
{
	return stream_is_locked || !stream_is_output(stream);
}

static struct sim_op stream_op(enum sim_op_kind kind, const struct stream *stream)
{
	struct sim_objects *objects = &world_running->execution.objects;
	uint32_t object = world_object(&stream->name, SIM_OBJECT_LOCK);
	if (!(objects->items[object].flags & SIM_OBJECT_HAS_NAME))
		object_touch(objects, object)->flags |= SIM_OBJECT_HAS_NAME;
	return (struct sim_op){.kind = (uint8_t)kind, .object = object, .address = (uintptr_t)&stream->name};
}

static bool stream_is_mine(const struct stream *stream)
{
	return world_running->execution.objects.items[world_object(&stream->name, SIM_OBJECT_LOCK)].owner == world_self();
}

void stream_enter(struct stream *stream)
{
	world_visit((uintptr_t)&stream->name, sizeof stream->name, RACE_WRITE, world_site());
	if (stream->closed)
		world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = "use-closed-stream", .site = world_site(),
		                             .text = "a stream is used after it was closed"});
}

void stream_lock(struct stream *stream)
{
	if (!stream_needs_lock(stream))
		return;
	if (stream_is_mine(stream)) {
		area_set(stream->depth, stream->depth + 1);
	} else {
		struct sim_op op = stream_op(SIM_OP_LOCK, stream);
		world_call(&op);
	}
	stream_enter(stream);
}

bool stream_try_lock(struct stream *stream)
{
	struct sim_op op = stream_op(SIM_OP_TRY_LOCK, stream);
	if (stream_is_mine(stream))
		area_set(stream->depth, stream->depth + 1);
	else if (world_call(&op).low != SIM_RESULT_OK)
		return false;
	stream_enter(stream);
	return true;
}

void stream_unlock(struct stream *stream)
{
	if (!stream_needs_lock(stream))
		return;
	if (!stream_is_mine(stream))
		world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = "unlock-not-owner", .site = world_site(),
		                             .text = "a stream is unlocked by a thread that does not hold its lock"});
	if (stream->depth) {
		area_set(stream->depth, stream->depth - 1);
		return;
	}
	struct sim_op op = stream_op(SIM_OP_UNLOCK, stream);
	world_call(&op);
}

/* ---- flags ------------------------------------------------------------------------------------------------------ */

bool stream_is_at_end(const struct stream *stream)
{
	return stream->face._flags & STREAM_EOF;
}

bool stream_has_failed(const struct stream *stream)
{
	return stream->face._flags & STREAM_ERROR;
}

void stream_clear(struct stream *stream)
{
	area_set(stream->face._flags, stream->face._flags & ~(STREAM_EOF | STREAM_ERROR));
}

static int stream_mark(struct stream *stream, int flag)
{
	area_set(stream->face._flags, stream->face._flags | flag);
	return EOF;
}

static int stream_refuse(struct stream *stream)
{
	call_fail(EBADF);
	return stream_mark(stream, STREAM_ERROR);
}

/* ---- buffers ---------------------------------------------------------------------------------------------------- */

static void stream_prepare_buffer(struct stream *stream)
{
	if (stream->buffer)
		return;
	if (!stream->size)
		area_set(stream->size, stream->buffering == _IONBF ? 1 : STREAM_BUFFER);
	area_set(stream->buffer, area_allocate(stream->size));
}

static void stream_set_bounds(struct stream *stream, size_t at, size_t end, bool is_writing)
{
	area_set(stream->at, at);
	area_set(stream->end, end);
	area_set(stream->is_writing, is_writing);
}

/* Writes all of it through. */
static int stream_write_out(struct stream *stream, const char *bytes, size_t n)
{
	struct opened *target = n ? stream_target(stream) : NULL;
	if (n && !target)
		return stream_mark(stream, STREAM_ERROR);
	while (n) {
		ssize_t done = opened_write(target, bytes, n);
		if (done < 0)
			return stream_mark(stream, STREAM_ERROR);
		bytes += done;
		n -= (size_t)done;
	}
	return 0;
}

/* What was written goes out. */
static int stream_drain(struct stream *stream)
{
	size_t n = stream->is_writing ? stream->end : 0;
	stream_set_bounds(stream, 0, 0, false);
	return n ? stream_write_out(stream, stream->buffer, n) : 0;
}

/* Forgets what was read ahead: where the file is read next is what the program thinks. */
static void stream_drop(struct stream *stream)
{
	size_t ahead = stream->end - stream->at + (size_t)stream->n_back;
	stream_set_bounds(stream, 0, 0, false);
	area_set(stream->n_back, 0);
	struct opened *target = ahead ? stream_target(stream) : NULL;
	if (target && (target->kind == OPENED_FILE || target->kind == OPENED_BUFFER))
		opened_seek(target, -(off_t)ahead, SEEK_CUR);
}

int stream_flush(struct stream *stream)
{
	int result = stream->is_writing ? stream_drain(stream) : 0;
	stream_drop(stream);
	if (stream->opened && stream->opened->kind == OPENED_BUFFER)
		buffer_tell(stream->opened->buffer);
	return result;
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static void stream_append(struct stream *stream, const char *bytes, size_t n)
{
	area_save(stream->buffer + stream->end, n);
	memcpy(stream->buffer + stream->end, bytes, n);
	area_set(stream->end, stream->end + n);
}

/* Through the buffer: what fits goes there; of what does not, whole blocks go out at once. */
static int stream_put_buffered(struct stream *stream, const char *bytes, size_t n)
{
	stream_prepare_buffer(stream);
	if (!stream->is_writing)
		stream_drop(stream);
	area_set(stream->is_writing, true);
	size_t room = stream->size - stream->end, first = n < room ? n : room;
	stream_append(stream, bytes, first);
	if (first == n)
		return stream->buffering == _IOLBF && memchr(bytes, '\n', n) ? stream_drain(stream) : 0;
	size_t whole = (n - first) / stream->size * stream->size;
	if (stream_drain(stream) || stream_write_out(stream, bytes + first, whole))
		return EOF;
	area_set(stream->is_writing, true);
	stream_append(stream, bytes + first + whole, n - first - whole);
	return stream->buffering == _IOLBF ? stream_drain(stream) : 0;
}

int stream_put(struct stream *stream, const char *bytes, size_t n)
{
	if (!stream->writes)
		return stream_refuse(stream);
	if (!n)
		return 0;
	if (stream->buffering != _IONBF)
		return stream_put_buffered(stream, bytes, n);
	if (!stream->is_writing && stream->end)
		stream_drop(stream);
	return stream_write_out(stream, bytes, n);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* Gets bytes into the empty buffer. Returns whether there are any. */
static bool stream_fill(struct stream *stream)
{
	const void *found = NULL;
	if (!stream->reads) {
		stream_refuse(stream);
		return false;
	}
	if (stream->is_writing && stream_drain(stream))
		return false;
	stream_prepare_buffer(stream);
	struct opened *target = stream_target(stream);
	ssize_t n = target ? opened_read(target, stream->size, &found) : -1;
	if (n <= 0) {
		stream_mark(stream, n ? STREAM_ERROR : STREAM_EOF);
		return false;
	}
	area_save(stream->buffer, (size_t)n);
	memcpy(stream->buffer, found, (size_t)n);
	stream_set_bounds(stream, 0, (size_t)n, false);
	return true;
}

size_t stream_ready(struct stream *stream, const char **bytes)
{
	if (stream->n_back) {
		*bytes = (const char *)&stream->back[stream->n_back - 1];
		return 1;
	}
	if ((stream->is_writing || stream->at == stream->end) && !stream_fill(stream))
		return 0;
	*bytes = stream->buffer + stream->at;
	return stream->end - stream->at;
}

void stream_skip(struct stream *stream, size_t n)
{
	if (stream->n_back)
		area_set(stream->n_back, stream->n_back - (int)n);
	else
		area_set(stream->at, stream->at + n);
}

int stream_peek(struct stream *stream)
{
	const char *bytes;
	return stream_ready(stream, &bytes) ? (unsigned char)*bytes : EOF;
}

int stream_get(struct stream *stream)
{
	int byte = stream_peek(stream);
	if (byte != EOF)
		stream_skip(stream, 1);
	return byte;
}

int stream_unget(struct stream *stream, int byte)
{
	if (byte == EOF || stream->n_back == STREAM_BACK || !stream->reads)
		return EOF;
	if (stream->is_writing)
		stream_drain(stream);
	area_set(stream->back[stream->n_back], (unsigned char)byte);
	area_set(stream->n_back, stream->n_back + 1);
	area_set(stream->face._flags, stream->face._flags & ~STREAM_EOF);
	return (unsigned char)byte;
}

/* Large reads go past the buffer. Returns how many bytes were read, 0 at the end or on an error. */
static size_t stream_read_through(struct stream *stream, char *to, size_t n)
{
	const void *found = NULL;
	struct opened *target = stream_target(stream);
	ssize_t got = target ? opened_read(target, n - n % stream->size, &found) : -1;
	if (got <= 0)
		stream_mark(stream, got ? STREAM_ERROR : STREAM_EOF);
	else
		call_give(to, found, (size_t)got);
	return got > 0 ? (size_t)got : 0;
}

size_t stream_read(struct stream *stream, void *to, size_t n)
{
	size_t done = 0, got = 1;
	const char *bytes;
	while (done < n && got) {
		bool is_empty = !stream->n_back && !stream->is_writing && stream->at == stream->end;
		if (is_empty && stream->reads && stream->size && n - done >= stream->size) {
			got = stream_read_through(stream, (char *)to + done, n - done);
			done += got;
			continue;
		}
		got = stream_ready(stream, &bytes);
		got = got < n - done ? got : n - done;
		if (got) {
			call_give((char *)to + done, bytes, got);
			stream_skip(stream, got);
		}
		done += got;
	}
	return done;
}

/* ---- others ----------------------------------------------------------------------------------------------------- */

int stream_seek(struct stream *stream, off_t offset, int whence)
{
	if (stream->is_writing ? stream_drain(stream) : (stream_drop(stream), 0))
		return -1;
	struct opened *target = stream_target(stream);
	if (!target || opened_seek(target, offset, whence) < 0)
		return -1;
	area_set(stream->face._flags, stream->face._flags & ~STREAM_EOF);
	return 0;
}

off_t stream_tell(struct stream *stream)
{
	struct opened *target = stream_target(stream);
	off_t at = target ? opened_seek(target, 0, SEEK_CUR) : -1;
	if (at < 0)
		return -1;
	if (!stream->is_writing)
		return at - (off_t)(stream->end - stream->at) - stream->n_back;
	if (target->flags & O_APPEND && stream->end)
		at = opened_seek(target, 0, SEEK_END);
	return at + (off_t)stream->end;
}

void stream_set_buffer(struct stream *stream, int mode, size_t size)
{
	if (stream_is_output(stream))
		return; /* shown at once in any case */
	stream_flush(stream);
	area_set(stream->buffering, mode);
	area_set(stream->buffer, NULL);
	area_set(stream->size, mode == _IONBF ? 1 : size ? size : STREAM_BUFFER);
}

int stream_close(struct stream *stream)
{
	int result = stream_flush(stream);
	if (stream->descriptor >= 0 && descriptor_close(stream->descriptor))
		result = EOF;
	area_set(stream->closed, true);
	return result;
}

void stream_reopen(struct stream *stream, struct opened *opened)
{
	area_save(stream, sizeof *stream);
	stream->opened = opened;
	stream->reads = opened_reads(opened);
	stream->writes = opened_writes(opened);
	stream->buffering = _IOFBF;
	stream->buffer = NULL;
	stream->size = 0;
	stream->face._flags &= ~(STREAM_EOF | STREAM_ERROR);
	if (stream->descriptor >= 0)
		descriptor_replace(stream->descriptor, opened, false);
}

int stream_flags(const char *mode)
{
	int flags = *mode == 'r' ? O_RDONLY : *mode == 'w' ? O_WRONLY | O_CREAT | O_TRUNC : O_WRONLY | O_CREAT | O_APPEND;
	if (*mode != 'r' && *mode != 'w' && *mode != 'a')
		return call_fail(EINVAL);
	for (mode++; *mode && *mode != ','; mode++) {
		if (*mode == '+')
			flags = (flags & ~O_ACCMODE) | O_RDWR;
		else if (*mode == 'x')
			flags |= O_EXCL;
		else if (*mode == 'e')
			flags |= O_CLOEXEC;
	}
	return flags;
}

FILE *stream_make(struct opened *opened, int descriptor)
{
	struct stream *stream = area_allocate(sizeof *stream);
	stream->name = opened->name;
	stream->magic = STREAM_MAGIC;
	stream->opened = opened;
	stream->descriptor = descriptor;
	stream->buffering = _IOFBF;
	stream->reads = opened_reads(opened);
	stream->writes = opened_writes(opened);
	return &stream->face;
}
