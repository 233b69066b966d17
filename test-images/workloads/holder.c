// holder io_uring|userfaultfd|lock|inherited-lock: holds something that the kernel keeps for it, and waits. A lock is on the file /lock
// (flock(2)); an inherited one was taken by a child that has ended. Exit status 1 if the kernel refuses it.
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int io_uring(void) {
    struct io_uring_params parameters;
    memset(&parameters, 0, sizeof(parameters));
    return (int)syscall(SYS_io_uring_setup, 1, &parameters);
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

static int hold(const char *what) {
    if (strcmp(what, "io_uring") == 0)
        return io_uring();
    if (strcmp(what, "userfaultfd") == 0)
        return (int)syscall(SYS_userfaultfd, UFFD_USER_MODE_ONLY);
    if (strcmp(what, "lock") == 0)
        return lock();
    if (strcmp(what, "inherited-lock") == 0)
        return inherited_lock();
    fprintf(stderr, "usage: holder io_uring|userfaultfd|lock|inherited-lock\n");
    return -1;
}

int main(int argc, char **argv) {
    if (hold(argc == 2 ? argv[1] : "") < 0) {
        perror("holder");
        return 1;
    }
    for (;;)
        pause();
}
