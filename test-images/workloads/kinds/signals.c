// Signals that wait, and what happens when they come.
#include "kinds.h"

#include <signal.h>
#include <sys/syscall.h>

enum { WAITING = 3, STACK_BYTES = 65536 };

static sigset_t blocked;
static int number;

// Three of the process in their order with their values, and one of the thread.
static void send_all(void) {
    for (int i = 0; i < WAITING; i++)
        must(sigqueue(getpid(), SIGRTMIN + 2, (union sigval){.sival_int = number + i}), "sigqueue");
    must(syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR2), "tgkill");
}

static void pending_set_up(void) {
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGRTMIN + 2);
    sigaddset(&blocked, SIGUSR2);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    send_all();
}

static void pending_verify(void) {
    const struct timespec at_once = {0};
    siginfo_t info;
    same(must(sigtimedwait(&blocked, &info, &at_once), "take the signal"), SIGUSR2, "signal");
    same(info.si_pid, getpid(), "who has sent it");
    for (int i = 0; i < WAITING; i++) {
        same(must(sigtimedwait(&blocked, &info, &at_once), "take the signal"), SIGRTMIN + 2, "signal");
        same(info.si_value.sival_int, number + i, "value of the signal");
    }
    same(sigtimedwait(&blocked, &info, &at_once), -1, "one more signal");
    number += WAITING;
    send_all();
}

static char stack[STACK_BYTES];
static volatile sig_atomic_t handled_on_stack, masked_meanwhile;

static void on_signal(int signal_number) {
    char here;
    sigset_t mask;
    (void)signal_number;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    masked_meanwhile = sigismember(&mask, SIGHUP);
    handled_on_stack = &here >= stack && &here < stack + sizeof stack;
}

static void handler_set_up(void) {
    stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGHUP);
    must(sigaltstack(&alternative, NULL), "sigaltstack");
    must(sigaction(SIGUSR1, &action, NULL), "sigaction");
    signal(SIGPIPE, SIG_IGN);
}

static void handler_verify(void) {
    struct sigaction action;
    handled_on_stack = masked_meanwhile = 0;
    raise(SIGUSR1);
    hold(handled_on_stack, "the handler runs on its own stack");
    hold(masked_meanwhile, "the handler's mask is in force");
    must(sigaction(SIGUSR1, NULL, &action), "sigaction");
    same(action.sa_flags & (SA_ONSTACK | SA_RESTART), SA_ONSTACK | SA_RESTART, "flags of the handler");
    must(sigaction(SIGPIPE, NULL, &action), "sigaction");
    hold(action.sa_handler == SIG_IGN, "SIGPIPE is ignored");
}

const struct kind signal_kinds[] = {
    {"pending-signals", pending_set_up, pending_verify},
    {"signal-handler", handler_set_up, handler_verify},
    {0},
};
