/* Descriptors of files: positions, appending, duplicates, sizes, names, errors. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int shared;

static void *append(void *text)
{
	assert(write(shared, text, 3) == 3);
	return NULL;
}

static void one_position(void)
{
	pthread_t threads[2];
	char all[7] = "";

	shared = open("iox_files.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert(shared >= 0);
	pthread_create(&threads[0], NULL, append, "aaa");
	pthread_create(&threads[1], NULL, append, "bbb");
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(lseek(shared, 0, SEEK_CUR) == 6 && pread(shared, all, 6, 0) == 6);
	assert(strcmp(all, "aaabbb") == 0 || strcmp(all, "bbbaaa") == 0);
	assert(close(shared) == 0);
}

static void sizes(void)
{
	char bytes[8];
	struct stat status;
	int file = open("iox_files.tmp", O_RDWR);

	assert(file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 6);
	assert(lseek(file, 8, SEEK_SET) == 8 && write(file, "z", 1) == 1);
	assert(pread(file, bytes, 3, 6) == 3 && memcmp(bytes, "\0\0z", 3) == 0);
	assert(pwrite(file, "Q", 1, 1) == 1 && lseek(file, 0, SEEK_CUR) == 9);
	assert(pwrite(file, "", 0, 100) == 0 && lseek(file, 0, SEEK_END) == 9);
	assert(ftruncate(file, 2) == 0 && lseek(file, 0, SEEK_END) == 2);
	assert(pread(file, bytes, 8, 0) == 2 && bytes[1] == 'Q' && pread(file, bytes, 8, 2) == 0);
	assert(lseek(file, -1, SEEK_SET) == -1 && errno == EINVAL);
	assert(fsync(file) == 0 && isatty(file) == 0 && errno == ENOTTY);
	close(file);
}

static void duplicates(void)
{
	char byte;
	int file = open("iox_files.tmp", O_RDONLY), copy = dup(file);

	assert(copy >= 0 && lseek(copy, 1, SEEK_SET) == 1 && read(file, &byte, 1) == 1 && byte == 'Q');
	assert(fcntl(file, F_GETFD) == 0 && fcntl(file, F_SETFD, FD_CLOEXEC) == 0 && fcntl(file, F_GETFD) == FD_CLOEXEC);
	assert(fcntl(copy, F_GETFD) == 0 && (fcntl(copy, F_GETFL) & O_ACCMODE) == O_RDONLY);
	assert(dup2(file, 20) == 20 && read(20, &byte, 1) == 0 && fcntl(copy, F_DUPFD, 30) == 30);
	assert(dup3(file, file, 0) == -1 && errno == EINVAL && dup2(file, file) == file);
	assert(write(file, "x", 1) == -1 && errno == EBADF);
	close(20), close(30), close(copy), close(file);
	assert(dup(file) == -1 && errno == EBADF && read(file, &byte, 1) == -1 && errno == EBADF);
	int again = open("iox_files.tmp", O_RDONLY);
	assert(again == file); /* the lowest */
	close(again);
}

static void appending(void)
{
	struct iovec parts[3] = {{"12", 2}, {NULL, 0}, {"345", 3}};
	char one[2], more[9];
	struct iovec into[2] = {{one, 2}, {more, 9}};
	int file = open("iox_files.tmp", O_RDWR | O_APPEND);

	assert(lseek(file, 0, SEEK_SET) == 0 && writev(file, parts, 3) == 5 && lseek(file, 0, SEEK_CUR) == 7);
	assert(lseek(file, 2, SEEK_SET) == 2 && readv(file, into, 2) == 5 && memcmp(more, "345", 3) == 0);
	assert(dprintf(file, "%d", 78) == 2 && lseek(file, 0, SEEK_END) == 9);
	close(file);
}

static void names(void)
{
	struct stat status;
	int file;

	assert(open("iox_missing.tmp", O_RDONLY) == -1 && errno == ENOENT);
	assert(open("iox_files.tmp", O_CREAT | O_EXCL | O_WRONLY, 0600) == -1 && errno == EEXIST);
	assert(open("iox_missing.tmp/x", O_CREAT | O_WRONLY, 0600) == -1 && errno == ENOENT);
	assert(open("iox_files.tmp/x", O_RDONLY) == -1 && errno == ENOTDIR);
	assert(open(".", O_WRONLY) == -1 && errno == EISDIR);
	static char long_name[5000];
	memset(long_name, 'x', sizeof long_name - 1);
	assert(open(long_name, O_CREAT | O_WRONLY, 0600) == -1 && errno == ENAMETOOLONG);
	assert(access(long_name, F_OK) == -1 && errno == ENAMETOOLONG && mkdir(long_name, 0700) == -1);
	assert(access("iox_files.tmp", F_OK) == 0 && access("iox_missing.tmp", F_OK) == -1 && errno == ENOENT);
	assert(mkdir("iox_folder.tmp", 0700) == 0 && mkdir("iox_folder.tmp", 0700) == -1 && errno == EEXIST);
	assert(stat("iox_folder.tmp", &status) == 0 && S_ISDIR(status.st_mode));
	file = open("iox_folder.tmp/inside", O_CREAT | O_WRONLY, 0600);
	assert(file >= 0 && write(file, "in", 2) == 2 && close(file) == 0);
	assert(rmdir("iox_folder.tmp") == -1 && errno == ENOTEMPTY);
	assert(unlink("iox_folder.tmp") == -1 && errno == EISDIR);
	assert(rename("iox_folder.tmp/inside", "iox_files.tmp") == 0);
	assert(stat("iox_files.tmp", &status) == 0 && status.st_size == 2);
	assert(rmdir("iox_folder.tmp") == 0 && rename("iox_missing.tmp", "x") == -1 && errno == ENOENT);
	file = open("./../../iox_no/../iox_missing.tmp", O_RDONLY);
	assert(file == -1);
}

/* A file lives as long as somebody has it open. */
static void unlinked(void)
{
	char byte;
	int file = open("iox_files.tmp", O_RDONLY);

	assert(unlink("iox_files.tmp") == 0 && unlink("iox_files.tmp") == -1 && errno == ENOENT);
	assert(open("iox_files.tmp", O_RDONLY) == -1 && read(file, &byte, 1) == 1 && byte == 'i');
	close(file);
	file = open("/dev/null", O_RDWR);
	assert(write(file, "gone", 4) == 4 && read(file, &byte, 1) == 0);
	close(file);
	char name[] = "iox_XXXXXX";
	file = mkstemp(name);
	assert(file >= 0 && strcmp(name, "iox_XXXXXX") != 0 && access(name, W_OK) == 0 && unlink(name) == 0);
	close(file);
}

int main(void)
{
	one_position();
	sizes();
	duplicates();
	appending();
	names();
	unlinked();
	puts("done");
	return 0;
}
