/* The front's service to Java: starts programs, reaps children, passes signals on. */
#ifndef JMIGRATE_SERVE_H
#define JMIGRATE_SERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

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

/* How the conversation ended. */
enum serve_result {
    SERVE_EXIT, /* Java said so; the code is set */
    SERVE_LOST, /* the connection ended without a word */
};

/* Blocks the signals that are served; must run before anything is started. False on failure. */
bool serve_prepare(void);

/* Serves until the end. */
enum serve_result serve(struct front *front, int *exit_code);

/* Waits until the JVM is gone; after `seconds` it is killed. */
void serve_await_java(struct front *front, int seconds);

#endif
