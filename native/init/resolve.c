#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { RACES_MAX = 64 }; /* openat2 says EAGAIN when something was renamed meanwhile */

static int open_how(int directory, const char *path, uint64_t flags, uint64_t resolve)
{
    struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = resolve};
    long fd = -1;
    for (int i = 0; i < RACES_MAX; i++) {
        fd = syscall(SYS_openat2, directory, path, &how, sizeof(how));
        if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
            break;
    }
    return (int)fd;
}

struct fd_path fd_path(int fd)
{
    struct fd_path path;
    (void)snprintf(path.text, sizeof(path.text), "self/fd/%d", fd);
    return path;
}

/* The kernel's own name of an open file must lie below that of the root: what was moved away or unmounted does not. */
static bool inside(const struct init *init, int fd)
{
    char name[PATH_MAX];
    ssize_t length = readlinkat(init->proc, fd_path(fd).text, name, sizeof(name) - 1);
    if (length <= 0)
        return false;
    name[length] = '\0';
    size_t root = strlen(init->root_path);
    if (root == 1)
        return name[0] == '/';
    return strncmp(name, init->root_path, root) == 0 && (name[root] == '/' || name[root] == '\0');
}

int resolve_open(const struct init *init, const char *path, uint64_t flags)
{
    if (init->root < 0 || init->moved) {
        errno = EINVAL;
        return -1;
    }
    int fd = open_how(init->root, path, flags, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (fd >= 0 && !inside(init, fd)) {
        close(fd);
        errno = EXDEV;
        return -1;
    }
    return fd;
}

int resolve_beneath(int directory, const char *path, uint64_t flags)
{
    return open_how(directory, path, flags, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}

/* Splits the last component off. `parent` gets the rest, "/" at least. False for one that has none or a strange one. */
static bool split(const char *path, char parent[PATH_MAX], char name[NAME_MAX + 1])
{
    size_t end = strlen(path);
    if (end >= PATH_MAX)
        return false;
    while (end > 0 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    size_t length = end - start;
    if (length == 0 || length > NAME_MAX)
        return false;
    memcpy(name, path + start, length);
    name[length] = '\0';
    memcpy(parent, path, start);
    parent[start] = '\0';
    if (start == 0)
        strcpy(parent, "/");
    return strcmp(name, "..") != 0 && strcmp(name, ".") != 0;
}

/* Opens one component of a path, given with all before it, and makes it if it is missing. Closes the directory it lies in. */
static int enter(const struct init *init, int directory, const char *prefix, const char *name)
{
    int fd = resolve_open(init, prefix, O_PATH | O_DIRECTORY);
    if (fd < 0 && errno == ENOENT) {
        /* a dangling link exists (EEXIST) and stays missing (ENOENT): where it points to is the image's business */
        bool made = mkdirat(directory, name, 0755) == 0 || errno == EEXIST;
        fd = made ? resolve_open(init, prefix, O_PATH | O_DIRECTORY) : -1;
    }
    int error = errno;
    close(directory);
    errno = error;
    return fd;
}

/* Opens a directory and makes what is missing of it, component by component. */
static int create_directories(const struct init *init, const char *path)
{
    int fd = resolve_open(init, path, O_PATH | O_DIRECTORY);
    if (fd >= 0 || errno != ENOENT)
        return fd;
    char prefix[PATH_MAX];
    size_t end = strlen(path);
    if (end >= sizeof(prefix)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = resolve_open(init, "/", O_PATH | O_DIRECTORY);
    for (size_t at = 0; at < end && fd >= 0;) { /* ends with the path */
        size_t start = at + strspn(path + at, "/");
        at = start + strcspn(path + start, "/");
        if (at == start)
            break;
        memcpy(prefix, path, at);
        prefix[at] = '\0';
        fd = enter(init, fd, prefix, prefix + start);
    }
    return fd;
}

int resolve_parent(const struct init *init, const char *path, char *name)
{
    char parent[PATH_MAX];
    if (!split(path, parent, name)) {
        errno = EINVAL;
        return -1;
    }
    return create_directories(init, parent);
}

static int create_file(const struct init *init, const char *path)
{
    char name[NAME_MAX + 1];
    int directory = resolve_parent(init, path, name);
    if (directory < 0)
        return -1;
    int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    int error = fd < 0 && errno != EEXIST ? errno : 0;
    if (fd >= 0)
        close(fd);
    close(directory);
    errno = error;
    return error == 0 ? resolve_open(init, path, O_PATH) : -1;
}

int resolve_create(const struct init *init, const char *path, enum resolve_kind kind)
{
    if (kind == RESOLVE_DIRECTORY)
        return create_directories(init, path);
    int fd = resolve_open(init, path, O_PATH);
    return fd >= 0 || errno != ENOENT ? fd : create_file(init, path);
}
