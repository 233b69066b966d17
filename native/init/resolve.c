#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    RACES_MAX = 64, /* openat2 says EAGAIN when something was renamed meanwhile */
    LINKS_MAX = 40, /* as many as the kernel follows */
};

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

int resolve_here(const char *path, uint64_t flags)
{
    return open_how(AT_FDCWD, path, flags, RESOLVE_NO_MAGICLINKS);
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

/*
 * Puts where a link leads in the place of the path's first `end` bytes, whose last component, from `start` on, it is. False if
 * there is no link, or no room.
 */
static bool follow(char path[PATH_MAX], size_t start, size_t end, int directory)
{
    char name[NAME_MAX + 1];
    char target[PATH_MAX];
    char rest[PATH_MAX];
    if (end - start > NAME_MAX)
        return false;
    memcpy(name, path + start, end - start);
    name[end - start] = '\0';
    ssize_t length = readlinkat(directory, name, target, sizeof(target) - 1);
    if (length <= 0)
        return false;
    target[length] = '\0';
    memcpy(rest, path + end, strlen(path + end) + 1);
    size_t at = target[0] == '/' ? 0 : start;
    int n = snprintf(path + at, PATH_MAX - at, "%s%s", target, rest);
    return n >= 0 && (size_t)n < PATH_MAX - at;
}

/* Opens the directory that the path's first `end` bytes name, and makes the last component of it if it is missing. */
static int enter(const struct init *init, int directory, char path[PATH_MAX], size_t start, size_t end)
{
    char next = path[end];
    path[end] = '\0';
    int fd = resolve_open(init, path, O_PATH | O_DIRECTORY);
    if (fd < 0 && errno == ENOENT && (mkdirat(directory, path + start, 0755) == 0 || errno == EEXIST))
        fd = resolve_open(init, path, O_PATH | O_DIRECTORY);
    path[end] = next;
    return fd;
}

/*
 * Opens a directory component by component and makes what is missing. A link that leads nowhere is replaced in the path by where
 * it leads to, for another walk: `followed` says so.
 */
static int walk(const struct init *init, char path[PATH_MAX], bool *followed)
{
    int fd = resolve_open(init, "/", O_PATH | O_DIRECTORY);
    *followed = false;
    for (size_t at = 0; fd >= 0;) { /* ends with the path */
        size_t start = at + strspn(path + at, "/");
        at = start + strcspn(path + start, "/");
        if (at == start)
            break;
        int next = enter(init, fd, path, start, at);
        int error = errno;
        *followed = next < 0 && error == ENOENT && follow(path, start, at, fd);
        close(fd);
        errno = error;
        fd = next;
    }
    return fd;
}

static bool copy_path(char into[PATH_MAX], const char *path)
{
    size_t length = strlen(path);
    if (length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(into, path, length + 1);
    return true;
}

/* Opens a directory and makes what is missing of it, also behind links that lead nowhere. */
static int create_directories(const struct init *init, const char *path)
{
    char walked[PATH_MAX];
    int fd = resolve_open(init, path, O_PATH | O_DIRECTORY);
    if (fd >= 0 || errno != ENOENT || !copy_path(walked, path))
        return fd;
    bool followed = true;
    for (int i = 0; i < LINKS_MAX && followed; i++)
        fd = walk(init, walked, &followed);
    if (followed)
        errno = ELOOP;
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

/* Makes a file. If a link that leads nowhere has its name, that is followed in the path, for another try. */
static int create_file(const struct init *init, char path[PATH_MAX], bool *followed)
{
    char name[NAME_MAX + 1];
    *followed = false;
    int directory = resolve_parent(init, path, name);
    if (directory < 0)
        return -1;
    int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    int error = fd < 0 && errno != EEXIST ? errno : 0;
    if (fd >= 0)
        close(fd);
    fd = error == 0 ? resolve_open(init, path, O_PATH) : -1;
    if (fd < 0 && error == 0)
        error = errno;
    size_t end = strlen(path);
    while (end > 0 && path[end - 1] == '/')
        end--;
    if (error == ENOENT)
        *followed = follow(path, end - strlen(name), end, directory);
    close(directory);
    errno = error;
    return fd;
}

static int create_file_behind_links(const struct init *init, const char *path)
{
    char tried[PATH_MAX];
    int fd = -1;
    if (!copy_path(tried, path))
        return -1;
    bool followed = true;
    for (int i = 0; i < LINKS_MAX && followed; i++)
        fd = create_file(init, tried, &followed);
    if (followed)
        errno = ELOOP;
    return fd;
}

int resolve_create(const struct init *init, const char *path, enum resolve_kind kind)
{
    if (kind == RESOLVE_DIRECTORY)
        return create_directories(init, path);
    int fd = resolve_open(init, path, O_PATH);
    return fd >= 0 || errno != ENOENT ? fd : create_file_behind_links(init, path);
}
