/* Stops one thread of a process (ptrace(2)), whichever stops first of those that are tried. */
#ifndef JMIGRATE_HOLD_H
#define JMIGRATE_HOLD_H

#include "inject.h"

/* A process, by a pid that is its own as long as it is not reaped, and the pidfd that tells so. */
struct process {
    pid_t pid;
    int pidfd;
};

/* Stops one. Its thread is in `task`. */
struct trouble hold_stop(struct process process, pid_t *task);

/* Lets it go on. */
void hold_release(pid_t task);

#endif
