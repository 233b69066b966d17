/*
 * Copies what a directory holds into the filesystem that covers it: files, directories, links and nodes, with owner, mode, times and
 * extended attributes. Holes stay holes, and names of one file stay names of one file.
 */
#include "copy_up.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"

enum { DEPTH_MAX = 128, CHUNK_BYTES = 1 << 20 }; /* each level holds two descriptors open */

static int copy_directory(struct copy *copy, int from, int to, int depth);

/* What is between two holes. */
static int copy_range(int from, int to, off_t start, off_t end)
{
    if (lseek(to, start, SEEK_SET) < 0)
        return errno;
    while (start < end) { /* each turn gets further, or it is the last */
        size_t rest = (size_t)(end - start) < CHUNK_BYTES ? (size_t)(end - start) : CHUNK_BYTES;
        ssize_t copied = sendfile(to, from, &start, rest);
        if (copied < 0)
            return errno;
        if (copied == 0)
            return ESTALE; /* it has become shorter */
    }
    return 0;
}

static int copy_data(int from, int to, off_t size)
{
    off_t at = 0;
    while (at < size) { /* each turn gets further */
        off_t start = lseek(from, at, SEEK_DATA);
        if (start < 0 && errno == ENXIO)
            break; /* the rest is a hole */
        off_t end = start < 0 ? -1 : lseek(from, start, SEEK_HOLE);
        if (start < 0 || end < 0)
            return errno;
        end = end < size ? end : size;
        int error = copy_range(from, to, start, end);
        if (error != 0)
            return error;
        at = end;
    }
    return ftruncate(to, size) < 0 ? errno : 0;
}

/* Both ends are closed. */
static int copy_content(int from, int to)
{
    struct stat status;
    int error = fstat(from, &status) < 0 ? errno : 0;
    if (error == 0 && !S_ISREG(status.st_mode))
        error = ESTALE; /* replaced since it was looked at */
    if (error == 0)
        error = copy_data(from, to, status.st_size);
    close(from);
    return close(to) < 0 && error == 0 ? errno : error;
}

static int copy_file(int from, int to, const char *name)
{
    int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (in < 0)
        return errno;
    int out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (out < 0) {
        int error = errno;
        close(in);
        return error;
    }
    return copy_content(in, out);
}

static int copy_link(int from, int to, const char *name)
{
    char target[PATH_MAX];
    ssize_t length = readlinkat(from, name, target, sizeof(target) - 1);
    if (length < 0)
        return errno;
    target[length] = '\0';
    return symlinkat(target, to, name) < 0 ? errno : 0;
}

static int copy_subdirectory(struct copy *copy, int from, int to, const char *name, int depth)
{
    if (mkdirat(to, name, 0700) < 0)
        return errno;
    int in = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (in < 0)
        return errno;
    int out = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (out < 0) {
        int error = errno;
        close(in);
        return error;
    }
    int error = copy_directory(copy, in, out, depth + 1);
    close(out);
    return error;
}

/* In this order: a change of owner takes capabilities away, and a change of attributes is none of content. */
static int copy_attributes(int from, int to, const char *name, const struct stat *status)
{
    const struct timespec times[2] = {status->st_atim, status->st_mtim};
    if (fchownat(to, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW) < 0)
        return errno;
    if (!S_ISLNK(status->st_mode) && fchmodat(to, name, status->st_mode & 07777, 0) < 0)
        return errno;
    int error = copy_extended_attributes(from, to, name);
    if (error != 0)
        return error;
    return utimensat(to, name, times, AT_SYMLINK_NOFOLLOW) < 0 ? errno : 0;
}

static int make_entry(struct copy *copy, int from, int to, const char *name, const struct stat *status, int depth)
{
    if (S_ISREG(status->st_mode))
        return copy_file(from, to, name);
    if (S_ISDIR(status->st_mode))
        return copy_subdirectory(copy, from, to, name, depth);
    if (S_ISLNK(status->st_mode))
        return copy_link(from, to, name);
    return mknodat(to, name, status->st_mode & S_IFMT, status->st_rdev) < 0 ? errno : 0;
}

static int copy_entry(struct copy *copy, int from, int to, const char *name, int depth)
{
    struct stat status;
    bool linked = false;
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return errno;
    int error = link_to_copy(copy, to, name, &status, &linked);
    if (error != 0 || linked)
        return error;
    error = make_entry(copy, from, to, name, &status, depth);
    return error != 0 ? error : copy_attributes(from, to, name, &status);
}

/* With a name at the end of the path that leads to the copy. */
static int copy_named(struct copy *copy, int from, int to, const char *name, int depth)
{
    size_t length = strlen(copy->path);
    int n = snprintf(copy->path + length, sizeof(copy->path) - length, "%s%s", length == 0 ? "" : "/", name);
    int error = n < 0 || (size_t)n >= sizeof(copy->path) - length ? ENAMETOOLONG : 0;
    if (error == 0)
        error = copy_entry(copy, from, to, name, depth);
    copy->path[length] = '\0';
    return error;
}

/* `from` is closed. */
static int copy_directory(struct copy *copy, int from, int to, int depth)
{
    DIR *entries = depth < DEPTH_MAX ? fdopendir(from) : NULL;
    if (entries == NULL) {
        int error = depth < DEPTH_MAX ? errno : ELOOP;
        close(from);
        return error;
    }
    int error = 0;
    while (error == 0) { /* ends with the directory */
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (entry == NULL) {
            error = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            error = copy_named(copy, from, to, entry->d_name, depth);
    }
    closedir(entries);
    return error;
}

int copy_up(const struct init *init, int covered, const char *path)
{
    struct copy copy = {.links = NULL};
    copy.root = resolve_open(init, path, O_RDONLY | O_DIRECTORY);
    if (copy.root < 0)
        return errno;
    int from = openat(covered, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* does not enter what is mounted on it */
    int error = from < 0 ? errno : copy_directory(&copy, from, copy.root, 0);
    forget_links(&copy);
    close(copy.root);
    return error;
}
