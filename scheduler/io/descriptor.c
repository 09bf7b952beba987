#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>

#include "world.h"

/* What is open at first. */
static struct opened descriptor_standard[] = {
	{.name = "standard input", .kind = OPENED_INPUT, .flags = O_RDONLY},
	{.name = "standard output", .kind = OPENED_OUTPUT, .flags = O_WRONLY},
	{.name = "standard error", .kind = OPENED_OUTPUT, .flags = O_WRONLY},
};

struct descriptor_shared descriptor_shared = {
	.at = {&descriptor_standard[0], &descriptor_standard[1], &descriptor_standard[2]}};
bool descriptor_is_seen = true;

/* What calls name. */
static const struct {
	const char *name;
} descriptor_table = {"the table of descriptors"};

/* Undone. A number is taken from the event of its opening to that of its closing; what it refers to is changed as
 * an access of its own, before that of closing: so this is seen by who gets the number next. */
static bool descriptor_taken[DESCRIPTOR_MAX] = {true, true, true};
static bool descriptor_on_exec[DESCRIPTOR_MAX];

static struct opened **descriptor_entry(int descriptor)
{
	return descriptor >= 0 && descriptor < DESCRIPTOR_MAX ? &descriptor_shared.at[descriptor] : NULL;
}

struct opened *descriptor_use(int descriptor)
{
	struct opened **entry = descriptor_entry(descriptor);
	if (entry)
		world_visit((uintptr_t)entry, sizeof *entry, RACE_READ, world_site());
	struct opened *opened = entry ? *entry : NULL;
	if (!opened)
		call_fail(EBADF);
	else if (opened->kind != OPENED_OUTPUT) /* its flags may be changed (F_SETFL) */
		world_visit((uintptr_t)&opened->name, sizeof opened->name, RACE_READ, world_site());
	return opened;
}

/* Changes an entry, as a variable that others may look at. Returns what it referred to, which is left to the caller. */
static struct opened *descriptor_set(int descriptor, struct opened *opened, bool closes_on_exec)
{
	struct opened **entry = descriptor_entry(descriptor);
	world_visit((uintptr_t)entry, sizeof *entry, RACE_WRITE, world_site());
	struct opened *old = *entry;
	area_set(*entry, opened);
	descriptor_set_close_on_exec(descriptor, closes_on_exec);
	return old;
}

int descriptor_add(struct opened *opened, int least, bool closes_on_exec)
{
	if (least < 0 || least >= DESCRIPTOR_MAX)
		return call_fail(EINVAL);
	if (descriptor_is_seen)
		call_announce(SIM_CALL_OPEN, &descriptor_table, SIM_MODE_WRITE, (struct call_range){0});
	for (int i = least; i < DESCRIPTOR_MAX; i++) {
		if (descriptor_taken[i])
			continue;
		area_set(descriptor_taken[i], true);
		descriptor_set(i, opened, closes_on_exec);
		return i;
	}
	return call_fail(EMFILE);
}

void descriptor_replace(int descriptor, struct opened *opened, bool closes_on_exec)
{
	call_announce(SIM_CALL_OPEN, &descriptor_table, SIM_MODE_WRITE, (struct call_range){0});
	area_set(descriptor_taken[descriptor], true);
	struct opened *old = descriptor_set(descriptor, opened, closes_on_exec);
	if (old)
		opened_hold(old, -1);
}

int descriptor_close(int descriptor)
{
	struct opened **entry = descriptor_entry(descriptor);
	struct opened *old = entry ? descriptor_set(descriptor, NULL, false) : NULL;
	if (!old)
		return call_fail(EBADF);
	call_announce(SIM_CALL_CLOSE, &descriptor_table, SIM_MODE_GIVE, (struct call_range){0});
	area_set(descriptor_taken[descriptor], false);
	opened_hold(old, -1);
	return 0;
}

bool descriptor_closes_on_exec(int descriptor)
{
	return descriptor_on_exec[descriptor];
}

void descriptor_set_close_on_exec(int descriptor, bool closes)
{
	area_set(descriptor_on_exec[descriptor], closes);
}

/* ---- opening files ---------------------------------------------------------------------------------------------- */

/* Makes a new file for the path. Returns 0 or an error. */
static int descriptor_create(struct path *path, mode_t mode)
{
	const struct file *folder = path->folder->file;
	if (!folder)
		return path_error(path);
	if (folder->kind != FILE_FOLDER)
		return ENOTDIR;
	if (!folder->writable)
		return EACCES;
	area_set(path->file, file_make(path->name, FILE_REGULAR, mode & ~(mode_t)022));
	return 0;
}

/* Whether an existing file may be opened so: 0 or an error. */
static int descriptor_check(const struct file *file, int flags)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY, reads = (flags & O_ACCMODE) != O_WRONLY;
	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return EEXIST;
	if (file->kind == FILE_FOLDER && writes)
		return EISDIR;
	if (file->kind != FILE_FOLDER && flags & O_DIRECTORY)
		return ENOTDIR;
	if (file->kind == FILE_OTHER)
		world_refuse("open", "only files, folders, /dev/null and /dev/zero can be opened in a simulation");
	return (reads && !file->readable) || (writes && !file->writable) ? EACCES : 0;
}

struct opened *descriptor_open(const char *name, int flags, mode_t mode)
{
	bool creates = flags & O_CREAT, exists;
	struct path *path = path_of(name);
	int error = *name ? path->error : ENOENT;
	call_announce(SIM_CALL_OPEN, path, SIM_MODE_NONE, path_range(path, creates ? SIM_MODE_WRITE : SIM_MODE_READ));
	exists = path->file;
	if (!error && exists)
		error = descriptor_check(path->file, flags);
	else if (!error)
		error = creates ? descriptor_create(path, mode) : path_error(path);
	if (!error)
		error = file_load(path->file);
	if (error) {
		call_fail(error);
		return NULL;
	}
	struct opened *opened = opened_make(path->name, OPENED_FILE, flags & ~(O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC));
	opened->file = path->file;
	if (exists && flags & O_TRUNC && opened_writes(opened) && opened->file->kind == FILE_REGULAR)
		opened_resize(opened, 0);
	return opened;
}
