/*
 * jmigrate-pidns ROOT PROGRAM ARGS...: executes a program in a new pid namespace, and in a mount namespace whose /proc shows that.
 *
 * The program is CRIU. It leaves a process with the pid ROOT beside itself (CLONE_PARENT), which a namespace's first process can't, and ends:
 *
 *   outer   in the caller's namespaces: passes signals on, and ends as the first process does
 *   first   pid 1 of the new namespace: reaps whoever ends in it, passes signals on to ROOT, and ends when the program and ROOT have
 *
 * With the first process all that is left in the namespace ends, and with the outer one the first. The exit code is that of ROOT, or 128 and the
 * number of the signal that killed it; NO_NAMESPACE if the namespaces could not be made, NO_ROOT if there never was a process ROOT.
 */
#include <errno.h>
#include <limits.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { USAGE = 2, NO_ROOT = 125, NO_NAMESPACE = 126, NOT_EXECUTED = 127, SIGNALLED = 128, CHILDREN_AT_ONCE = 4096 };

static const int handled_signals[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGUSR1, SIGUSR2, SIGCONT};

/* They are waited for, one by one; blocked, they reach the first process of a namespace, too. */
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < sizeof(handled_signals) / sizeof(handled_signals[0]); i++)
        sigaddset(set, handled_signals[i]);
    (void)sigprocmask(SIG_BLOCK, set, NULL);
}

static int code_of(int status)
{
    return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The namespace's first process, and what it knows of those that it waits for. */
struct first {
    pid_t root;
    pid_t program;
    bool program_ended;
    bool root_ended;
    int code;
};

/* False when there is nobody left to wait for. */
static bool reap(struct first *first)
{
    for (int i = 0; i < CHILDREN_AT_ONCE; i++) {
        int status;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0)
            return errno != ECHILD;
        if (pid == 0)
            return true;
        if (pid == first->program)
            first->program_ended = true;
        if (pid == first->root) {
            first->root_ended = true;
            first->code = code_of(status);
        }
    }
    (void)raise(SIGCHLD); /* the rest of them in the next round */
    return true;
}

static _Noreturn void wait_for_root(struct first *first, const sigset_t *set)
{
    for (;;) { /* ends with the last child at the latest */
        int number = sigwaitinfo(set, NULL);
        if (number < 0)
            continue; /* EINTR: a signal of another kind has stopped and continued it */
        if (number != SIGCHLD) {
            if (!first->root_ended)
                (void)kill(first->root, number); /* before it is there, nobody is meant */
            continue;
        }
        bool any = reap(first);
        if (!any || (first->program_ended && first->root_ended))
            _exit(first->root_ended ? first->code : NO_ROOT);
    }
}

static void execute(char **program)
{
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)execv(program[0], program);
    _exit(NOT_EXECUTED);
}

/* Mounts of the host still appear, those that are made here don't get out. */
static bool furnish(void)
{
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && setsid() >= 0 && mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) == 0 &&
           mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0;
}

static _Noreturn void be_first(pid_t root, char **program, const sigset_t *set)
{
    struct first first = {.root = root};
    if (!furnish())
        _exit(NO_NAMESPACE);
    first.program = fork();
    if (first.program == 0)
        execute(program);
    if (first.program < 0)
        _exit(NO_NAMESPACE);
    (void)close_range(3, ~0U, 0); /* the program's, which is done when nobody holds them any more */
    wait_for_root(&first, set);
}

static int wait_for_first(pid_t first, const sigset_t *set)
{
    for (;;) { /* ends with the child */
        int status;
        int number = sigwaitinfo(set, NULL);
        if (number == SIGCHLD && waitpid(first, &status, WNOHANG) == first)
            return code_of(status);
        if (number > 0 && number != SIGCHLD)
            (void)kill(first, number); /* not reaped yet, so the pid is its own */
    }
}

int main(int argc, char **argv)
{
    sigset_t set;
    char *end = NULL;
    long root = argc >= 3 ? strtol(argv[1], &end, 10) : 0;
    if (root <= 1 || root > INT_MAX || *end != '\0')
        return USAGE;
    block_signals(&set);
    if (unshare(CLONE_NEWPID | CLONE_NEWNS) < 0)
        return NO_NAMESPACE;
    pid_t first = fork();
    if (first == 0)
        be_first((pid_t)root, argv + 2, &set);
    if (first < 0)
        return NO_NAMESPACE;
    (void)close_range(3, ~0U, 0);
    return wait_for_first(first, &set);
}
