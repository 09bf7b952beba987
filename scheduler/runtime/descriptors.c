/* Functions on descriptors (descriptor.h): files, pipes, eventfds. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cancellation.h"
#include "descriptor.h"
#include "print.h"
#include "runtime.h"
#include "scratch.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- opening and closing ---------------------------------------------------------------------------------------- */

static int descriptors_open(const char *path, int flags, mode_t mode)
{
	cancellation_point();
	runtime_reads_string(path, SIZE_MAX);
	struct opened *opened = descriptor_open(path, flags, mode);
	return opened ? descriptor_add(opened, 0, flags & O_CLOEXEC) : -1;
}

/* The third argument of open() and its like, which is there only if a file may be made. */
#define DESCRIPTORS_MODE(mode, flags) \
	mode_t mode = 0; \
	if ((flags) & O_CREAT) { \
		va_list arguments; \
		va_start(arguments, flags); \
		mode = va_arg(arguments, mode_t); \
		va_end(arguments); \
	}

RUNTIME_API int __wrap_open(const char *path, int flags, ...)
{
	DESCRIPTORS_MODE(mode, flags)
	return descriptors_open(path, flags, mode);
}
RUNTIME_ALIAS(open64, open)

RUNTIME_API int __wrap_openat(int folder, const char *path, int flags, ...)
{
	DESCRIPTORS_MODE(mode, flags)
	if (folder != AT_FDCWD && *path != '/')
		world_refuse("openat", "paths that begin at an open folder are not modelled");
	return descriptors_open(path, flags, mode);
}
RUNTIME_ALIAS(openat64, openat)

RUNTIME_API int __wrap_creat(const char *path, mode_t mode)
{
	return descriptors_open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
RUNTIME_ALIAS(creat64, creat)

RUNTIME_API int __wrap_close(int descriptor)
{
	cancellation_point();
	return descriptor_close(descriptor);
}

/* ---- reading and writing ---------------------------------------------------------------------------------------- */

RUNTIME_API ssize_t __wrap_read(int descriptor, void *to, size_t n)
{
	cancellation_begin();
	struct opened *opened = descriptor_use(descriptor);
	const void *found = NULL;
	ssize_t got = opened ? opened_read(opened, n, &found) : -1;
	cancellation_end();
	if (got > 0)
		call_give(to, found, (size_t)got);
	return got;
}

RUNTIME_API ssize_t __wrap_pread(int descriptor, void *to, size_t n, off_t at)
{
	cancellation_point();
	struct opened *opened = descriptor_use(descriptor);
	const void *found = NULL;
	if (opened && at < 0)
		return call_fail(EINVAL);
	ssize_t got = opened ? opened_read_at(opened, n, (uint64_t)at, &found) : -1;
	if (got > 0)
		call_give(to, found, (size_t)got);
	return got;
}
RUNTIME_ALIAS(pread64, pread)

RUNTIME_API ssize_t __wrap_write(int descriptor, const void *from, size_t n)
{
	cancellation_begin();
	struct opened *opened = descriptor_use(descriptor);
	ssize_t put = opened ? opened_write(opened, call_take(from, n), n) : -1;
	cancellation_end();
	return put;
}

RUNTIME_API ssize_t __wrap_pwrite(int descriptor, const void *from, size_t n, off_t at)
{
	cancellation_point();
	struct opened *opened = descriptor_use(descriptor);
	if (opened && at < 0)
		return call_fail(EINVAL);
	return opened ? opened_write_at(opened, call_take(from, n), n, (uint64_t)at) : -1;
}
RUNTIME_ALIAS(pwrite64, pwrite)

/* How many bytes the parts have together; -1, with errno: too many. */
static ssize_t descriptors_sum(const struct iovec *parts, int n)
{
	size_t sum = 0;
	if (n < 0 || n > IOV_MAX)
		return call_fail(EINVAL);
	runtime_reads(parts, (size_t)n * sizeof *parts);
	for (int i = 0; i < n; i++)
		if (__builtin_add_overflow(sum, parts[i].iov_len, &sum) || sum > SSIZE_MAX)
			return call_fail(EINVAL);
	return (ssize_t)sum;
}

RUNTIME_API ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int n)
{
	struct opened *opened = descriptor_use(descriptor);
	const void *found = NULL;
	ssize_t sum = opened ? descriptors_sum(parts, n) : -1;
	cancellation_begin();
	ssize_t got = sum < 0 ? -1 : opened_read(opened, (size_t)sum, &found);
	cancellation_end();
	size_t done = 0;
	for (int i = 0; got > 0 && done < (size_t)got; i++) {
		size_t part = parts[i].iov_len < (size_t)got - done ? parts[i].iov_len : (size_t)got - done;
		call_give(parts[i].iov_base, (const char *)found + done, part);
		done += part;
	}
	return got;
}

