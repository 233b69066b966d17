/*
 * jmigrate-track gets a userfaultfd of another process's memory, which the kernel gives to that process alone (userfaultfd(2)): it stops
 * one of its threads, has that make the call, takes the descriptor, has it closed again, and lets the thread go on where it was. What is
 * done with the descriptor is Java's matter.
 *
 * Each request is done by a process of its own. A tracer that ends lets go of whatever it holds, so a thread that does not stop in time
 * (one that waits for a disk, or for a child of vfork) is let go by ending. Once its registers are changed it is not let go before it has
 * them back: if it does not reach its system call in time it is stopped where it is.
 *
 * From the first changed register to the last restored one, some tens of microseconds, this program must not die: the thread would go
 * on with registers that are not its own. Nothing but SIGKILL can end it there. PTRACE_O_EXITKILL would make that certain death.
 */
#ifndef JMIGRATE_TRACK_H
#define JMIGRATE_TRACK_H

#include <stdint.h>

enum { TRACK_CONTROL = 3 /* descriptor: a packet with each request, and one with each answer */ };

/* A request: a pidfd of the process comes along. */
enum track_word {
    TRACK_ATTACH = 1, /* answered by ATTACHED with a userfaultfd */
    TRACK_CLOSE = 2,  /* has the process close a descriptor if that is a userfaultfd; answered by CLOSED */
};

struct track_request {
    uint32_t word;
    uint32_t pid;
    uint32_t descriptor; /* of CLOSE */
    uint32_t number;     /* its answer has the same */
};

enum track_outcome {
    TRACK_ATTACHED = 1,
    TRACK_CLOSED = 2,
    TRACK_FAILED = 3,      /* may be tried again */
    TRACK_UNSUPPORTED = 4, /* as long as the process executes this program */
};

/* An answer; of a request that took too long a second one may come later. Text follows where nothing was done, which says why and goes on with the error where there is one. */
struct track_answer {
    uint32_t outcome;
    uint32_t error; /* errno, or 0 */
    uint32_t number;
    uint32_t kept; /* of ATTACHED: whether the process has the descriptor still */
    uint64_t stopped_nanos;
};

#endif
