/* The container's root filesystem. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"

enum { COMPONENTS_MAX = PATH_MAX / 2 };

int step_root_propagation(struct init *init, struct wire_reader *fields)
{
    int error = may_mount(init);
    if (error != 0)
        return error;
    return mount(NULL, "/", NULL, wire_u64(fields), NULL) < 0 ? errno : 0;
}

/* pivot_root(2) wants the mount that the new root lies on not to be shared: the nearest one above the path. */
static int make_private(const char *path)
{
    char above[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof(above) || path[0] != '/')
        return EINVAL;
    memcpy(above, path, length + 1);
    for (int i = 0; i < COMPONENTS_MAX; i++) {
        if (mount(NULL, above, NULL, MS_PRIVATE, NULL) == 0)
            return 0;
        if (errno != EINVAL || above[1] == '\0')
            return errno; /* EINVAL: not a mount point */
        char *slash = strrchr(above, '/');
        slash[slash == above ? 1 : 0] = '\0';
    }
    return ELOOP;
}

int step_bind_root(struct init *init, struct wire_reader *fields)
{
    const char *rootfs = wire_string(fields);
    int error = may_mount(init);
    if (error == 0)
        error = make_private(rootfs);
    if (error != 0)
        return error;
    if (mount(rootfs, rootfs, NULL, MS_BIND | MS_REC, NULL) < 0)
        return errno;
    init->root = open(rootfs, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (init->root < 0)
        return errno;
    ssize_t length = readlinkat(init->proc, fd_path(init->root).text, init->root_path, sizeof(init->root_path) - 1);
    if (length <= 0)
        return errno;
    init->root_path[length] = '\0';
    return 0;
}

/* Both roots are "." meanwhile, so that no directory is needed for the old one (pivot_root(2)). */
static int pivot(int old_root, int new_root)
{
    if (fchdir(new_root) < 0 || syscall(SYS_pivot_root, ".", ".") < 0 || fchdir(old_root) < 0)
        return errno;
    /* what is unmounted here must stay mounted on the host */
    if (mount(NULL, ".", NULL, MS_SLAVE | MS_REC, NULL) < 0 || umount2(".", MNT_DETACH) < 0)
        return errno;
    return chdir("/") < 0 ? errno : 0;
}

int step_pivot_root(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    int error = may_mount(init);
    if (error != 0 || init->root < 0)
        return EINVAL;
    int old_root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (old_root < 0)
        return errno;
    error = pivot(old_root, init->root);
    close(old_root);
    if (error != 0)
        return error;
    close(init->root);
    init->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    strcpy(init->root_path, "/");
    return init->root < 0 || fchdir(init->proc) < 0 ? errno : 0;
}

int step_remount_root_readonly(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    int error = may_mount(init);
    if (error != 0 || init->root < 0)
        return EINVAL;
    return remount_keeping(init->root, MS_RDONLY);
}

int step_rootfs_propagation(struct init *init, struct wire_reader *fields)
{
    int error = may_mount(init);
    if (error != 0 || init->root < 0)
        return EINVAL;
    return mount_onto(init->root, NULL, NULL, wire_u64(fields), NULL);
}
