#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "resolve.h"
#include "target.h"

enum { DATA_BYTES_MAX = 4096 }; /* mount(2) takes a page at most */

#ifndef ST_NOSYMFOLLOW
#define ST_NOSYMFOLLOW 0x2000
#endif

int may_mount(const struct init *init)
{
    return init->container && init->own_mounts && !init->moved ? 0 : EINVAL;
}

int mount_onto(int target, const char *source, const char *fstype, unsigned long flags, const char *data)
{
    return mount(source, fd_path(target).text, fstype, flags, data) < 0 ? errno : 0;
}

/* The flags that a mount point has, as mount(2) knows them. */
static int present_flags(int target, unsigned long *flags)
{
    static const struct {
        unsigned long have;
        unsigned long flag;
    } table[] = {
        {ST_RDONLY, MS_RDONLY},   {ST_NOSUID, MS_NOSUID},         {ST_NODEV, MS_NODEV},       {ST_NOEXEC, MS_NOEXEC},
        {ST_NOATIME, MS_NOATIME}, {ST_NODIRATIME, MS_NODIRATIME}, {ST_RELATIME, MS_RELATIME},
        {ST_NOSYMFOLLOW, MS_NOSYMFOLLOW},
    };
    struct statvfs status;
    if (fstatvfs(target, &status) < 0)
        return errno;
    *flags = 0;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if ((status.f_flag & table[i].have) != 0)
            *flags |= table[i].flag;
    }
    return 0;
}

int remount_keeping(int target, unsigned long flags)
{
    unsigned long present = 0;
    int error = present_flags(target, &present);
    return error != 0 ? error : mount_onto(target, NULL, NULL, flags | present | MS_REMOUNT | MS_BIND, NULL);
}

/* In a user namespace the flags of the original mount are locked: they stay, unless just they were to be taken away. */
static int remount_open(int target, unsigned long flags, unsigned long cleared)
{
    unsigned long present = 0;
    int error = mount_onto(target, NULL, NULL, flags | MS_REMOUNT | MS_BIND, NULL);
    if (error != EPERM)
        return error;
    error = present_flags(target, &present);
    if (error == 0 && (present & cleared) != 0)
        error = EPERM;
    return error != 0 ? error : remount_keeping(target, flags);
}

static int remount_path(const struct init *init, const char *path, unsigned long flags, unsigned long cleared)
{
    int top = resolve_open(init, path, O_PATH);
    if (top < 0)
        return errno;
    int error = remount_open(top, flags, cleared);
    close(top);
    return error;
}

static int propagate_path(const struct init *init, const char *path, unsigned long propagation)
{
    int top = resolve_open(init, path, O_PATH);
    if (top < 0)
        return errno;
    int error = mount_onto(top, NULL, NULL, propagation, NULL);
    close(top);
    return error;
}

struct mount_fields {
    const char *source;
    const char *target;
    const char *fstype;
    unsigned long flags;
    unsigned long cleared;
    unsigned long propagation;
    const char *data;
    const size_t *tree; /* the number of one that was opened, in place of a source */
    bool file;
    bool copies_up;
    bool made; /* whether there was nothing at the target, and it has been made for the mount */
};

static int bind_mount(const struct init *init, const struct mount_fields *fields, int target)
{
    unsigned long rest = fields->flags & ~(unsigned long)(MS_BIND | MS_REC);
    int error = fields->tree != NULL
                    ? attach_tree(init, *fields->tree, target)
                    : mount_onto(target, fields->source, NULL, MS_BIND | (fields->flags & MS_REC), NULL);
    if (error == 0 && (rest != 0 || fields->cleared != 0))
        error = remount_path(init, fields->target, rest, fields->cleared);
    return error;
}

/*
 * A tmpfs without a mode gets that of the directory it covers, as in runc; the kernel would open it to everybody. So it does where the
 * image has no such directory: Docker's --tmpfs counts on it.
 */
