/* Entering and making namespaces. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "id_maps.h"
#include "init.h"
#include "kernel_file.h"
#include "protect.h"
#include "sync.h"

int step_join_namespace(struct init *init, struct wire_reader *fields)
{
    (void)wire_string(fields); /* opened before the first step */
    uint32_t kind = wire_u32(fields);
    if (init->joined_done >= init->joined_count)
        return EINVAL;
    int fd = init->joined[init->joined_done++];
    int error = hide_from_container();
    if (error != 0)
        return error;
    if (setns(fd, (int)kind) < 0)
        return errno;
    init->own_mounts = init->own_mounts || kind == CLONE_NEWNS;
    init->foreign_user = init->foreign_user || kind == CLONE_NEWUSER;
    return close(fd) < 0 ? errno : 0;
}

/* As fork, in new namespaces; the new process is a child of our parent. */
static pid_t clone_sibling(uint64_t namespaces)
{
    struct clone_args arguments = {.flags = namespaces | CLONE_PARENT}; /* its exit signal is ours */
    long pid = syscall(SYS_clone3, &arguments, sizeof(arguments));
    if (pid < 0 && errno == ENOSYS) /* some sandboxes hide clone3 */
        pid = syscall(SYS_clone, namespaces | CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
    return (pid_t)pid;
}

static int write_proc(const struct init *init, pid_t pid, const char *name, const char *content)
{
    char path[64];
    (void)snprintf(path, sizeof(path), "%d/%s", (int)pid, name);
    return write_kernel_file(openat(init->proc, path, O_WRONLY | O_CLOEXEC), content);
}

/* The process itself stays where it is: its children enter, and from then on the offsets are fixed. */
int step_time_namespace(struct init *init, struct wire_reader *fields)
{
    const char *offsets = wire_string(fields);
    if (unshare(CLONE_NEWTIME) < 0)
        return errno;
    return offsets[0] == '\0' ? 0 : write_proc(init, getpid(), "timens_offsets", offsets);
}

int write_id_maps(const struct init *init, pid_t pid, const struct id_maps *maps)
{
    int error = 0;
    if (maps->deny_setgroups)
        error = write_proc(init, pid, "setgroups", "deny");
    if (error == 0 && maps->gid[0] != '\0')
        error = write_proc(init, pid, "gid_map", maps->gid);
    if (error == 0 && maps->uid[0] != '\0')
        error = write_proc(init, pid, "uid_map", maps->uid);
    if (error == 0 && maps->by_runtime &&
        (!sync_send(init->sync, SYNC_MAPS, (uint32_t)pid, 0) || !sync_await_proceed(init->sync)))
        _exit(1); /* the runtime has given up, and knows why */
    return error;
}

/* In the new process: waits for its maps, then becomes root in its user namespace, to which what it makes `late` belongs. */
static int begin_container(struct init *init, const int gate[2], uint64_t namespaces, uint64_t late)
{
    char byte;
    if (close(gate[1]) < 0)
        return errno;
    if (read(gate[0], &byte, 1) != 1)
        _exit(1); /* the first process has failed and said so */
    close(gate[0]);
    init->container = true;
    init->own_mounts = init->own_mounts || (namespaces & CLONE_NEWNS) != 0;
    init->foreign_user = init->foreign_user || (namespaces & CLONE_NEWUSER) != 0;
    int error = init->foreign_user ? become_root(init) : 0;
    if (error != 0)
        return error;
    if (late != 0 && unshare((int)late) < 0)
        return errno;
    /* mount(2) knows no directory descriptors: descriptors are named relative to the host's /proc, the working directory */
    return fchdir(init->proc) < 0 ? errno : 0;
}

int step_clone(struct init *init, struct wire_reader *fields)
{
    uint64_t namespaces = wire_u64(fields);
    struct id_maps maps;
    maps.uid = wire_string(fields);
    maps.gid = wire_string(fields);
    maps.deny_setgroups = wire_u32(fields) != 0;
    maps.by_runtime = wire_u32(fields) != 0;
    const uint64_t known = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS |
                           CLONE_NEWCGROUP;
    int gate[2];
    if ((namespaces & ~known) != 0)
        return EINVAL;
    if (pipe2(gate, O_CLOEXEC) < 0)
        return errno;
    /* the filesystem of an ipc namespace's message queues belongs to whoever makes the namespace */
    uint64_t late = (namespaces & CLONE_NEWUSER) != 0 ? namespaces & CLONE_NEWIPC : 0;
    pid_t pid = clone_sibling(namespaces & ~late);
    if (pid < 0)
        return errno;
    if (pid == 0)
        return begin_container(init, gate, namespaces, late);
    int error = (namespaces & CLONE_NEWUSER) != 0 ? write_id_maps(init, pid, &maps) : 0;
    if (error != 0)
        return error; /* our end closes the gate, which ends the new process */
    if (!sync_send(init->sync, SYNC_CHILD, (uint32_t)pid, 0) || write(gate[1], "", 1) != 1)
        _exit(1);
    _exit(0);
}
