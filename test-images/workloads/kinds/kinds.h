// What the files of this directory share. A kind is something that the kernel keeps for a process and that has to be as it was
// after a checkpoint and a restore. Each runs in a process of its own (main.c): set_up makes it, and verify, called every
// TICK_MS, checks what the last call has left, and leaves something anew: whenever the process is frozen, there is something.
// Whatever is wrong ends the process by bad(), which says so in its report.
#ifndef KINDS_H
#define KINDS_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { TICK_MS = 50, MESSAGE_BYTES = 16 };

struct kind {
    const char *name;
    void (*set_up)(void);
    void (*verify)(void);
};

// One table a file, each ends with a kind without name.
extern const struct kind attribute_kinds[], clock_kinds[], event_kinds[], file_kinds[], ipc_kinds[], lock_kinds[], mapping_kinds[],
    memory_kinds[], pipe_kinds[], process_kinds[], signal_kinds[], tcp_kinds[], tcp_opening_kinds[], terminal_kinds[], thread_kinds[],
    timer_kinds[], udp_kinds[], unix_kinds[], user_kinds[];

// Those that are only there if they are named, as not every host lets them be.
extern const struct kind named_kinds[];

// Reports what is wrong, and ends the process.
__attribute__((noreturn, format(printf, 1, 2))) void bad(const char *format, ...);

// The result of a system call that must not fail.
long must(long result, const char *what);

// Two numbers that have to be the same.
void same(long long have, long long want, const char *what);

// Something that has to be true.
void hold(int truth, const char *what);

// A flow of numbered messages through a pair of descriptors, of which the last one sent is always still on its way.
struct flow {
    int in, out;
    uint64_t sent, received;
};
void flow_open(struct flow *flow, int in, int out);
void flow_step(struct flow *flow);

// A child that does nothing until it is killed, or its parent has ended.
pid_t sleeper(void);

// A child that runs a function; its result is the child's exit status. Returns it.
int in_child(int (*run)(void));

// The kinds do not meet: each has a directory /tmp/NAME to itself, where it starts.
extern const char *kind_name;

#endif
