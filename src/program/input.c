/* What kind of file a user gave. */
#include "input.h"

#include <ar.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "embed.h"
#include "objects.h"
#include "str.h"

#if defined(__aarch64__)
#define INPUT_MACHINE EM_AARCH64
#else
#define INPUT_MACHINE EM_X86_64
#endif

static bool input_is_source(const char *file)
{
	const char *dot = strrchr(file, '.'), *slash = strrchr(file, '/');

	/* A name may begin with a dot: that is no extension. */
	return dot && dot != file && (!slash || dot > slash + 1) && (strcmp(dot, ".c") == 0 || strcmp(dot, ".i") == 0);
}

static bool input_is_shared_library(const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *so = strstr(name, ".so");

	return so && (!so[3] || so[3] == '.');
}

/* The rest for a file that begins like an ELF file. */
static char *input_classify_elf(const char *file, const Elf64_Ehdr *header, enum input_kind *kind)
{
	size_t size;
	char *section;

	if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != INPUT_MACHINE)
		return str_printf("%s was built for another machine; build it for this one, with simcheck-cc", file);
	if (header->e_type == ET_REL) {
		*kind = INPUT_OBJECT;
		return NULL;
	}
	if (header->e_type != ET_EXEC && header->e_type != ET_DYN)
		return str_printf("%s is neither a program nor a part of one", file);
	section = objects_read_section(file, EMBED_SECTION, &size);
	free(section);
	*kind = INPUT_PROGRAM;
	if (section)
		return NULL;
	if (input_is_shared_library(file))
		return str_printf("%s is a shared library; name the C files, objects and static libraries of a program, and "
			"libraries with --cflags='-L. -lNAME'", file);
	return str_printf("%s was not linked by simcheck-cc; build it again with simcheck-cc, such as by make "
		"CC=simcheck-cc", file);
}

static char *input_classify_bytes(const char *file, const char *bytes, size_t size, enum input_kind *kind)
{
	Elf64_Ehdr header;

	if (size >= SARMAG && memcmp(bytes, "!<arch>\n", SARMAG) == 0) {
		*kind = INPUT_ARCHIVE;
		return NULL;
	}
	if (size >= SARMAG && memcmp(bytes, "!<thin>\n", SARMAG) == 0)
		return str_printf("%s is a thin archive, which holds no objects; make it without the T of ar", file);
	if (size >= sizeof header && memcmp(bytes, ELFMAG, SELFMAG) == 0) {
		memcpy(&header, bytes, sizeof header);
		return input_classify_elf(file, &header, kind);
	}
	if (size >= 2 && memcmp(bytes, "#!", 2) == 0)
		return str_printf("%s is a script; name the program that it starts", file);
	return str_printf("%s is no part of a C program; the supported kinds are .c and .i files, and objects, static "
		"libraries and programs that simcheck-cc built", file);
}

char *input_classify(const char *file, enum input_kind *kind)
{
	char bytes[sizeof(Elf64_Ehdr)], *wrong;
	struct stat status;
	ssize_t size;
	int fd;

	*kind = INPUT_SOURCE;
	if (stat(file, &status) < 0)
		return errno == ENOENT ? str_printf("%s: no such file", file) : str_printf("%s: %s", file, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return str_printf("%s is a directory; give the C files of one program", file);
	/* Opening a pipe or a device might never return. */
	if (!S_ISREG(status.st_mode))
		return input_is_source(file) ? NULL : str_printf("%s is not a regular file", file);
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return str_printf("%s: %s", file, strerror(errno));
	size = read(fd, bytes, sizeof bytes);
	if (input_is_source(file))
		wrong = NULL;
	else if (size < 0)
		wrong = str_printf("%s: %s", file, strerror(errno));
	else
		wrong = input_classify_bytes(file, bytes, (size_t)size, kind);
	close(fd);
	return wrong;
}