RUNTIME_API ssize_t __wrap_writev(int descriptor, const struct iovec *parts, int n)
{
	struct opened *opened = descriptor_use(descriptor);
	ssize_t sum = opened ? descriptors_sum(parts, n) : -1;
	if (sum < 0)
		return -1;
	char *all = area_allocate((size_t)sum), *to = all;
	for (int i = 0; i < n; i++) {
		if (!parts[i].iov_len)
			continue;
		memcpy(to, call_take(parts[i].iov_base, parts[i].iov_len), parts[i].iov_len);
		to += parts[i].iov_len;
	}
	cancellation_begin();
	ssize_t put = opened_write(opened, all, (size_t)sum);
	cancellation_end();
	return put;
}

RUNTIME_API int __wrap_vdprintf(int descriptor, const char *format, va_list arguments)
{
	char *top = scratch_top(), *text;
	struct opened *opened = descriptor_use(descriptor);
	int length = opened ? print_text(&text, format, arguments) : -1;
	if (length > 0 && opened_write(opened, text, (size_t)length) < 0)
		length = -1;
	scratch_release(top);
	return length;
}

RUNTIME_API int __wrap_dprintf(int descriptor, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = __wrap_vdprintf(descriptor, format, arguments);
	va_end(arguments);
	return length;
}

/* ---- positions and properties ----------------------------------------------------------------------------------- */

RUNTIME_API off_t __wrap_lseek(int descriptor, off_t offset, int whence)
{
	struct opened *opened = descriptor_use(descriptor);
	return opened ? opened_seek(opened, offset, whence) : -1;
}
RUNTIME_ALIAS(lseek64, lseek)

RUNTIME_API int __wrap_ftruncate(int descriptor, off_t size)
{
	struct opened *opened = descriptor_use(descriptor);
	return opened ? opened_resize(opened, size) : -1;
}
RUNTIME_ALIAS(ftruncate64, ftruncate)

/* Nothing is lost here. */
RUNTIME_API int __wrap_fsync(int descriptor)
{
	cancellation_point();
	const struct opened *opened = descriptor_use(descriptor);
	return opened && opened->kind != OPENED_FILE ? call_fail(EINVAL) : opened ? 0 : -1;
}

RUNTIME_API int __wrap_fdatasync(int descriptor)
{
	return __wrap_fsync(descriptor);
}

/* The standard streams are no terminal: what a program prints does not depend on where it goes. */
RUNTIME_API int __wrap_isatty(int descriptor)
{
	if (descriptor_use(descriptor))
		call_fail(ENOTTY);
	return 0;
}

/* ---- duplicates ------------------------------------------------------------------------------------------------- */

static int descriptors_dup(int descriptor, int least, bool closes_on_exec)
{
	struct opened *opened = descriptor_use(descriptor);
	if (!opened)
		return -1;
	int copy = descriptor_add(opened, least, closes_on_exec);
	if (copy >= 0)
		opened_hold(opened, 1);
	return copy;
}

RUNTIME_API int __wrap_dup(int descriptor)
{
	return descriptors_dup(descriptor, 0, false);
}

RUNTIME_API int __wrap_dup3(int descriptor, int copy, int flags)
{
	struct opened *opened = descriptor_use(descriptor);
	if (!opened)
		return -1;
	if (copy < 0 || copy >= DESCRIPTOR_MAX)
		return call_fail(EBADF);
	if (copy == descriptor || flags & ~O_CLOEXEC)
		return call_fail(EINVAL);
	opened_hold(opened, 1);
	descriptor_replace(copy, opened, flags & O_CLOEXEC);
	return copy;
}

RUNTIME_API int __wrap_dup2(int descriptor, int copy)
{
	if (descriptor != copy)
		return __wrap_dup3(descriptor, copy, 0);
	return descriptor_use(descriptor) ? copy : -1;
}

