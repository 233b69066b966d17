#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

static int refuse_link(int fd)
{
    struct stat status;
    if (fstat(fd, &status) < 0)
        return errno;
    return S_ISLNK(status.st_mode) ? ELOOP : 0;
}

/* A /proc or /sys that is a link could lead tools to files that only look like the kernel's. */
static int refuse_linked_kernel_files(const struct init *init, const char *path, const char *fstype)
{
    if (strcmp(fstype, "proc") != 0 && strcmp(fstype, "sysfs") != 0)
        return 0;
    int fd = resolve_open(init, path, O_PATH | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? 0 : errno;
    int error = refuse_link(fd);
    close(fd);
    return error;
}

/* A link into /proc would let a mount cover files by which a container is confined. */
static int refuse_proc(int target, const char *path)
{
    struct statfs filesystem;
    if (fstatfs(target, &filesystem) < 0)
        return errno;
    bool meant = strcmp(path, "/proc") == 0 || strncmp(path, "/proc/", 6) == 0;
    return filesystem.f_type == PROC_SUPER_MAGIC && !meant ? ELOOP : 0;
}

/* A link to the root would let a mount cover the whole container, which would then be entered without it. */
static int refuse_root(const struct init *init, int target)
{
    struct stat there;
    struct stat root;
    if (fstat(target, &there) < 0 || fstat(init->root, &root) < 0)
        return errno;
    return there.st_dev == root.st_dev && there.st_ino == root.st_ino ? ELOOP : 0;
}

static int or_close(int fd, int error)
{
    if (error == 0)
        return fd;
    close(fd);
    errno = error;
    return -1;
}

int target_open(const struct init *init, const char *path, const char *fstype, enum resolve_kind kind)
{
    int error = refuse_linked_kernel_files(init, path, fstype);
    if (error != 0) {
        errno = error;
        return -1;
    }
    int target = resolve_create(init, path, kind);
    if (target < 0)
        return -1;
    error = refuse_proc(target, path);
    return or_close(target, error != 0 ? error : refuse_root(init, target));
}

int target_open_file(const struct init *init, const char *path)
{
    char name[NAME_MAX + 1];
    int directory = resolve_parent(init, path, name);
    if (directory < 0)
        return -1;
    int made = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    int error = made < 0 && errno != EEXIST ? errno : 0;
    if (made >= 0)
        close(made);
    int fd = error == 0 ? openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (fd < 0 && error == 0)
        error = errno;
    close(directory);
    errno = error;
    return fd < 0 ? -1 : or_close(fd, refuse_link(fd));
}
