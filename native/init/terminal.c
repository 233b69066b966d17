/* A terminal of the container's own, whose other end the runtime gets. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "mounts.h"
#include "resolve.h"
#include "sync.h"
#include "target.h"

#define MULTIPLEXER "/dev/pts/ptmx"
#define CONSOLE "/dev/console"

/* Of a devpts and nothing else, whatever the container has put in its place; -1 and errno otherwise. */
static int open_multiplexer(const struct init *init)
{
    struct statfs filesystem;
    uint64_t flags = O_RDWR | O_NOCTTY;
    int fd = init->root >= 0 ? resolve_open(init, MULTIPLEXER, flags) : resolve_here(MULTIPLEXER, flags);
    if (fd < 0)
        return -1;
    if (fstatfs(fd, &filesystem) == 0 && filesystem.f_type == DEVPTS_SUPER_MAGIC)
        return fd;
    close(fd);
    errno = ENODEV;
    return -1;
}

/* The other end, by no name that somebody could exchange; -1 and errno otherwise. */
static int open_slave(int master)
{
    int unlocked = 0;
    if (ioctl(master, TIOCSPTLCK, &unlocked) < 0)
        return -1;
    return ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

static int bind_console(const struct init *init, int slave)
{
    int error = may_mount(init);
    if (error != 0)
        return error;
    int target = target_open_file(init, CONSOLE);
    if (target < 0)
        return errno;
    error = mount_onto(target, fd_path(slave).text, NULL, MS_BIND, NULL);
    close(target);
    return error;
}

/* The process leads a session without a terminal: this one becomes its controlling terminal. */
static int take_streams(int slave)
{
    for (int fd = 0; fd < 3; fd++) {
        if (dup2(slave, fd) < 0)
            return errno;
    }
    return ioctl(STDIN_FILENO, TIOCSCTTY, 0) < 0 ? errno : 0;
}

static int set_up(const struct init *init, int master, int slave, uid_t uid, const struct winsize *size)
{
    if (fchown(slave, uid, (gid_t)-1) < 0 || ioctl(master, TIOCSWINSZ, size) < 0)
        return errno;
    return sync_send_descriptor(init->sync, SYNC_TERMINAL, master) ? 0 : EPIPE;
}

int step_terminal(struct init *init, struct wire_reader *fields)
{
    uid_t uid = wire_u32(fields);
    struct winsize size = {.ws_row = (unsigned short)wire_u32(fields)};
    size.ws_col = (unsigned short)wire_u32(fields);
    bool console = wire_u32(fields) != 0;
    if (uid == (uid_t)-1)
        return EINVAL;
    int master = open_multiplexer(init);
    if (master < 0)
        return errno;
    int slave = open_slave(master);
    int error = slave < 0 ? errno : set_up(init, master, slave, uid, &size);
    close(master);
    if (error == 0 && console)
        error = bind_console(init, slave);
    if (error == 0)
        error = take_streams(slave);
    if (slave >= 0)
        close(slave);
    return error;
}
