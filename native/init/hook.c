/* Hooks that run in the container's namespaces. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"
#include "sync.h"

enum { ARGUMENTS_MAX = 65536, EXIT_NOT_EXECUTED = 127, REPORT_BYTES_MAX = 3072, MILLIS = 1000 };

#define EXPIRED UINT32_MAX

struct hook {
    uint32_t number;
    const char *path;
    char **argv;
    char **envp;
    uint32_t seconds; /* 0: as long as it takes */
    const char *cwd;  /* empty: ours */
    int input;
    int output;
};

int step_await_runtime_hooks(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    if (!sync_send(init->sync, SYNC_HOOKS, 0, 0) || !sync_await_proceed(init->sync))
        _exit(1); /* the runtime has given up, and knows why */
    return 0;
}

/* The state, with the pid that this process has here. */
static int state_file(const char *before, const char *after)
{
    int fd = memfd_create("state", MFD_CLOEXEC);
    if (fd < 0)
        return -1;
    if (dprintf(fd, "%s%d%s", before, (int)getpid(), after) > 0 && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    close(fd);
    return -1;
}

static _Noreturn void become(const struct hook *hook)
{
    bool placed = dup2(hook->input, STDIN_FILENO) >= 0 && dup2(hook->output, STDERR_FILENO) >= 0 &&
                  dup2(hook->output, STDOUT_FILENO) >= 0;
    if (placed && hook->cwd[0] != '\0' && chdir(hook->cwd) < 0)
        (void)dprintf(hook->output, "cannot change to %s: %s\n", hook->cwd, strerror(errno));
    else if (placed && execve(hook->path, hook->argv, hook->envp) < 0)
        (void)dprintf(hook->output, "cannot execute %s: %s\n", hook->path, strerror(errno));
    _exit(EXIT_NOT_EXECUTED);
}

/* False if it had to be killed. */
static bool ends_in_time(const struct hook *hook, pid_t pid)
{
    if (hook->seconds == 0)
        return true;
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    int ready;
    do
        ready = end.fd < 0 ? 0 : poll(&end, 1, hook->seconds > INT_MAX / MILLIS ? -1 : (int)hook->seconds * MILLIS);
    while (ready < 0 && errno == EINTR);
    if (end.fd >= 0)
        close(end.fd);
    if (ready <= 0)
        (void)kill(pid, SIGKILL); /* our child, and not waited for yet */
    return ready > 0;
}

/* Its wait status, or EXPIRED; 0 if all is well. */
static int run(const struct hook *hook, uint32_t *status)
{
    pid_t pid = fork();
    if (pid < 0)
        return errno;
    if (pid == 0)
        become(hook);
    bool ended = ends_in_time(hook, pid);
    int waited = 0;
    while (waitpid(pid, &waited, 0) < 0) {
        if (errno != EINTR)
            return errno;
    }
    *status = ended ? (uint32_t)waited : EXPIRED;
    return 0;
}

/* The report that start(8) reads from the FIFO: a letter, the hook's number, and what the file says. It is written at once. */
static void tell_start(int fifo, const struct hook *hook)
{
    static unsigned char report[1 + 4 + REPORT_BYTES_MAX];
    struct wire_writer writer = {.start = report + 1, .used = 0, .capacity = 4, .full = false};
    report[0] = 'H';
    wire_put_u32(&writer, hook->number);
    ssize_t n = pread(hook->output, report + 5, REPORT_BYTES_MAX, 0);
    (void)!write(fifo, report, 5 + (n > 0 ? (size_t)n : 0)); /* who reads no longer does not care */
}

static int report(const struct init *init, const struct hook *hook, uint32_t status)
{
    unsigned char bytes[4];
    struct wire_writer writer = {.start = bytes, .used = 0, .capacity = sizeof(bytes), .full = false};
    wire_put_u32(&writer, status);
    if (pwrite(hook->output, bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return EIO;
    if (init->started >= 0) {
        tell_start(init->started, hook);
        _exit(1); /* whoever starts the container says what became of it */
    }
    return sync_send_descriptor(init->sync, SYNC_HOOK_FAILED, hook->output) ? ECANCELED : EPIPE;
}

static int run_and_report(const struct init *init, struct hook *hook)
{
    uint32_t status = 0;
    hook->output = memfd_create("hook", MFD_CLOEXEC);
    if (hook->input < 0 || hook->output < 0 || lseek(hook->output, 4, SEEK_SET) < 0) /* the status comes first */
        return errno;
    int error = run(hook, &status);
    if (error == 0 && status != 0)
        error = report(init, hook, status);
    return error;
}

int step_run_hook(struct init *init, struct wire_reader *fields)
{
    static char *argv[ARGUMENTS_MAX];
    static char *envp[ARGUMENTS_MAX];
    struct hook hook = {.number = wire_u32(fields), .argv = argv, .envp = envp, .input = -1, .output = -1};
    hook.path = wire_string(fields);
    size_t argc = wire_strings(fields, argv, ARGUMENTS_MAX);
    (void)wire_strings(fields, envp, ARGUMENTS_MAX);
    hook.seconds = wire_u32(fields);
    hook.cwd = wire_string(fields);
    const char *before = wire_string(fields);
    const char *after = wire_string(fields);
    if (fields->bad || argc == 0)
        return E2BIG;
    hook.input = state_file(before, after);
    int error = run_and_report(init, &hook);
    if (hook.input >= 0)
        close(hook.input);
    if (hook.output >= 0)
        close(hook.output);
    return error;
}
