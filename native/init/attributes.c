/* Attributes of whole trees of mounts. */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"

int set_tree_attributes(int tree, struct mount_attr *attributes)
{
    const unsigned int whole = AT_EMPTY_PATH | AT_RECURSIVE;
    return syscall(SYS_mount_setattr, tree, "", whole, attributes, sizeof(*attributes)) < 0 ? errno : 0;
}

int step_set_mount_attributes(struct init *init, struct wire_reader *fields)
{
    const char *path = wire_string(fields);
    struct mount_attr attributes = {.attr_set = wire_u64(fields)};
    attributes.attr_clr = wire_u64(fields);
    int error = may_mount(init);
    if (error != 0)
        return error;
    int top = resolve_open(init, path, O_PATH);
    if (top < 0)
        return errno;
    error = set_tree_attributes(top, &attributes);
    close(top);
    return error;
}
