/* Entering the root filesystem where pivot_root(2) can't: below a root that is the kernel's first ramfs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "mounts.h"

enum { LINE_BYTES_MAX = 4 * (2 * PATH_MAX + 4096), POINTS_BYTES_MAX = 1 << 16, LINES_MAX = 1 << 17 };

/* Mount points, each with a zero byte at its end. */
struct points {
    char text[POINTS_BYTES_MAX];
    size_t used;
};

static bool below(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* The kernel writes blanks, line ends and backslashes as \ooo (proc_pid_mountinfo(5)). */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; to++) {
        if (from[0] == '\\' && from[1] != '\0' && from[2] != '\0' && from[3] != '\0') {
            *to = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

/*
 * The mount point of a line of mountinfo, in place, if the whole of a procfs or sysfs is mounted there; NULL otherwise. Fields: mount
 * id, parent, device, root, mount point, options, optional ones, "-", type.
 */
static char *kernel_filesystem(char *line)
{
    char *fields[5];
    char *type = strstr(line, " - ");
    if (type == NULL || (strncmp(type, " - proc ", 8) != 0 && strncmp(type, " - sysfs ", 9) != 0))
        return NULL;
    for (int i = 0; i < 5; i++) {
        fields[i] = strsep(&line, " ");
        if (fields[i] == NULL)
            return NULL;
    }
    if (strcmp(fields[3], "/") != 0)
        return NULL;
    unescape(fields[4]);
    return fields[4];
}

static int collect(FILE *mountinfo, const char *root, struct points *points)
{
    static char line[LINE_BYTES_MAX];
    for (int i = 0; i < LINES_MAX; i++) {
        if (fgets(line, sizeof(line), mountinfo) == NULL)
            return ferror(mountinfo) ? EIO : 0;
        if (strchr(line, '\n') == NULL)
            return E2BIG;
        const char *point = kernel_filesystem(line);
        if (point == NULL || below(point, root))
            continue;
        size_t size = strlen(point) + 1;
        if (size > sizeof(points->text) - points->used)
            return E2BIG;
        memcpy(points->text + points->used, point, size);
        points->used += size;
    }
    return E2BIG;
}

static int find_kernel_filesystems(const struct init *init, struct points *points)
{
    int fd = openat(init->proc, "self/mountinfo", O_RDONLY | O_CLOEXEC);
    FILE *mountinfo = fd < 0 ? NULL : fdopen(fd, "r");
    if (mountinfo == NULL)
        return errno;
    int error = collect(mountinfo, init->root_path, points);
    return fclose(mountinfo) != 0 && error == 0 ? errno : error;
}

/* Without the right to unmount it (in a user namespace it is locked to what lies around it) it is covered. */
static int hide(const char *point)
{
    if (mount(NULL, point, NULL, MS_SLAVE | MS_REC, NULL) < 0)
        return errno == ENOENT || errno == EINVAL ? 0 : errno; /* gone with another one */
    if (umount2(point, MNT_DETACH) == 0)
        return 0;
    if (errno != EINVAL && errno != EPERM)
        return errno;
    return mount("tmpfs", point, "tmpfs", MS_RDONLY, "mode=0") < 0 ? errno : 0;
}

/*
 * After a mere chroot the host's mounts are still in the namespace, and as long as a whole procfs or sysfs is among them the kernel
 * lets a user namespace inside mount new ones, without the container's masks (mount_too_revealing in fs/namespace.c).
 */
static int hide_kernel_filesystems(const struct init *init)
{
    static struct points points;
    int error = find_kernel_filesystems(init, &points);
    for (size_t at = 0; at < points.used && error == 0; at += strlen(points.text + at) + 1)
        error = hide(points.text + at);
    return error;
}

/* The mount moves to "/" in this namespace alone: a "/" that is shared would get it on the host, too. */
static int move_to_top(int root)
{
    if (mount(NULL, "/", NULL, MS_SLAVE, NULL) < 0 || fchdir(root) < 0)
        return errno;
    if (mount(".", "/", NULL, MS_MOVE, NULL) < 0)
        return errno;
    return chroot(".") < 0 || chdir("/") < 0 ? errno : 0;
}

int step_move_root(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    int error = may_mount(init);
    if (error != 0 || init->root < 0)
        return EINVAL;
    error = hide_kernel_filesystems(init);
    if (error == 0)
        error = move_to_top(init->root);
    if (error != 0)
        return error;
    strcpy(init->root_path, "/");
    return fchdir(init->proc) < 0 ? errno : 0;
}
