/* Copies what a directory holds into the filesystem that covers it: files, directories, links and nodes, with owner, mode and times. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"

enum { DEPTH_MAX = 128, CHUNK_BYTES = 1 << 20 }; /* each level holds two descriptors open */

static int copy_directory(int from, int to, int depth);

/* Both ends are closed. */
static int copy_content(int from, int to)
{
    struct stat status;
    int error = fstat(from, &status) < 0 ? errno : 0;
    if (error == 0 && !S_ISREG(status.st_mode))
        error = ESTALE; /* replaced since it was looked at */
    ssize_t copied = 1;
    while (error == 0 && copied > 0) { /* ends with the file */
        copied = sendfile(to, from, NULL, CHUNK_BYTES);
        if (copied < 0)
            error = errno;
    }
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

static int copy_subdirectory(int from, int to, const char *name, int depth)
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
    int error = copy_directory(in, out, depth + 1);
    close(out);
    return error;
}

static int copy_attributes(int to, const char *name, const struct stat *status)
{
    const struct timespec times[2] = {status->st_atim, status->st_mtim};
    if (fchownat(to, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW) < 0)
        return errno;
    if (!S_ISLNK(status->st_mode) && fchmodat(to, name, status->st_mode & 07777, 0) < 0)
        return errno;
    return utimensat(to, name, times, AT_SYMLINK_NOFOLLOW) < 0 ? errno : 0;
}

static int copy_entry(int from, int to, const char *name, int depth)
{
    struct stat status;
    int error = 0;
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return errno;
    if (S_ISREG(status.st_mode))
        error = copy_file(from, to, name);
    else if (S_ISDIR(status.st_mode))
        error = copy_subdirectory(from, to, name, depth);
    else if (S_ISLNK(status.st_mode))
        error = copy_link(from, to, name);
    else if (mknodat(to, name, status.st_mode & S_IFMT, status.st_rdev) < 0)
        error = errno;
    return error != 0 ? error : copy_attributes(to, name, &status);
}

/* `from` is closed. */
static int copy_directory(int from, int to, int depth)
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
            error = copy_entry(from, to, entry->d_name, depth);
    }
    closedir(entries);
    return error;
}

int copy_up(const struct init *init, int covered, const char *path)
{
    int to = resolve_open(init, path, O_RDONLY | O_DIRECTORY);
    if (to < 0)
        return errno;
    int from = openat(covered, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* does not enter what is mounted on it */
    int error = from < 0 ? errno : copy_directory(from, to, 0);
    close(to);
    return error;
}
