/* Parts of the copy of a directory (copy_up.c). */
#ifndef JMIGRATE_COPY_UP_H
#define JMIGRATE_COPY_UP_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct copied_link {
    dev_t device;
    ino_t inode;
    char *path; /* of the copy, below the root */
};

struct copy {
    int root;                  /* the copy of the whole directory */
    char path[PATH_MAX];       /* of what is copied now, below the root */
    struct copied_link *links; /* files with several names that have been copied */
    size_t links_count;
    size_t links_room;
};

/*
 * A file with several names that was copied already gets this name, too; another one is remembered. 0 or the errno. In
 * copy_links.c.
 */
int link_to_copy(struct copy *copy, int to, const char *name, const struct stat *status, bool *linked);

void forget_links(struct copy *copy);

/* All extended attributes that the other filesystem can hold; 0 or the errno. In copy_attributes.c. */
int copy_extended_attributes(int from, int to, const char *name);

#endif
