/* A private temporary folder and the files in it. */
#ifndef SIM_FOLDER_H
#define SIM_FOLDER_H

/* Lifetime: folder_create() to folder_remove(). */
struct folder {
	char *path; /* NULL: not created */
};

/* Creates a folder that only this user may use, under TMPDIR or /tmp. Returns 0, or -1 with errno. */
int folder_create(struct folder *folder);
/* Removes the folder and the files in it. */
void folder_remove(struct folder *folder);

/* The path of the file `name` in the folder, to be freed; NULL: no memory. */
char *folder_file(const struct folder *folder, const char *name);
/* Writes `text` to a file. Returns 0, or -1 with errno. */
int folder_write(const char *file, const char *text);
/* The contents of a file, cut at `limit` bytes, to be freed; NULL: it cannot be read. */
char *folder_read(const char *file, long limit);

#endif
