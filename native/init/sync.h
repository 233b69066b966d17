/* Messages to and from the runtime: three u32 in one packet. */
#ifndef JMIGRATE_SYNC_H
#define JMIGRATE_SYNC_H

#include <stdbool.h>
#include <stdint.h>

enum sync_message {
    SYNC_CHILD = 1,    /* pid of the container's process */
    SYNC_READY = 2,    /* the process waits for SYNC_PROCEED */
    SYNC_FAILED = 3,   /* index of the step or SYNC_NO_STEP, errno */
    SYNC_TERMINAL = 4, /* with the descriptor of the process's terminal's master */
    SYNC_HOOKS = 5,    /* the process waits for SYNC_PROCEED while the runtime runs its hooks */
    SYNC_HOOK_FAILED = 6, /* with the descriptor of what it says; SYNC_FAILED follows */
    SYNC_MAPS = 7,     /* pid of a process whose maps the runtime writes; the sender waits for SYNC_PROCEED */
    SYNC_LISTENER = 8, /* with the descriptor of the seccomp filter's listener */
    SYNC_PROCEED = 16,
};

#define SYNC_NO_STEP UINT32_MAX

/* False if nobody listens. */
bool sync_send(int socket, enum sync_message type, uint32_t a, uint32_t b);

/* With a descriptor (SCM_RIGHTS). */
bool sync_send_descriptor(int socket, enum sync_message type, int descriptor);

/* Waits until the runtime has closed its end: from then on sync_send fails, and what goes wrong has to be said elsewhere. */
void sync_await_end(int socket);

/* Waits for SYNC_PROCEED; false if the runtime is gone or says something else. */
bool sync_await_proceed(int socket);

#endif
