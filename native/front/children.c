#include "children.h"

#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>

#include "frame.h"

enum { CHILDREN_AT_ONCE = 4096 };

static void note_end(struct front *front, pid_t pid, int status)
{
    if (pid == front->forward)
        front->forward = 0;
    if (pid == front->java) {
        front->java_ended = true;
        front->java_status = status;
        return;
    }
    uint32_t answer[] = {(uint32_t)pid, (uint32_t)status};
    front_tell(front, FRAME_EXITED, 2, answer);
}

/* Reaps one child, or whoever has ended (-1); false if none has. */
static bool reap_one(struct front *front, pid_t which)
{
    int status;
    pid_t pid = waitpid(which, &status, WNOHANG);
    if (pid <= 0)
        return false;
    note_end(front, pid, status);
    return true;
}

/* Others are left to whoever inherits them. */
static void reap_own(struct front *front)
{
    if (front->java > 0 && !front->java_ended)
        (void)reap_one(front, front->java);
    size_t i = 0;
    while (i < front->late_count) { /* ends, as each pass takes one away or goes on */
        if (reap_one(front, front->late[i]))
            front->late[i] = front->late[--front->late_count];
        else
            i++;
    }
}

void children_reap(struct front *front)
{
    if (front->leaves) {
        reap_own(front);
        return;
    }
    for (int i = 0; i < CHILDREN_AT_ONCE; i++) {
        if (!reap_one(front, -1))
            return;
    }
}

bool children_have(pid_t pid)
{
    siginfo_t info;
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

void children_await_java(struct front *front, int seconds)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    struct timespec now, end;
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    while (front->java > 0 && !front->java_ended) { /* bounded by the time, then by SIGKILL */
        pid_t pid = waitpid(front->java, &front->java_status, WNOHANG);
        if (pid != 0) {
            front->java_ended = pid > 0;
            return;
        }
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec >= end.tv_sec)
            (void)kill(front->java, SIGKILL);
        struct timespec one_second = {.tv_sec = 1, .tv_nsec = 0};
        (void)sigtimedwait(&child, NULL, &one_second);
    }
}
