#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hold.h"
#include "track.h"

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1 /* what it is without privileges; it watches no faults */
#endif

enum { PATH_BYTES = 64, SERVICE_LIMIT_MILLIS = 8000 /* more than all the limits within */ };

union descriptor_space {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(int))];
};

static uint64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time); /* never fails */
    return (uint64_t)time.tv_sec * 1000000000U + (uint64_t)time.tv_nsec;
}

/* Java may be gone: the end of the socket tells. */
static void answer(struct track_answer answer, const char *text, int fd)
{
    union descriptor_space control = {0};
    struct iovec parts[] = {{&answer, sizeof(answer)}, {(void *)text, strlen(text)}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (fd >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof(control);
        control.header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(fd))};
        memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
    }
    (void)sendmsg(TRACK_CONTROL, &message, MSG_NOSIGNAL);
}

/* Has the thread open a userfaultfd, and takes it. It may be kept from running when it is to close it: then it has it still. */
static struct trouble take(struct process process, int *uffd, uint32_t *kept)
{
    long theirs;
    struct trouble trouble = inject_call(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY, &theirs);
    if (trouble.text != NULL)
        return trouble;
    if (theirs < 0)
        return (struct trouble){.text = "it gets no userfaultfd", .error = (int)-theirs};
    *uffd = (int)syscall(SYS_pidfd_getfd, process.pidfd, (int)theirs, 0);
    int error = errno;
    long closed;
    *kept = inject_call(SYS_close, (uint64_t)theirs, &closed).text != NULL;
    if (*uffd < 0)
        return (struct trouble){.text = "its userfaultfd can't be taken", .error = error};
    return (struct trouble){0};
}

/* Has the thread close a descriptor, if it is what it was taken for. */
static struct trouble have_closed(struct process process, uint32_t number)
{
    static const char expected[] = "anon_inode:[userfaultfd]";
    char path[PATH_BYTES];
    char target[sizeof(expected)];
    (void)snprintf(path, sizeof(path), "/proc/%d/fd/%u", process.pid, number);
    ssize_t bytes = readlink(path, target, sizeof(target));
    if (bytes != (ssize_t)sizeof(expected) - 1 || memcmp(target, expected, sizeof(expected) - 1) != 0)
        return (struct trouble){.text = "that is no userfaultfd", .error = bytes < 0 ? errno : 0};
    long closed;
    struct trouble trouble = inject_call(SYS_close, number, &closed);
    if (trouble.text == NULL && closed < 0)
        trouble = (struct trouble){.text = "its descriptor can't be closed", .error = (int)-closed};
    return trouble;
}

/* Whether it executes a program of 32 bits (elf(5), EI_CLASS); not if that can't be read. */
static bool is_narrow(pid_t pid)
{
    char path[PATH_BYTES];
    unsigned char header[EI_NIDENT] = {0};
    (void)snprintf(path, sizeof(path), "/proc/%d/exe", pid);
    int program = open(path, O_RDONLY | O_CLOEXEC);
    if (program < 0)
        return false;
    ssize_t bytes = read(program, header, sizeof(header));
    (void)close(program); /* nothing was written */
    return bytes == (ssize_t)sizeof(header) && header[EI_CLASS] == ELFCLASS32;
}

/* As long as a thread is stopped nobody else comes first; without the right to that it takes its turn (sched(7)). */
static void hurry(void)
{
    struct sched_param priority = {.sched_priority = 1};
    (void)sched_setscheduler(0, SCHED_FIFO, &priority);
}

static struct trouble work(struct process process, struct track_request request, struct track_answer *done, int *uffd)
{
    if (is_narrow(process.pid))
        return (struct trouble){.text = "it is a program of 32 bits", .lasting = true};
    uint64_t instruction = inject_instruction(process.pid);
    if (instruction == 0)
        return (struct trouble){.text = "its memory has no instruction for system calls"};
    pid_t task;
    struct trouble trouble = hold_stop(process, &task);
    if (trouble.text != NULL)
        return trouble;
    uint64_t begin = now();
    trouble = inject_begin(task, instruction);
    if (trouble.text == NULL) {
        trouble = request.word == TRACK_ATTACH ? take(process, uffd, &done->kept) : have_closed(process, request.descriptor);
        inject_end();
    }
    hold_release(task);
    done->stopped_nanos = now() - begin;
    return trouble;
}

static void serve(struct process process, struct track_request request)
{
    int uffd = -1;
    hurry();
    struct track_answer done = {.number = request.number};
    struct trouble trouble = work(process, request, &done, &uffd);
    done.error = (uint32_t)trouble.error;
    if (trouble.text != NULL)
        done.outcome = trouble.lasting ? TRACK_UNSUPPORTED : TRACK_FAILED;
    else
        done.outcome = request.word == TRACK_ATTACH ? TRACK_ATTACHED : TRACK_CLOSED;
    answer(done, trouble.text == NULL ? "" : trouble.text, uffd);
}

/* Waits until a child has ended; says why it has not served, or NULL. One that is late serves to its end, and nobody waits for its answer. */
static const char *await_service(pid_t child)
{
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, child, 0), .events = POLLIN};
    int ended = end.fd < 0 ? 1 : poll(&end, 1, SERVICE_LIMIT_MILLIS);
    if (end.fd >= 0)
        (void)close(end.fd); /* it is only read */
    if (ended == 0)
        return "it does not go on";
    int status;
    return waitpid(child, &status, 0) == child && status == 0 ? NULL : "jmigrate-track was killed";
}

/* Serves a request in a process of its own. */
static void dispatch(struct process process, struct track_request request)
{
    struct track_answer failed = {.outcome = TRACK_FAILED, .number = request.number};
    pid_t child = fork();
    if (child == 0) {
        serve(process, request);
        _exit(0);
    }
    if (child < 0) {
        failed.error = (uint32_t)errno;
        answer(failed, "there is no process for it", -1);
        return;
    }
    const char *trouble = await_service(child);
    if (trouble != NULL)
        answer(failed, trouble, -1);
}

/* The next request; false when there are no more. */
static bool next(struct track_request *request, struct process *process)
{
    union descriptor_space control = {0};
    struct iovec bytes = {.iov_base = request, .iov_len = sizeof(*request)};
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    if (recvmsg(TRACK_CONTROL, &message, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof(*request))
        return false;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header == NULL || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof(int)))
        return false;
    memcpy(&process->pidfd, CMSG_DATA(header), sizeof(process->pidfd));
    process->pid = (pid_t)request->pid;
    return true;
}

int main(void)
{
    sigset_t all;
    (void)sigfillset(&all);
    if (sigprocmask(SIG_BLOCK, &all, NULL) < 0)
        return EXIT_FAILURE;
    struct track_request request;
    struct process process;
    while (next(&request, &process)) { /* ends with Java, or with the first packet that is none of Java's */
        dispatch(process, request);
        (void)close(process.pidfd); /* it is only read */
    }
    return EXIT_SUCCESS;
}