static int mount_tmpfs(const struct mount_fields *fields, int target)
{
    char data[DATA_BYTES_MAX];
    if (fields->made)
        return mount_onto(target, fields->source, fields->fstype, fields->flags, fields->data);
    struct stat status;
    if (fstat(target, &status) < 0)
        return errno;
    int n = snprintf(data, sizeof(data), "mode=%04o%s%s", status.st_mode & 07777, fields->data[0] != '\0' ? "," : "",
                     fields->data);
    if (n < 0 || (size_t)n >= sizeof(data))
        return E2BIG;
    return mount_onto(target, fields->source, fields->fstype, fields->flags, data);
}

static int mount_filesystem(const struct init *init, const struct mount_fields *fields, int target)
{
    if (strcmp(fields->fstype, "tmpfs") == 0) {
        int error = mount_tmpfs(fields, target);
        return error == 0 && fields->copies_up ? copy_up(init, target, fields->target) : error;
    }
    return mount_onto(target, fields->source[0] != '\0' ? fields->source : fields->fstype, fields->fstype, fields->flags,
                      fields->data[0] != '\0' ? fields->data : NULL);
}

static bool is_missing(const struct init *init, const char *path)
{
    int fd = resolve_open(init, path, O_PATH);
    if (fd >= 0)
        close(fd);
    return fd < 0 && errno == ENOENT;
}

static int mount_fields(const struct init *init, struct mount_fields *fields)
{
    enum resolve_kind kind = fields->file ? RESOLVE_FILE : RESOLVE_DIRECTORY;
    fields->made = is_missing(init, fields->target);
    int target = target_open(init, fields->target, fields->fstype, kind);
    if (target < 0)
        return errno;
    bool bind = (fields->flags & MS_BIND) != 0;
    int error = bind ? bind_mount(init, fields, target) : mount_filesystem(init, fields, target);
    close(target);
    if (error == 0 && fields->propagation != 0)
        error = propagate_path(init, fields->target, fields->propagation);
    return error;
}

int step_mount(struct init *init, struct wire_reader *reader)
{
    struct mount_fields fields = {.tree = NULL};
    fields.source = wire_string(reader);
    fields.target = wire_string(reader);
    fields.fstype = wire_string(reader);
    fields.flags = wire_u64(reader);
    fields.cleared = wire_u64(reader);
    fields.propagation = wire_u64(reader);
    fields.data = wire_string(reader);
    fields.file = wire_u32(reader) != 0;
    fields.copies_up = wire_u32(reader) != 0;
    int error = may_mount(init);
    return error != 0 ? error : mount_fields(init, &fields);
}

int step_attach_tree(struct init *init, struct wire_reader *reader)
{
    size_t number = wire_u32(reader);
    struct mount_fields fields = {.fstype = "", .tree = &number};
    fields.target = wire_string(reader);
    fields.flags = wire_u64(reader) | MS_BIND;
    fields.cleared = wire_u64(reader);
    fields.propagation = wire_u64(reader);
    fields.file = wire_u32(reader) != 0;
    int error = may_mount(init);
    return error != 0 ? error : mount_fields(init, &fields);
}

int step_remount(struct init *init, struct wire_reader *fields)
{
    const char *target = wire_string(fields);
    unsigned long flags = wire_u64(fields);
    int error = may_mount(init);
    return error != 0 ? error : remount_path(init, target, flags, 0);
}

static int remount_filesystem(const struct init *init, const char *path, unsigned long flags, const char *data)
{
    int top = resolve_open(init, path, O_PATH);
    if (top < 0)
        return errno;
    int error = mount_onto(top, NULL, NULL, flags | MS_REMOUNT, data[0] != '\0' ? data : NULL);
    close(top);
    return error;
}

int step_reconfigure_mount(struct init *init, struct wire_reader *fields)
{
    const char *target = wire_string(fields);
    bool mount_point = wire_u32(fields) != 0;
    unsigned long flags = wire_u64(fields);
    unsigned long cleared = wire_u64(fields);
    const char *data = wire_string(fields);
    int error = may_mount(init);
    if (error != 0)
        return error;
    return mount_point ? remount_path(init, target, flags, cleared) : remount_filesystem(init, target, flags, data);
}

int step_set_propagation(struct init *init, struct wire_reader *fields)
{
    const char *target = wire_string(fields);
    unsigned long propagation = wire_u64(fields);
    int error = may_mount(init);
    return error != 0 ? error : propagate_path(init, target, propagation);
}
