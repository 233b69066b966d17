// holder WHAT…: holds things that the kernel keeps for it, and waits. Of twin (a process that has the same memory), io_uring, userfaultfd, semaphore (an eventfd that is one),
// timer (which signals the first thread), queue (a message queue /held), ring (an io_uring in memory alone), mptcp (a socket),
// packets (a pipe with O_DIRECT), leaderless (a child whose first thread has ended), caller (a connection with the Unix socket /host),
// host-place (descriptor 3 is its working directory, and the file /mapped there in its memory), lock, inherited-lock, unaccepted, deferred and log. A lock is on the
// file /lock (flock(2)); an inherited one was taken by a child that has ended. Unaccepted is a connection that waits for it to accept
// it; then there is a file /unaccepted. Deferred is one of version 4 whose listener, of version 6, waits for data first. Log is a socket on which a child sends to /dev/log all the time, as to a syslogd. Exit
// status 1 if the kernel refuses one.
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int wait_for_ever(void *nothing) {
    (void)nothing;
    while (pause() != 0)
        ; // a signal
    return 0;
}

static int twin(void) {
    static char stack[1 << 16] __attribute__((aligned(16)));
    return clone(wait_for_ever, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL);
}

static int io_uring(void) {
    struct io_uring_params parameters;
    memset(&parameters, 0, sizeof(parameters));
    return (int)syscall(SYS_io_uring_setup, 1, &parameters);
}

static int ring(void) {
    int descriptor = io_uring();
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, IORING_OFF_SQ_RING);
    return memory == MAP_FAILED ? -1 : close(descriptor);
}

static int packets(void) {
    int ends[2];
    return pipe2(ends, O_DIRECT) == 0 ? close(ends[0]) : -1; // the other end alone has the flag
}

static int leaderless(void) {
    static char stack[1 << 16] __attribute__((aligned(16)));
    pid_t child = fork();
    if (child != 0)
        return child;
    if (clone(wait_for_ever, stack + sizeof(stack),
              CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, NULL) < 0)
        _exit(1);
    syscall(SYS_exit, 0); // this thread alone
    return -1;
}

static int caller(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/host"};
    int calling = socket(AF_UNIX, SOCK_STREAM, 0);
    return connect(calling, (struct sockaddr *)&address, sizeof(address)) < 0 ? -1 : calling;
}

static int host_place(void) {
    int file = openat(3, "mapped", O_RDONLY);
    void *memory = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);
    return memory == MAP_FAILED || fchdir(3) < 0 ? -1 : close(file);
}

static int lock(void) {
    int descriptor = open("/lock", O_RDWR | O_CREAT, 0644);
    return descriptor >= 0 && flock(descriptor, LOCK_EX) == 0 ? descriptor : -1;
}

static int inherited_lock(void) {
    int status;
    int descriptor = open("/lock", O_RDWR | O_CREAT, 0644);
    pid_t child = fork();
    if (descriptor < 0 || child < 0)
        return -1;
    if (child == 0)
        _exit(flock(descriptor, LOCK_EX) == 0 ? 0 : 1);
    return waitpid(child, &status, 0) == child && status == 0 ? descriptor : -1;
}

static int unaccepted(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7000)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    int calling = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listening, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(listening, 1) < 0 ||
        connect(calling, (struct sockaddr *)&address, sizeof(address)) < 0 || close(calling) < 0)
        return -1;
    return open("/unaccepted", O_WRONLY | O_CREAT, 0644) < 0 ? -1 : listening;
}

static int deferred(void) {
    struct sockaddr_in6 all = {.sin6_family = AF_INET6, .sin6_port = htons(7001), .sin6_addr = IN6ADDR_ANY_INIT};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7001)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int no = 0;
    int seconds = 600;
    int listening = socket(AF_INET6, SOCK_STREAM, 0);
    int calling = socket(AF_INET, SOCK_STREAM, 0);
    if (setsockopt(listening, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no)) < 0 ||
        setsockopt(listening, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof(seconds)) < 0 ||
        bind(listening, (struct sockaddr *)&all, sizeof(all)) < 0 || listen(listening, 1) < 0)
        return -1;
    return connect(calling, (struct sockaddr *)&address, sizeof(address));
}

static int log_lines(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    int sending = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (connect(sending, (struct sockaddr *)&address, sizeof(address)) < 0)
        return -1;
    pid_t child = fork();
    while (child == 0) {
        if (send(sending, "<13>here\n", 9, 0) < 0)
            _exit(1);
        usleep(20000);
    }
    return child < 0 ? -1 : sending;
}

static int timer(void) {
    timer_t made;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGURG};
    event._sigev_un._tid = getpid(); // the name that sigevent(3type) gives to it is not there in every C library
    return timer_create(CLOCK_MONOTONIC, &event, &made);
}

static int mptcp(void) {
    return socket(AF_INET, SOCK_STREAM, 262); // IPPROTO_MPTCP, which older headers don't have
}

static int user_faults(void) {
    return (int)syscall(SYS_userfaultfd, UFFD_USER_MODE_ONLY);
}

static int semaphore(void) {
    return eventfd(0, EFD_SEMAPHORE);
}

static int queue(void) {
    return mq_open("/held", O_RDWR | O_CREAT, 0600, NULL);
}

static const struct {
    const char *name;
    int (*hold)(void); // -1 and errno if it can't
} THINGS[] = {
    {"twin", twin},
    {"io_uring", io_uring},
    {"userfaultfd", user_faults},
    {"semaphore", semaphore},
    {"timer", timer},
    {"queue", queue},
    {"ring", ring},
    {"mptcp", mptcp},
    {"packets", packets},
    {"leaderless", leaderless},
    {"caller", caller},
    {"host-place", host_place},
    {"lock", lock},
    {"inherited-lock", inherited_lock},
    {"unaccepted", unaccepted},
    {"deferred", deferred},
    {"log", log_lines},
};

static int hold(const char *what) {
    for (size_t i = 0; i < sizeof(THINGS) / sizeof(*THINGS); i++)
        if (strcmp(what, THINGS[i].name) == 0)
            return THINGS[i].hold();
    fprintf(stderr, "holder: %s is nothing that it knows\n", what);
    errno = EINVAL;
    return -1;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (hold(argv[i]) < 0) {
            perror("holder");
            return 1;
        }
    }
    for (;;)
        pause();
}
