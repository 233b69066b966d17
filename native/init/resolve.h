/*
 * Paths inside the container. They are resolved by the kernel with the container's root as root (openat2, RESOLVE_IN_ROOT), so
 * that no symbolic link or ".." that an image or a container has placed leads out of it; procfs's magic links are refused.
 */
#ifndef JMIGRATE_RESOLVE_H
#define JMIGRATE_RESOLVE_H

#include "init.h"

enum resolve_kind { RESOLVE_DIRECTORY, RESOLVE_FILE };

/* Opens what is there (`flags` besides O_CLOEXEC); -1 and errno otherwise. */
int resolve_open(const struct init *init, const char *path, uint64_t flags);

/* As O_PATH; makes it, and missing parents, if it is not there. */
int resolve_create(const struct init *init, const char *path, enum resolve_kind kind);

/* Opens the directory that holds the path's last component, made if missing. `name` gets the component, NAME_MAX + 1 bytes. */
int resolve_parent(const struct init *init, const char *path, char *name);

/* Opens an absolute path as this process sees it, through no link of procfs. */
int resolve_here(const char *path, uint64_t flags);

/* Opens below a directory without any link. */
int resolve_beneath(int directory, const char *path, uint64_t flags);

/* "self/fd/N", relative to the working directory /proc. */
struct fd_path {
    char text[32];
};
struct fd_path fd_path(int fd);

#endif
