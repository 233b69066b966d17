#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fill.h"
#include "later.h"

/* Whoever ends so often doesn't come to anything. */
enum { FILLERS_MAX = 1000 };

static int pidfd_open(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

void fill_tell(enum fill_word word, const char *text, int fd)
{
    (void)fill_send(FILL_CONTROL, word, text, fd, 0);
}

void fill_end_container(void)
{
    if (syscall(SYS_pidfd_send_signal, FILL_ROOT, SIGKILL, NULL, 0) < 0)
        return; /* nothing runs yet: it is no pidfd (EBADF); or all has ended (ESRCH) */
    /* the first process of a pid namespace is gone only when all others in it are (pid_namespaces(7)) */
    struct pollfd ended = {.fd = FILL_ROOT, .events = POLLIN};
    while (poll(&ended, 1, -1) < 0 && errno == EINTR) {
        /* the kernel ends what was killed */
    }
}

_Noreturn void fill_fail(struct fill *fill, const char *what, int error)
{
    if (error == 0)
        (void)snprintf(fill->reason, sizeof(fill->reason), "%s", what);
    else
        (void)snprintf(fill->reason, sizeof(fill->reason), "%s: %s", what, strerror(error));
    fill_end_container(); /* the guard does the same, unless it is dead */
    _exit(EXIT_FAILURE);
}

/* Java names the container's first process: it is held, and hasn't run yet. False if it is gone. */
static bool guard_root(uint32_t pid)
{
    int fd = pidfd_open((pid_t)pid);
    if (fd < 0)
        return false;
    bool placed = dup3(fd, FILL_ROOT, O_CLOEXEC) >= 0;
    (void)close(fd);
    return placed;
}

/* Whether Java's last word was that the container may run; with files nobody needs Java then. */
static bool released(const struct fill *fill)
{
    return fill->stored != NULL && fill->heard[0] == FILL_RELEASE;
}

/* Whether the one of the two that is left can go on: not if a userfaultfd of CRIU's was on its way into the journal. */
static bool goes_on(struct fill *fill)
{
    bool receiving = fill->said > 0 && fill->said != FILL_CRIU_FINISHED;
    return released(fill) && !receiving && fill->reason[0] == '\0' && fill->fillers < FILLERS_MAX;
}

/* The next word of Java's, in memory that both have: it isn't lost with the guard. */
static ssize_t hear(struct fill *fill, int flags)
{
    return recv(FILL_CONTROL, fill->heard, sizeof(fill->heard), flags);
}

static _Noreturn void run_filler(struct fill *fill, pid_t guard)
{
    int left = fill->guard;
    fill->guard = -1;
    if (left >= 0)
        (void)close(left);
    (void)prctl(PR_SET_NAME, "jmigrate-fill");
    (void)mlock(fill, sizeof(*fill)); /* the kernel writes events to it, which has to succeed even if this process was killed */
    fill->guard = pidfd_open(guard);
    if (fill->guard >= 0 && getppid() == guard && fill_run(fill)) {
        /* the filler says so, as the guard may be frozen with the container; and before it ends: if it is killed, another one says so again */
        fill->complete = true;
        fill_tell(FILL_COMPLETE, "", -1);
        _exit(EXIT_SUCCESS);
    }
    if (!released(fill))
        (void)hear(fill, MSG_DONTWAIT); /* what the guard didn't come to */
    if (!goes_on(fill))
        fill_fail(fill, "its guard was killed", 0);
    _exit(fill_guard(fill));
}

/* Returns its pidfd, or -1. */
static int start_filler(struct fill *fill, pid_t *pid)
{
    pid_t self = getpid();
    fill->fillers++;
    *pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    if (*pid == 0)
        run_filler(fill, self);
    return *pid < 0 ? -1 : pidfd_open(*pid);
}

/* Why the filler has ended, or NULL if it has ended well. */
static const char *end_of(struct fill *fill, pid_t filler)
{
    int status = 0;
    if (waitpid(filler, &status, 0) != filler || WIFSIGNALED(status))
        return fill->reason[0] != '\0' ? fill->reason : "the process that brings it was killed";
    if (WEXITSTATUS(status) == 0)
        return NULL;
    if (fill->reason[0] == '\0')
        (void)snprintf(fill->reason, sizeof(fill->reason), "the process that brings it has failed");
    return fill->reason;
}

/* Why nothing is to be expected of Java any more, or NULL. */
static const char *hear_java(struct fill *fill)
{
    ssize_t n = hear(fill, 0);
    if (n <= 0)
        return "jmigrate has ended";
    if (n == (ssize_t)sizeof(fill->heard) && fill->heard[0] == FILL_RELEASE)
        return NULL;
    if (n != (ssize_t)sizeof(fill->heard) || fill->heard[0] != FILL_GUARD || !guard_root(fill->heard[1]))
        return "the container's first process is gone";
    fill_tell(FILL_GUARDED, "", -1);
    return NULL;
}

/* What kills the container's cgroups kills the container too, and what kills others leaves one of the two. */
static void join_container(const struct fill *fill)
{
    for (char **file = fill->cgroups; *file != NULL; file++) {
        int fd = open(*file, O_WRONLY | O_CLOEXEC);
        if (fd >= 0) {
            (void)!write(fd, "0", 1); /* the writer (cgroups(7)); the container may be gone */
            (void)close(fd);
        }
    }
}

/* When there is a filler: Java puts the guard into the container's cgroups then, which the filler must not be in. */
static void show(struct fill *fill)
{
    if (fill->shown >= 0) {
        fill_tell(FILL_READY, "", fill->shown);
        (void)close(fill->shown);
        fill->shown = -1;
    }
}

/* Why memory can't come any more, or NULL if it is all there. */
static const char *guard(struct fill *fill)
{
    bool first = fill->fillers == 0;
    pid_t filler;
    struct pollfd polled[] = {{.fd = start_filler(fill, &filler), .events = POLLIN}, {.fd = FILL_CONTROL, .events = POLLIN}};
    if (polled[0].fd >= 0)
        show(fill);
    if (!first)
        join_container(fill);
    while (polled[0].fd >= 0) { /* ends with the last filler, or with Java */
        if (poll(polled, 2, -1) < 0)
            continue;
        if (polled[1].revents != 0) {
            const char *reason = hear_java(fill);
            if (reason != NULL && !released(fill) && !fill->complete)
                return reason;
            if (reason != NULL)
                polled[1].fd = -1;
            continue;
        }
        const char *reason = end_of(fill, filler);
        if (reason == NULL || !goes_on(fill))
            return reason;
        (void)close(polled[0].fd);
        polled[0].fd = start_filler(fill, &filler);
    }
    return "no process can be started";
}

int fill_guard(struct fill *fill)
{
    (void)prctl(PR_SET_NAME, "jmigrate-guard"); /* who kills all processes of a name kills only one of the two */
    const char *reason = guard(fill);
    (void)unlink(FILL_SOCKET);
    if (fill->listener >= 0)
        (void)unlink(LATER_SOCKET);
    if (reason == NULL)
        return EXIT_SUCCESS;
    fill_end_container();
    fill_tell(FILL_FAILED, reason, -1);
    return EXIT_FAILURE;
}
