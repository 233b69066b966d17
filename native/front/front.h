/* What one front has to keep in mind while it serves Java. */
#ifndef JMIGRATE_FRONT_H
#define JMIGRATE_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "frame.h"

enum { LATE_MAX = 64 };

struct front {
    int socket;      /* to Java */
    pid_t java;      /* the JVM that this process has started, or 0 */
    pid_t forward;   /* who gets the terminal's signals, or 0: Java */
    bool leaves;     /* children are left to whoever inherits them */
    pid_t late[LATE_MAX]; /* children that were started since, and are reaped all the same */
    size_t late_count;
    bool java_ended; /* it was reaped */
    int java_status; /* its wait status then */
};

/* A failure to send is no end by itself: what Java said last is still to be read, and then the end of its socket. */
static inline void front_tell(const struct front *front, enum frame_type type, size_t count, const uint32_t *numbers)
{
    (void)frame_send_numbers(front->socket, type, count, numbers);
}

#endif
