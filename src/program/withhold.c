#include "withhold.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <unistd.h>

static bool withhold_concerns(GElf_Sxword tag)
{
	return tag == DT_INIT_ARRAY || tag == DT_INIT_ARRAYSZ || tag == DT_FINI_ARRAY || tag == DT_FINI_ARRAYSZ;
}

static int withhold_in_section(Elf_Scn *section)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Dyn entry;

	if (!data)
		return -1;
	for (int i = 0; gelf_getdyn(data, i, &entry) && entry.d_tag != DT_NULL; i++) {
		if (!withhold_concerns(entry.d_tag))
			continue;
		entry.d_tag += WITHHOLD_OFFSET;
		if (!gelf_update_dyn(data, i, &entry))
			return -1;
	}
	elf_flagdata(data, ELF_C_SET, ELF_F_DIRTY);
	return 0;
}

static int withhold_in_file(Elf *elf)
{
	GElf_Shdr header;

	/* Everything stays where the linker put it. */
	elf_flagelf(elf, ELF_C_SET, ELF_F_LAYOUT);
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section));) {
		if (!gelf_getshdr(section, &header))
			return -1;
		if (header.sh_type == SHT_DYNAMIC)
			return withhold_in_section(section) == 0 && elf_update(elf, ELF_C_WRITE) >= 0 ? 0 : -1;
	}
	return -1;
}

int withhold_constructors(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	int result = -1;
	Elf *elf;

	if (fd < 0)
		return -1;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_RDWR, NULL);
	if (elf)
		result = withhold_in_file(elf);
	elf_end(elf);
	close(fd);
	return result;
}
