// Trees of processes: descendants, orphans, sessions and groups, children that have ended.
#include "kinds.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { CHILDREN = 3 };

// What a process says of itself when it is asked over a socket.
struct self {
    pid_t pid, parent, group, session;
};

static struct self self_now(void) { return (struct self){getpid(), getppid(), getpgrp(), getsid(0)}; }

static void answer_for_ever(int channel) {
    char question;
    while (read(channel, &question, 1) == 1) {
        struct self self = self_now();
        if (write(channel, &self, sizeof self) != (ssize_t)sizeof self)
            break;
    }
    _exit(0);
}

static struct self ask(int channel) {
    struct self self;
    must(write(channel, "?", 1), "ask a process");
    same(must(read(channel, &self, sizeof self), "its answer"), sizeof self, "bytes of its answer");
    return self;
}

// A process that is asked by channels[at], and what it has said first.
static int channels[2 * CHILDREN];
static struct self known[2 * CHILDREN];

static int answerer_starts(int at, int pair[2]) {
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    channels[at] = pair[0];
    pid_t pid = (pid_t)must(fork(), "fork");
    if (pid == 0)
        close(pair[0]);
    else
        close(pair[1]);
    return pid == 0;
}

static void remember(int count) {
    for (int i = 0; i < count; i++)
        known[i] = ask(channels[i]);
}

static void verify_known(int count) {
    for (int i = 0; i < count; i++) {
        struct self self = ask(channels[i]);
        same(self.pid, known[i].pid, "pid");
        same(self.parent, known[i].parent, "pid of the parent");
        same(self.group, known[i].group, "process group");
        same(self.session, known[i].session, "session");
    }
}

// Children with a child each.
static void processes_set_up(void) {
    int pair[2], below[2];
    for (int i = 0; i < CHILDREN; i++) {
        must(socketpair(AF_UNIX, SOCK_STREAM, 0, below), "socketpair");
        if (answerer_starts(i, pair)) {
            close(below[0]);
            if (must(fork(), "fork") == 0)
                answer_for_ever(below[1]);
            close(below[1]);
            answer_for_ever(pair[1]);
        }
        close(below[1]);
        channels[CHILDREN + i] = below[0];
    }
    remember(2 * CHILDREN);
}

static void processes_verify(void) { verify_known(2 * CHILDREN); }

// Its parent has ended, so it is process 1's.
static void orphans_set_up(void) {
    int pair[2], status;
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    channels[0] = pair[0];
    pid_t pid = (pid_t)must(fork(), "fork");
    if (pid == 0) {
        if (must(fork(), "fork") == 0)
            answer_for_ever(pair[1]);
        _exit(0);
    }
    close(pair[1]);
    must(waitpid(pid, &status, 0), "waitpid");
    remember(1);
    same(known[0].parent, 1, "pid of the orphan's parent");
}

static void one_verify(void) { verify_known(1); }

// A session of its own with two groups, and a session whose leader has ended.
static void sessions_set_up(void) {
    int pair[2], second[2], left[2];
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, second), "socketpair");
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, left), "socketpair");
    channels[1] = second[0];
    channels[2] = left[0];
    if (answerer_starts(0, pair)) {
        must(setsid(), "setsid");
        if (must(fork(), "fork") == 0) {
            must(setpgid(0, 0), "setpgid");
            answer_for_ever(second[1]);
        }
        answer_for_ever(pair[1]);
    }
    if (must(fork(), "fork") == 0) {
        must(setsid(), "setsid");
        if (must(fork(), "fork") == 0)
            answer_for_ever(left[1]);
        _exit(0);
    }
    must(wait(NULL), "wait for the leader");
    remember(3);
}

static void sessions_verify(void) {
    verify_known(3);
    same(getsid(known[1].pid), known[0].pid, "session of the group");
    same(getpgid(known[1].pid), known[1].pid, "group of the session");
    hold(known[2].session != known[2].pid && known[2].session != getsid(0), "the last one's leader has ended");
}

static pid_t ended;

static void zombies_set_up(void) {
    siginfo_t info;
    ended = (pid_t)must(fork(), "fork");
    if (ended == 0)
        _exit(7);
    must(waitid(P_PID, (id_t)ended, &info, WEXITED | WNOWAIT), "waitid");
}

static void zombies_verify(void) {
    int status;
    same(must(waitpid(ended, &status, WNOHANG), "waitpid"), ended, "the child that has ended");
    same(WEXITSTATUS(status), 7, "its exit status");
    zombies_set_up();
}

const struct kind process_kinds[] = {
    {"processes", processes_set_up, processes_verify},
    {"orphans", orphans_set_up, one_verify},
    {"sessions", sessions_set_up, sessions_verify},
    {"zombies", zombies_set_up, zombies_verify},
    {0},
};
