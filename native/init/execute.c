/* The last steps: from a prepared process to the container's program. */
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "resolve.h"
#include "sync.h"

enum { ARGUMENTS_MAX = 65536, SEARCHED_MAX = 1024 };

/*
 * A directory that lies outside the root, reached through a descriptor of the host that was left open, has no path inside:
 * getcwd(2) then gives one that does not start with a slash (CVE-2024-21626).
 */
static int inside_root(void)
{
    char path[PATH_MAX];
    if (syscall(SYS_getcwd, path, sizeof(path)) < 0)
        return errno;
    return path[0] == '/' ? 0 : ENOENT;
}

int step_change_directory(struct init *init, struct wire_reader *fields)
{
    init->moved = true;
    if (chdir(wire_string(fields)) < 0)
        return errno;
    return inside_root();
}

static int executable(const char *path)
{
    struct stat status;
    if (stat(path, &status) < 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return EACCES;
    return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) < 0 ? errno : 0;
}

static int try_candidate(struct init *init, const char *directory, size_t length, const char *name)
{
    int n = snprintf(init->executable, sizeof(init->executable), "%.*s%s%s", (int)length, directory,
                     length > 0 ? "/" : "", name);
    if (n < 0 || (size_t)n >= sizeof(init->executable))
        return ENAMETOOLONG;
    return executable(init->executable);
}

/* As execvp(3) does: what is there but can't be executed matters only if nothing else is found. */
static int search(struct init *init, const char *name, const char *path)
{
    int result = ENOENT;
    for (int i = 0; i < SEARCHED_MAX; i++) {
        size_t length = strcspn(path, ":");
        int error = length < PATH_MAX ? try_candidate(init, path, length, name) : ENAMETOOLONG;
        if (error == 0)
            return 0;
        if (error == EACCES)
            result = EACCES;
        if (path[length] == '\0')
            break;
        path += length + 1;
    }
    return result;
}

int step_find_executable(struct init *init, struct wire_reader *fields)
{
    const char *name = wire_string(fields);
    const char *path = wire_string(fields);
    if (name[0] == '\0')
        return ENOENT;
    return strchr(name, '/') != NULL ? try_candidate(init, "", 0, name) : search(init, name, path);
}

int step_ready(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    if (!sync_send(init->sync, SYNC_READY, 0, 0) || !sync_await_proceed(init->sync))
        _exit(1); /* the runtime has given up, and knows why */
    return 0;
}

int step_await_start(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    if (init->fifo < 0)
        return EBADF;
    sync_await_end(init->sync);
    int fd;
    do
        fd = openat(init->proc, fd_path(init->fifo).text, O_WRONLY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return errno;
    init->started = fd;
    return 0;
}

/* Whoever starts the container waits for this. The FIFO stays open: its end says that the program is executed. */
static int say_started(const struct init *init)
{
    if (init->started < 0 || write(init->started, "0", 1) == 1)
        return 0;
    if (errno == EPIPE)
        _exit(1); /* it was killed meanwhile: a start of which nobody says that it succeeded must not do so */
    return errno;
}

/* Moves the preserved descriptors down to 3 and marks all above for closing. The sync socket moves out of their way. */
static int place_descriptors(struct init *init, int preserved)
{
    int sync = fcntl(init->sync, F_DUPFD_CLOEXEC, PRESERVED_NUMBER + preserved);
    if (sync < 0)
        return errno;
    init->sync = sync;
    for (int i = 0; i < preserved; i++) {
        if (dup3(PRESERVED_NUMBER + i, 3 + i, 0) < 0)
            return errno;
    }
    return close_range((unsigned)(3 + preserved), ~0U, CLOSE_RANGE_CLOEXEC) < 0 ? errno : 0;
}

int step_listen_pid(struct init *init, struct wire_reader *fields)
{
    (void)fields;
    (void)snprintf(init->listen_pid, sizeof(init->listen_pid), "LISTEN_PID=%ld", (long)getpid());
    return 0;
}

int step_execute(struct init *init, struct wire_reader *fields)
{
    static char *argv[ARGUMENTS_MAX];
    static char *envp[ARGUMENTS_MAX + 2];
    size_t argc = wire_strings(fields, argv, ARGUMENTS_MAX);
    size_t variables = wire_strings(fields, envp, ARGUMENTS_MAX);
    uint32_t preserved = wire_u32(fields);
    if (fields->bad)
        return E2BIG;
    if (argc == 0 || preserved > PRESERVED_MAX || init->executable[0] == '\0')
        return EINVAL;
    if (init->home[0] != '\0')
        envp[variables++] = init->home;
    if (init->listen_pid[0] != '\0')
        envp[variables++] = init->listen_pid;
    envp[variables] = NULL;
    int error = say_started(init);
    if (error == 0)
        error = place_descriptors(init, (int)preserved);
    if (error != 0)
        return error;
    execve(init->executable, argv, envp);
    return errno;
}
