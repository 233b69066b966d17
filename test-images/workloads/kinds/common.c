// What several kinds need: calls that must not fail, numbered messages, children.
#include "kinds.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>

long must(long result, const char *what) {
    if (result < 0)
        bad("%s: %s", what, strerror(errno));
    return result;
}

void same(long long have, long long want, const char *what) {
    if (have != want)
        bad("%s is %lld, not %lld", what, have, want);
}

void hold(int truth, const char *what) {
    if (!truth)
        bad("it does not hold that %s", what);
}

// Of one length, so that it does not matter whether the channel keeps their borders.
static void flow_send(struct flow *flow) {
    char message[MESSAGE_BYTES + 1];
    snprintf(message, sizeof message, "%0*llu", MESSAGE_BYTES, (unsigned long long)flow->sent++);
    same(must(write(flow->out, message, MESSAGE_BYTES), "send"), MESSAGE_BYTES, "bytes sent");
}

static void flow_receive(struct flow *flow) {
    char want[MESSAGE_BYTES + 1], have[MESSAGE_BYTES + 1] = "";
    snprintf(want, sizeof want, "%0*llu", MESSAGE_BYTES, (unsigned long long)flow->received++);
    same(must(read(flow->in, have, MESSAGE_BYTES), "receive"), MESSAGE_BYTES, "bytes received");
    if (memcmp(have, want, MESSAGE_BYTES) != 0)
        bad("received %s in place of %s", have, want);
}

void flow_open(struct flow *flow, int in, int out) {
    *flow = (struct flow){.in = in, .out = out};
    flow_send(flow);
    flow_send(flow);
}

void flow_step(struct flow *flow) {
    flow_send(flow);
    flow_receive(flow);
}

pid_t sleeper(void) {
    pid_t pid = (pid_t)must(fork(), "fork");
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;)
        pause();
}

int in_child(int (*run)(void)) {
    int status;
    pid_t pid = (pid_t)must(fork(), "fork");
    if (pid == 0)
        _exit(run());
    same(must(waitpid(pid, &status, 0), "waitpid"), pid, "the child that ended");
    hold(WIFEXITED(status), "the child exits");
    return WEXITSTATUS(status);
}
