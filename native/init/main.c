#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "init.h"
#include "plan.h"
#include "protect.h"
#include "sync.h"

enum { EXIT_FAILED = 1, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

/* If the runtime no longer listens, the container's own standard error is the only place left to say it. */
static int fail(const struct init *init, uint32_t index, int error)
{
    if (!sync_send(init->sync, SYNC_FAILED, index, (uint32_t)error))
        (void)dprintf(STDERR_FILENO, "jmigrate-init: step %u failed: %s\n", index, strerror(error));
    return EXIT_FAILED;
}

static int fail_to_execute(const struct init *init, uint32_t index, int error)
{
    if (!sync_send(init->sync, SYNC_FAILED, index, (uint32_t)error))
        (void)dprintf(STDERR_FILENO, "jmigrate-init: exec %s: %s\n", init->executable, strerror(error));
    return error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
}

/* The exec FIFO, if one was given. */
static int find_fifo(void)
{
    struct stat status;
    return fstat(FIFO_NUMBER, &status) == 0 && S_ISFIFO(status.st_mode) ? FIFO_NUMBER : -1;
}

/* The host's /proc, and nothing that only looks like it. */
static int open_proc(void)
{
    struct statfs filesystem;
    int fd = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && (fstatfs(fd, &filesystem) < 0 || filesystem.f_type != PROC_SUPER_MAGIC)) {
        errno = ENODEV;
        return -1;
    }
    return fd;
}

static int prepare(struct init *init)
{
    *init = (struct init){.sync = SYNC_NUMBER, .fifo = find_fifo(), .started = -1, .proc = -1, .root = -1};
    if (close_range(SYNC_NUMBER, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
        return errno;
    /* An ordinary user's process would lose its own files in /proc, which it needs, and hides when it enters a container. */
    int error = geteuid() == 0 ? hide_from_container() : 0;
    if (error != 0)
        return error;
    if (prctl(PR_SET_NAME, "jmigrate-init", 0, 0, 0) < 0)
        return errno;
    umask(0);
    init->proc = open_proc();
    return init->proc < 0 ? errno : 0;
}

int main(int argc, char **argv)
{
    static struct init init = {.sync = SYNC_NUMBER};
    static struct plan plan;
    if (argc != 1 || fcntl(SYNC_NUMBER, F_GETFD) < 0 || fcntl(PLAN_NUMBER, F_GETFD) < 0) {
        (void)dprintf(STDERR_FILENO, "jmigrate-init: is started by jmigrate with a plan, and does nothing without one\n");
        return EXIT_FAILED;
    }
    int error = protect_executable(argv, environ);
    if (error == 0)
        error = prepare(&init);
    if (error == 0)
        error = plan_read(PLAN_NUMBER, &plan);
    if (error != 0)
        return fail(&init, SYNC_NO_STEP, error);
    size_t index = 0;
    error = plan_open_namespaces(&plan, &init, &index);
    if (error != 0)
        return fail(&init, (uint32_t)index, error);
    for (index = 0; index < plan.count; index++) { /* Clone continues in the new process */
        error = plan_run(&plan, index, &init);
        if (error != 0 && plan_is_execute(&plan, index))
            return fail_to_execute(&init, (uint32_t)index, error);
        if (error != 0)
            return fail(&init, (uint32_t)index, error);
    }
    return fail(&init, SYNC_NO_STEP, EPROTO); /* not reached: the last step executes the program */
}
