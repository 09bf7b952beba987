/* What simcheck-cc leaves in an executable. */
#include "embed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "command.h"
#include "compiler.h"
#include "objects.h"

static const char EMBED_FORMAT[] = "simcheck-program 1\n";

/* Writes the object, compressed. Returns 0, or -1 with errno. */
static int embed_pack(FILE *section, const char *object)
{
	size_t size;
	char *bytes = str_read_file(object, &size), *packed;
	uLongf packed_size;
	int result = -1;

	if (!bytes)
		return -1;
	fprintf(section, "object %zu\n\n", size);
	packed_size = compressBound(size);
	packed = str_checked(malloc(packed_size));
	if (compress2((Bytef *)packed, &packed_size, (const Bytef *)bytes, size, Z_BEST_SPEED) == Z_OK)
		result = fwrite(packed, 1, packed_size, section) == packed_size ? 0 : -1;
	free(packed);
	free(bytes);
	return result;
}

/* Writes the section to `file`. Returns 0, or -1 with errno. */
static int embed_write_section(const struct embed *embed, const char *file, const char *object)
{
	FILE *section = fopen(file, "we");
	int result = 0;

	if (!section)
		return -1;
	fputs(EMBED_FORMAT, section);
	for (size_t i = 0; i < embed->libraries.n; i++)
		fprintf(section, "library %s\n", embed->libraries.items[i]);
	for (size_t i = 0; i < embed->functions.n; i++)
		fprintf(section, "unchecked %s %s\n", embed->functions.items[i], embed->origins.items[i]);
	if (object)
		result = embed_pack(section, object);
	else
		fputc('\n', section);
	return fclose(section) == 0 ? result : -1;
}

/* Has objcopy put the section into the program. Returns 0, or -1 with *error. */
static int embed_add_section(const char *program, const char *file, const char *work, char **error)
{
	struct command command = {.log = str_printf("%s/objcopy.log", work)};
	char *objcopy = compiler_find("objcopy");
	int result = 0;

	if (objcopy) {
		str_list_add(&command.argv, objcopy);
		str_list_add(&command.argv, "--remove-section=" EMBED_SECTION);
		str_list_take(&command.argv, str_printf("--add-section=%s=%s", EMBED_SECTION, file));
		str_list_add(&command.argv, "--set-section-flags=" EMBED_SECTION "=readonly");
		str_list_take(&command.argv, str_printf("%s%s", *program == '-' ? "./" : "", program));
		result = command_run_all(&command, 1, 1) < 0 ? 0 : -1;
	}
	if (!objcopy)
		*error = str_copy("objcopy was not found; it belongs to the package binutils");
	else if (result < 0)
		*error = str_printf("objcopy cannot add to %s what simcheck needs", program);
	command_release(&command);
	free(objcopy);
	return *error ? -1 : 0;
}

int embed_write(const struct embed *embed, const char *program, const char *object, const char *work, char **error)
{
	char *file = str_printf("%s/section", work);
	int result = embed_write_section(embed, file, object);

	*error = NULL;
	if (result < 0)
		*error = str_printf("cannot write to %s: %s", work, strerror(errno));
	else
		result = embed_add_section(program, file, work, error);
	free(file);
	return result;
}

/* Reads one line, which ends in a 0 byte. Returns false when it is none of those known. */
static bool embed_read_line(struct embed *embed, const char *line, size_t *size)
{
	const char *space;

	if (strncmp(line, "library ", strlen("library ")) == 0) {
		str_list_add(&embed->libraries, line + strlen("library "));
		return true;
	}
	if (strncmp(line, "object ", strlen("object ")) == 0) {
		*size = strtoul(line + strlen("object "), NULL, 10);
		return true;
	}
	if (strncmp(line, "unchecked ", strlen("unchecked ")) != 0)
		return false;
	line += strlen("unchecked ");
	space = strchr(line, ' ');
	if (!space)
		return false;
	str_list_take(&embed->functions, str_printf("%.*s", (int)(space - line), line));
	str_list_add(&embed->origins, space + 1);
	return true;
}

/* The lines up to the empty one. Returns what follows, or NULL when the text is damaged. */
static const char *embed_read_lines(struct embed *embed, char *text, const char *end, size_t *size)
{
	*size = 0;
	if ((size_t)(end - text) < strlen(EMBED_FORMAT) || strncmp(text, EMBED_FORMAT, strlen(EMBED_FORMAT)) != 0)
		return NULL;
	for (char *line = text + strlen(EMBED_FORMAT), *newline; (newline = memchr(line, '\n', (size_t)(end - line)));
		line = newline + 1) {
		*newline = 0;
		if (line == newline)
			return line + 1;
		if (!embed_read_line(embed, line, size))
			return NULL;
	}
	return NULL;
}

/* Returns 0, or -1 with errno: 0 when the bytes are damaged. */
static int embed_unpack(const char *packed, size_t packed_size, size_t size, const char *object)
{
	uLongf unpacked_size = size;
	/* A damaged number must not take all memory: zlib packs at most 1032 to 1. */
	char *bytes = size / 1032 <= packed_size ? malloc(size ? size : 1) : NULL;
	FILE *file;
	int result = -1;

	errno = 0;
	if (bytes && uncompress((Bytef *)bytes, &unpacked_size, (const Bytef *)packed, packed_size) == Z_OK &&
		unpacked_size == size && (file = fopen(object, "we"))) {
		result = fwrite(bytes, 1, size, file) == size ? 0 : -1;
		if (fclose(file) != 0)
			result = -1;
	}
	free(bytes);
	return result;
}

int embed_read(struct embed *embed, const char *program, const char *object, char **error)
{
	size_t section_size, size;
	char *section = objects_read_section(program, EMBED_SECTION, &section_size);
	const char *packed = section ? embed_read_lines(embed, section, section + section_size, &size) : NULL;
	int result = packed ? 0 : -1;

	if (packed && object)
		result = embed_unpack(packed, section_size - (size_t)(packed - section), size, object);
	if (result < 0 && packed && errno)
		*error = str_printf("cannot write %s: %s", object, strerror(errno));
	else if (result < 0)
		*error = str_printf("%s was linked by another version of simcheck-cc, or is damaged; build it again", program);
	free(section);
	return result;
}

void embed_release(struct embed *embed)
{
	str_list_release(&embed->libraries);
	str_list_release(&embed->functions);
	str_list_release(&embed->origins);
}
