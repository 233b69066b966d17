/* Paths that the container may not write to, or not see. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"

static bool missing(int error)
{
    return error == ENOENT || error == ENOTDIR;
}

int step_readonly_path(struct init *init, struct wire_reader *fields)
{
    const char *path = wire_string(fields);
    int error = may_mount(init);
    if (error != 0)
        return error;
    int target = resolve_open(init, path, O_PATH);
    if (target < 0)
        return missing(errno) ? 0 : errno;
    error = mount_onto(target, fd_path(target).text, NULL, MS_BIND | MS_REC, NULL);
    close(target);
    if (error != 0)
        return error;
    int top = resolve_open(init, path, O_PATH);
    if (top < 0)
        return errno;
    error = remount_keeping(top, MS_RDONLY);
    close(top);
    return error;
}

/* Hides a file behind the container's /dev/null, if that is what it says it is (an image could have placed something else). */
static int mask_file(const struct init *init, int target)
{
    struct stat status;
    int null = resolve_open(init, "/dev/null", O_PATH | O_NOFOLLOW);
    if (null < 0)
        return errno;
    int error = 0;
    if (fstat(null, &status) < 0)
        error = errno;
    else if (!S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3))
        error = ENODEV;
    else
        error = mount_onto(target, fd_path(null).text, NULL, MS_BIND, NULL);
    close(null);
    return error;
}

int step_mask_path(struct init *init, struct wire_reader *fields)
{
    const char *path = wire_string(fields);
    struct stat status;
    int error = may_mount(init);
    if (error != 0)
        return error;
    int target = resolve_open(init, path, O_PATH);
    if (target < 0)
        return missing(errno) ? 0 : errno;
    if (fstat(target, &status) < 0)
        error = errno;
    else if (S_ISDIR(status.st_mode))
        error = mount_onto(target, "tmpfs", "tmpfs", MS_RDONLY, NULL);
    else
        error = mask_file(init, target);
    close(target);
    return error;
}
