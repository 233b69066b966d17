/* Mounting onto open targets. */
#ifndef JMIGRATE_MOUNTS_H
#define JMIGRATE_MOUNTS_H

#include "init.h"

/* The target of a mount, as mount(2) takes it for a descriptor; 0 or the errno. */
int mount_onto(int target, const char *source, const char *fstype, unsigned long flags, const char *data);

/* Adds flags to those that an open mount point has. */
int remount_keeping(int target, unsigned long flags);

/* Copies what the open directory holds into what is mounted over it at `path`; 0 or the errno. In copy_up.c. */
int copy_up(const struct init *init, int covered, const char *path);

/* Mounts one of the trees that were opened before onto an open target; 0 or the errno. In mapped_tree.c. */
int attach_tree(const struct init *init, size_t number, int target);

/* Sets and clears attributes of a mount and of all below it; 0 or the errno. In attributes.c. */
struct mount_attr;
int set_tree_attributes(int tree, struct mount_attr *attributes);

/* 0 if this process may mount: it is in a mount namespace of its own and its working directory is /proc. */
int may_mount(const struct init *init);

#endif
