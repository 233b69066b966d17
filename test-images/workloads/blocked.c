#define _GNU_SOURCE
// blocked CALL [MILLIS]: says "ready", makes one system call that waits for so long, and says what it came to and how many milliseconds
// it took: CALL RESULT ERRNO MILLIS. As CALL, `strict` reads its input for ever with no right to another call than read, write and
// exit (seccomp(2)), `userfaultfd` waits with one of its own open as descriptor 9, `signals` waits for so many of SIGRTMIN, and `vfork`
// for a child of its memory that sleeps so long.
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MILLIS_A_SECOND = 1000, NANOS_A_MILLI = 1000000, USERFAULTFD = 9 };

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * MILLIS_A_SECOND + time.tv_nsec / NANOS_A_MILLI;
}

static volatile sig_atomic_t signals;

static void count(int number) {
    (void)number;
    signals++;
}

static long wait_for_signals(long wanted) {
    sigset_t counted;
    sigset_t before;
    sigemptyset(&counted);
    sigaddset(&counted, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &counted, &before);
    while (signals < wanted)
        sigsuspend(&before);
    errno = 0;
    return signals;
}

static long wait_for_child(long millis) {
    struct timespec time = {millis / MILLIS_A_SECOND, millis % MILLIS_A_SECOND * NANOS_A_MILLI};
    pid_t child = vfork();
    if (child == 0) {
        nanosleep(&time, NULL);
        _exit(7);
    }
    int status;
    return waitpid(child, &status, 0) == child ? WEXITSTATUS(status) : -1;
}

static long wait_in(const char *call, long millis) {
    struct timespec time = {millis / MILLIS_A_SECOND, millis % MILLIS_A_SECOND * NANOS_A_MILLI};
    struct timeval small_time = {time.tv_sec, time.tv_nsec / 1000};
    struct epoll_event event;
    uint32_t word = 0;
    char byte;
    if (strcmp(call, "poll") == 0)
        return poll(NULL, 0, (int)millis);
    if (strcmp(call, "select") == 0)
        return select(0, NULL, NULL, NULL, &small_time);
    if (strcmp(call, "nanosleep") == 0)
        return syscall(SYS_nanosleep, &time, NULL);
    if (strcmp(call, "clock_nanosleep") == 0)
        return syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &time, NULL);
    if (strcmp(call, "futex") == 0)
        return syscall(SYS_futex, &word, FUTEX_WAIT, 0, &time, NULL, 0);
    if (strcmp(call, "epoll_wait") == 0)
        return epoll_wait(epoll_create1(0), &event, 1, (int)millis);
    if (strcmp(call, "read") == 0)
        return read(STDIN_FILENO, &byte, 1);
    if (strcmp(call, "signals") == 0)
        return wait_for_signals(millis);
    if (strcmp(call, "vfork") == 0)
        return wait_for_child(millis);
    return -2;
}

static int be_strict(void) {
    char byte;
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) < 0)
        return 1;
    while (read(STDIN_FILENO, &byte, 1) == 1)
        (void)!write(STDOUT_FILENO, &byte, 1);
    syscall(SYS_exit, 0);
    return 1;
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setvbuf(stdout, NULL, _IONBF, 0);
    if (strcmp(argv[1], "userfaultfd") == 0 && dup2((int)syscall(SYS_userfaultfd, O_CLOEXEC | 1), USERFAULTFD) < 0)
        return 1;
    signal(SIGRTMIN, count);
    puts("ready");
    if (strcmp(argv[1], "strict") == 0)
        return be_strict();
    if (strcmp(argv[1], "userfaultfd") == 0) {
        pause();
        return 0;
    }
    long begin = now();
    errno = 0;
    long result = wait_in(argv[1], argc > 2 ? atol(argv[2]) : 0);
    printf("%s %ld %d %ld\n", argv[1], result, errno, now() - begin);
    return 0;
}
