/* Mounts whose files belong to other ids than on the disk (mount_setattr(2), "ID-mapped mounts"). */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "id_maps.h"
#include "mounts.h"

/* A user namespace lives as long as a process is in it, or a descriptor is open. The process ends with our end of the pipe. */
static pid_t hold_user_namespace(const int gate[2])
{
    char byte;
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid != 0)
        return pid;
    close(gate[1]);
    (void)!read(gate[0], &byte, 1);
    _exit(0);
}

static int open_user_namespace(const struct init *init, pid_t pid, const struct id_maps *maps, int *user)
{
    char path[64];
    int error = write_id_maps(init, pid, maps);
    if (error != 0)
        return error;
    (void)snprintf(path, sizeof(path), "%d/ns/user", (int)pid);
    *user = openat(init->proc, path, O_RDONLY | O_CLOEXEC);
    return *user < 0 ? errno : 0;
}

static int make_user_namespace(const struct init *init, const struct id_maps *maps, int *user)
{
    int gate[2];
    if (pipe2(gate, O_CLOEXEC) < 0)
        return errno;
    pid_t pid = hold_user_namespace(gate);
    int error = pid < 0 ? errno : open_user_namespace(init, pid, maps, user);
    close(gate[1]);
    close(gate[0]);
    if (pid > 0 && waitpid(pid, NULL, 0) < 0 && error == 0)
        error = errno;
    return error;
}

/* What is mounted in the container later must not show on the host, as for other bind mounts. */
static int map_ids(int tree, int user, bool whole)
{
    struct mount_attr slave = {.propagation = MS_SLAVE};
    struct mount_attr mapped = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = (uint64_t)user};
    int error = set_tree_attributes(tree, &slave);
    if (error != 0)
        return error;
    unsigned int reach = AT_EMPTY_PATH | (whole ? AT_RECURSIVE : 0);
    return syscall(SYS_mount_setattr, tree, "", reach, &mapped, sizeof(mapped)) < 0 ? errno : 0;
}

int step_open_mapped_tree(struct init *init, struct wire_reader *fields)
{
    struct id_maps maps = {.deny_setgroups = false};
    const char *source = wire_string(fields);
    bool recursive = wire_u32(fields) != 0;
    bool whole = wire_u32(fields) != 0;
    maps.uid = wire_string(fields);
    maps.gid = wire_string(fields);
    int user = -1;
    if (init->trees_count == TREES_MAX)
        return E2BIG;
    int error = make_user_namespace(init, &maps, &user);
    if (error != 0)
        return error;
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, source,
                            OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (recursive ? AT_RECURSIVE : 0));
    error = tree < 0 ? errno : map_ids(tree, user, whole);
    close(user);
    if (error == 0)
        init->trees[init->trees_count++] = tree;
    return error;
}

int attach_tree(const struct init *init, size_t number, int target)
{
    if (number >= init->trees_count)
        return EINVAL;
    long result = syscall(SYS_move_mount, init->trees[number], "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
    return result < 0 ? errno : 0;
}
