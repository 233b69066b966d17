#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/keyring.h"

static _Noreturn void fail(int report, uint32_t step)
{
    struct spawn_failure failure = {.errno_value = errno, .step = step};
    ssize_t n = write(report, &failure, sizeof(failure));
    _exit(n == (ssize_t)sizeof(failure) ? 127 : 126);
}

/* Nothing that this process blocks or ignores is handed on. */
static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL); /* KILL, STOP and libc's own two refuse, rightly */
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void ignore_ending_signals(void)
{
    (void)signal(SIGINT, SIG_IGN); /* cannot fail for these three */
    (void)signal(SIGTERM, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
}

static bool given(const struct spawn_request *request, unsigned number)
{
    for (size_t i = 0; i < request->fd_count; i++) {
        if (request->fd_numbers[i] == number)
            return true;
    }
    return false;
}

/* Marks everything above standard error that was not given close-on-exec. */
static bool close_the_rest(const struct spawn_request *request, unsigned highest)
{
    unsigned from = 3;
    for (unsigned number = 3; number <= highest; number++) {
        if (!given(request, number))
            continue;
        if (number > from && close_range(from, number - 1, CLOSE_RANGE_CLOEXEC) < 0)
            return false;
        from = number + 1;
    }
    return close_range(from, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

static bool null_for_missing(const struct spawn_request *request)
{
    for (unsigned number = 0; number <= 2; number++) {
        if (given(request, number))
            continue;
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (null < 0 || dup3(null, (int)number, 0) < 0)
            return false;
        close(null);
    }
    return true;
}

/* Places the descriptors in two moves, so that none is overwritten before it was copied. Returns where `report` is now, or -1. */
static int place_descriptors(const struct spawn_request *request, int report)
{
    int moved[FRAME_FDS_MAX];
    unsigned highest = 2;
    for (size_t i = 0; i < request->fd_count; i++) {
        if (request->fd_numbers[i] > highest)
            highest = request->fd_numbers[i];
    }
    int base = (int)highest + 1;
    int report_moved = fcntl(report, F_DUPFD_CLOEXEC, base);
    if (report_moved < 0)
        return -1;
    for (size_t i = 0; i < request->fd_count; i++) {
        moved[i] = fcntl(request->fds[i], F_DUPFD_CLOEXEC, base);
        if (moved[i] < 0)
            fail(report_moved, SPAWN_STEP_DESCRIPTORS);
    }
    bool placed = true;
    for (size_t i = 0; i < request->fd_count && placed; i++)
        placed = dup2(moved[i], (int)request->fd_numbers[i]) >= 0;
    if (!placed || !null_for_missing(request) || !close_the_rest(request, highest))
        fail(report_moved, SPAWN_STEP_DESCRIPTORS);
    return report_moved;
}

static _Noreturn void become(const struct spawn_request *request, int report)
{
    reset_signals();
    if ((request->flags & SPAWN_NOT_ENDED) != 0)
        ignore_ending_signals();
    if ((request->flags & SPAWN_NEW_SESSION) != 0 && setsid() < 0)
        fail(report, SPAWN_STEP_SESSION);
    if ((request->flags & SPAWN_NEW_GROUP) != 0 && setpgid(0, 0) < 0)
        fail(report, SPAWN_STEP_SESSION);
    if (request->keyring[0] != '\0' && (errno = keyring_join(request->keyring)) != 0)
        fail(report, SPAWN_STEP_KEYRING);
    if (request->cwd[0] != '\0' && chdir(request->cwd) < 0)
        fail(report, SPAWN_STEP_DIRECTORY);
    int report_moved = place_descriptors(request, report);
    if (report_moved < 0)
        fail(report, SPAWN_STEP_DESCRIPTORS);
    environ = request->envp; /* where execvpe looks for PATH: the caller's could name other programs, or miss these */
    execvpe(request->path, request->argv, request->envp);
    fail(report_moved, SPAWN_STEP_EXECUTE);
}

/* Waits for the child's report; its end without one means that the program is executed. */
static bool executed(int report, struct spawn_failure *failure)
{
    ssize_t n;
    do
        n = read(report, failure, sizeof(*failure));
    while (n < 0 && errno == EINTR);
    return n == 0;
}

pid_t spawn(const struct spawn_request *request, struct spawn_failure *failure)
{
    int report[2];
    *failure = (struct spawn_failure){.errno_value = 0, .step = SPAWN_STEP_FORK};
    if (pipe2(report, O_CLOEXEC) < 0) {
        failure->errno_value = errno;
        return -1;
    }
    pid_t pid = fork();
    if (pid == 0)
        become(request, report[1]);
    failure->errno_value = errno;
    close(report[1]);
    bool success = pid > 0 && executed(report[0], failure);
    close(report[0]);
    if (success)
        return pid;
    if (pid > 0)
        (void)waitpid(pid, NULL, 0); /* it has written its report and is exiting */
    return -1;
}
