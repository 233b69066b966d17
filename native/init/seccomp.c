/* The filter for system calls, and the descriptor of its listener. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "init.h"
#include "sync.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

enum { INSTRUCTIONS_MAX = 4096, STACK_BYTES = 65536, PAUSE_NANOS = 200000 };

enum { NOT_YET = -1, NEVER = -2 };

/*
 * Who filters itself may have to ask the listener before it can send anything: sendmsg may be among the calls that are handed to it,
 * and nobody listens before the descriptor has arrived. So another thread, which the filter does not cover, sends it.
 */
struct courier {
    int sync;
    _Atomic int descriptor;
    _Atomic int error; /* NOT_YET until it is done */
};

static struct courier courier;
static char stack[STACK_BYTES] __attribute__((aligned(16)));

static int deliver(void *unused)
{
    (void)unused;
    const struct timespec moment = {.tv_sec = 0, .tv_nsec = PAUSE_NANOS};
    int descriptor = atomic_load(&courier.descriptor);
    while (descriptor == NOT_YET) { /* ends with seccomp(2), which does not wait */
        (void)clock_nanosleep(CLOCK_MONOTONIC, 0, &moment, NULL);
        descriptor = atomic_load(&courier.descriptor);
    }
    bool sent = descriptor >= 0 && sync_send_descriptor(courier.sync, SYNC_LISTENER, descriptor);
    atomic_store(&courier.error, sent ? 0 : EPIPE);
    (void)syscall(SYS_exit, 0); /* this thread alone */
    return 0;
}

static int engage_courier(const struct init *init)
{
    courier.sync = init->sync;
    atomic_store(&courier.descriptor, NOT_YET);
    atomic_store(&courier.error, NOT_YET);
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    return clone(deliver, stack + STACK_BYTES, flags, NULL) < 0 ? errno : 0;
}

/* Without any system call: each might have to be answered by the listener. */
static int await_courier(void)
{
    int error = atomic_load(&courier.error);
    while (error == NOT_YET) /* ends with the thread, which has its descriptor */
        error = atomic_load(&courier.error);
    return error;
}

static int install(const struct init *init, uint32_t flags, const struct sock_fprog *program, bool notifies)
{
    if (!notifies)
        return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program) < 0 ? errno : 0;
    int error = engage_courier(init);
    if (error != 0)
        return error;
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags | SECCOMP_FILTER_FLAG_NEW_LISTENER, program);
    error = fd < 0 ? errno : 0;
    atomic_store(&courier.descriptor, fd < 0 ? NEVER : (int)fd);
    int undelivered = await_courier();
    return error != 0 ? error : undelivered; /* the descriptor is closed by execve */
}

int step_seccomp(struct init *init, struct wire_reader *fields)
{
    static struct sock_filter instructions[INSTRUCTIONS_MAX];
    const uint32_t known = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_LOG | SECCOMP_FILTER_FLAG_SPEC_ALLOW |
                           SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    uint32_t flags = wire_u32(fields);
    bool notifies = wire_u32(fields) != 0;
    uint32_t words = wire_u32(fields);
    if ((flags & ~known) != 0 || words == 0 || words % 2 != 0 || words / 2 > INSTRUCTIONS_MAX)
        return EINVAL;
    for (uint32_t i = 0; i < words / 2; i++) {
        uint64_t instruction = wire_u64(fields);
        memcpy(&instructions[i], &instruction, sizeof(instructions[i]));
    }
    struct sock_fprog program = {.len = (unsigned short)(words / 2), .filter = instructions};
    /* this is the only thread, but for one that the filter must not cover */
    return install(init, flags & ~(uint32_t)SECCOMP_FILTER_FLAG_TSYNC, &program, notifies);
}
