/* Files that are made inside the container's root. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"
#include "target.h"

struct node {
    const char *path;
    mode_t type;
    dev_t device;
    mode_t mode;
    uid_t uid;
    gid_t gid;
};

static int bind_onto_file(const struct init *init, const char *source, const char *target)
{
    int fd = target_open_file(init, target);
    if (fd < 0)
        return errno;
    int error = mount_onto(fd, source, NULL, MS_BIND, NULL);
    close(fd);
    return error;
}

static int same_node(int directory, const char *name, const struct node *node)
{
    struct stat status;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return errno;
    bool same = (status.st_mode & S_IFMT) == node->type && (node->type == S_IFIFO || status.st_rdev == node->device);
    return same ? 0 : EEXIST;
}

/* The creation mask is 0, so that the mode is exact. */
static int make_node(const struct init *init, const struct node *node)
{
    char name[NAME_MAX + 1];
    int directory = resolve_parent(init, node->path, name);
    if (directory < 0)
        return errno;
    int error = 0;
    if (mknodat(directory, name, node->type | node->mode, node->device) < 0)
        error = errno == EEXIST ? same_node(directory, name, node) : errno;
    else if ((node->uid != 0 || node->gid != 0) &&
             fchownat(directory, name, node->uid, node->gid, AT_SYMLINK_NOFOLLOW) < 0)
        error = errno;
    close(directory);
    return error;
}

int step_make_node(struct init *init, struct wire_reader *fields)
{
    struct node node;
    node.path = wire_string(fields);
    node.type = wire_u32(fields);
    uint32_t major = wire_u32(fields);
    node.device = makedev(major, wire_u32(fields));
    node.mode = wire_u32(fields) & 07777;
    node.uid = wire_u32(fields);
    node.gid = wire_u32(fields);
    bool device = node.type == S_IFCHR || node.type == S_IFBLK;
    int error = may_mount(init);
    if (error != 0 || (!device && node.type != S_IFIFO))
        return EINVAL;
    error = make_node(init, &node);
    return error == EPERM && device ? bind_onto_file(init, node.path, node.path) : error;
}

int step_bind_node(struct init *init, struct wire_reader *fields)
{
    const char *source = wire_string(fields);
    int error = may_mount(init);
    return error != 0 ? error : bind_onto_file(init, source, wire_string(fields));
}

static int same_link(int directory, const char *name, const char *target)
{
    char present[PATH_MAX];
    ssize_t length = readlinkat(directory, name, present, sizeof(present) - 1);
    if (length < 0)
        return EEXIST;
    present[length] = '\0';
    return strcmp(present, target) == 0 ? 0 : EEXIST;
}

int step_symlink(struct init *init, struct wire_reader *fields)
{
    char name[NAME_MAX + 1];
    const char *path = wire_string(fields);
    const char *target = wire_string(fields);
    int directory = resolve_parent(init, path, name);
    if (directory < 0)
        return errno;
    int error = symlinkat(target, directory, name) < 0 ? errno : 0;
    if (error == EEXIST)
        error = same_link(directory, name, target);
    close(directory);
    return error;
}

int step_make_directory(struct init *init, struct wire_reader *fields)
{
    char name[NAME_MAX + 1];
    const char *path = wire_string(fields);
    mode_t mode = wire_u32(fields) & 07777;
    int existing = resolve_open(init, path, O_PATH | O_DIRECTORY);
    if (existing >= 0)
        return close(existing) < 0 ? errno : 0;
    if (errno != ENOENT)
        return errno;
    int directory = resolve_parent(init, path, name);
    if (directory < 0)
        return errno;
    int error = mkdirat(directory, name, mode) < 0 ? errno : 0;
    close(directory);
    return error;
}
