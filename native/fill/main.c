#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fill.h"
#include "stored.h"

/* CRIU connects to it in its work directory, which is this program's (criu/uffd.c). */
static const char SOCKET_NAME[] = "lazy-pages.socket";

static int pidfd_open(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

bool fill_send(int socket, enum fill_word word, const char *text, int fd, int flags)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    uint32_t number = word;
    struct iovec parts[] = {{&number, sizeof(number)}, {(void *)text, strlen(text)}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (fd >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof(control);
        control.header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(fd))};
        memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL | flags) >= 0;
}

/* Tells Java; it may be gone. */
static void tell(enum fill_word word, const char *text, int fd)
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

/* NULL if processes can be restored that lack memory here; what they do to their mappings must be told. */
static const char *missing_feature(void)
{
    int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return strerror(errno);
    struct uffdio_api api = {.api = UFFD_API,
                             .features = UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP | UFFD_FEATURE_EVENT_REMOVE |
                                         UFFD_FEATURE_EVENT_UNMAP};
    int result = ioctl(fd, UFFDIO_API, &api);
    int error = errno;
    (void)close(fd);
    return result == 0 ? NULL : strerror(error);
}

static int listen_here(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    memcpy(address.sun_path, SOCKET_NAME, sizeof(SOCKET_NAME));
    if (lstat(SOCKET_NAME, &status) == 0 && S_ISSOCK(status.st_mode))
        (void)unlink(SOCKET_NAME); /* of one that was killed */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 1) < 0)
        return -1;
    return fd;
}

static void *shared(size_t bytes, int fd)
{
    int flags = fd < 0 ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED;
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, fd, 0);
    return memory == MAP_FAILED ? NULL : memory;
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

/* Why the filler can't go on, or NULL if it has ended well. */
static const char *guard(const struct fill *fill, pid_t filler, int ended)
{
    struct pollfd polled[] = {{.fd = ended, .events = POLLIN}, {.fd = FILL_CONTROL, .events = POLLIN}};
    bool released = false;
    for (;;) { /* ends with the filler, or with Java */
        if (poll(polled, 2, -1) < 0)
            continue;
        if (polled[0].revents != 0) {
            int status = 0;
            if (waitpid(filler, &status, 0) == filler && WIFEXITED(status) && WEXITSTATUS(status) == 0)
                return NULL;
            return fill->reason[0] != '\0' ? fill->reason : "the process that brings it was killed";
        }
        uint32_t words[2] = {0};
        ssize_t n = recv(FILL_CONTROL, words, sizeof(words), 0);
        if (n <= 0 && !released)
            return "jmigrate has ended";
        if (n <= 0) {
            polled[1].fd = -1;
            continue;
        }
        if (n == (ssize_t)sizeof(words) && words[0] == FILL_RELEASE) {
            released = fill->stored != NULL;
            continue;
        }
        if (n != (ssize_t)sizeof(words) || words[0] != FILL_GUARD || !guard_root(words[1]))
            return "the container's first process is gone";
        tell(FILL_GUARDED, "", -1);
    }
}

static pid_t start_filler(struct fill *fill)
{
    pid_t self = getpid();
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    if (pid != 0)
        return pid;
    fill->guard = pidfd_open(self);
    if (fill->guard < 0 || getppid() != self)
        fill_fail(fill, "its guard was killed", 0);
    fill_run(fill);
    _exit(EXIT_SUCCESS);
}

/* As many processes as root may have descriptors for. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit); /* few processes need few */
    }
}

static int give_up(const char *what)
{
    char text[FILL_REASON_BYTES];
    (void)snprintf(text, sizeof(text), "%s: %s", what, strerror(errno));
    tell(FILL_FAILED, text, -1);
    return EXIT_FAILURE;
}

int main(int count, char **words)
{
    const char *missing = missing_feature();
    if (missing != NULL) {
        tell(FILL_UNSUPPORTED, missing, -1);
        return EXIT_FAILURE;
    }
    raise_limit();
    (void)umask(0077);
    struct fill *fill = shared(sizeof(*fill), -1);
    int buffer = memfd_create("pages", MFD_CLOEXEC);
    /* the number is taken from now on; a pidfd it is only when Java has named a process */
    if (fill == NULL || buffer < 0 || ftruncate(buffer, FILL_BUFFER_BYTES) < 0 || dup3(buffer, FILL_ROOT, O_CLOEXEC) < 0)
        return give_up("there is no memory for a buffer");
    fill->buffer = shared(FILL_BUFFER_BYTES, buffer);
    if (count > 1 && strcmp(words[1], "files") == 0) {
        fill->stored = stored_open(FILL_PAGES);
        if (fill->stored == NULL)
            return give_up("the table of pages can't be read");
    }
    fill->listener = listen_here();
    if (fill->buffer == NULL || fill->listener < 0)
        return give_up("CRIU's socket can't be made");
    pid_t filler = start_filler(fill);
    int ended = filler > 0 ? pidfd_open(filler) : -1;
    if (ended < 0)
        return give_up("no process can be started");
    (void)prctl(PR_SET_NAME, "jmigrate-guard"); /* who kills all processes of a name kills only one of the two */
    tell(FILL_READY, "", buffer);
    (void)close(buffer);
    const char *reason = guard(fill, filler, ended);
    (void)unlink(SOCKET_NAME);
    if (reason == NULL) {
        tell(FILL_COMPLETE, "", -1);
        return EXIT_SUCCESS;
    }
    fill_end_container();
    tell(FILL_FAILED, reason, -1);
    return EXIT_FAILURE;
}