/* Only these of the flags can be changed when a file is open. */
static int descriptors_set_flags(struct opened *opened, int flags)
{
	const int changeable = O_APPEND | O_NONBLOCK;
	world_visit((uintptr_t)&opened->name, sizeof opened->name, RACE_WRITE, world_site());
	area_set(opened->flags, (opened->flags & ~changeable) | (flags & changeable));
	return 0;
}

static int descriptors_fcntl(int descriptor, int command, int argument)
{
	struct opened *opened = descriptor_use(descriptor);
	if (!opened)
		return -1;
	switch (command) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return descriptors_dup(descriptor, argument, command == F_DUPFD_CLOEXEC);
	case F_GETFD:
		return descriptor_closes_on_exec(descriptor) ? FD_CLOEXEC : 0;
	case F_SETFD:
		descriptor_set_close_on_exec(descriptor, argument & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return opened->flags;
	case F_SETFL:
		return descriptors_set_flags(opened, argument);
	default:
		world_refuse("fcntl", "of its commands F_GETFL, F_SETFL, F_GETFD, F_SETFD, F_DUPFD are modelled");
	}
}

/* What else the third argument may be is refused before it matters. */
RUNTIME_API int __wrap_fcntl(int descriptor, int command, ...)
{
	va_list arguments;
	va_start(arguments, command);
	int argument = va_arg(arguments, int);
	va_end(arguments);
	return descriptors_fcntl(descriptor, command, argument);
}
RUNTIME_ALIAS(fcntl64, fcntl)

/* ---- pipes and eventfds ----------------------------------------------------------------------------------------- */

RUNTIME_API int __wrap_pipe2(int ends[2], int flags)
{
	struct opened *opened[2];
	int made[2];
	if (flags & ~(O_CLOEXEC | O_NONBLOCK))
		return call_fail(EINVAL);
	struct pipe *pipe = area_allocate(sizeof *pipe);
	for (int i = 0; i < 2; i++) {
		opened[i] = opened_make(NULL, OPENED_PIPE, (i ? O_WRONLY : O_RDONLY) | (flags & O_NONBLOCK));
		opened[i]->pipe = pipe;
		made[i] = descriptor_add(opened[i], 0, flags & O_CLOEXEC);
	}
	if (made[1] < 0) {
		if (made[0] >= 0)
			descriptor_close(made[0]);
		return call_fail(EMFILE);
	}
	char name[64];
	snprintf(name, sizeof name, "pipe %d->%d", made[1], made[0]);
	area_set(pipe->name, area_copy(name));
	area_set(opened[0]->name, pipe->name);
	area_set(opened[1]->name, pipe->name);
	call_give(ends, made, sizeof made);
	return 0;
}

RUNTIME_API int __wrap_pipe(int ends[2])
{
	return __wrap_pipe2(ends, 0);
}

RUNTIME_API int __wrap_eventfd(unsigned first, int flags)
{
	char name[32];
	if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return call_fail(EINVAL);
	struct opened *opened = opened_make(NULL, OPENED_COUNTER, O_RDWR | (flags & EFD_NONBLOCK));
	struct counter *counter = opened->counter = area_allocate(sizeof *counter);
	counter->first = first;
	counter->by_one = flags & EFD_SEMAPHORE;
	int descriptor = descriptor_add(opened, 0, flags & EFD_CLOEXEC);
	snprintf(name, sizeof name, "eventfd %d", descriptor);
	area_set(counter->name, area_copy(name));
	area_set(opened->name, counter->name);
	return descriptor;
}

RUNTIME_API int __wrap_eventfd_read(int descriptor, eventfd_t *value)
{
	return __wrap_read(descriptor, value, sizeof *value) == sizeof *value ? 0 : -1;
}

RUNTIME_API int __wrap_eventfd_write(int descriptor, eventfd_t value)
{
	struct opened *opened = descriptor_use(descriptor);
	return opened && opened_write(opened, &value, sizeof value) == sizeof value ? 0 : -1;
}

/* Of signals, only that SIGPIPE is ignored: then a write to a pipe that nobody reads is an error. */
RUNTIME_API sighandler_t __wrap_signal(int signal, sighandler_t handler)
{
	if (signal != SIGPIPE || (handler != SIG_IGN && handler != SIG_DFL))
		world_refuse("signal", "of signals, only that SIGPIPE is ignored is modelled");
	sighandler_t old = pipe_is_error ? SIG_IGN : SIG_DFL;
	area_set(pipe_is_error, handler == SIG_IGN);
	return old;
}
