/* The front's service to Java: starts programs, tells of their ends, passes signals on. */
#ifndef JMIGRATE_SERVE_H
#define JMIGRATE_SERVE_H

#include <stdbool.h>

#include "front.h"

/* How the conversation ended. */
enum serve_result {
    SERVE_EXIT, /* Java said so; the code is set */
    SERVE_LOST, /* the connection ended without a word */
};

/* Blocks the signals that are served; must run before anything is started. False on failure. */
bool serve_prepare(void);

/* Serves until the end. */
enum serve_result serve(struct front *front, int *exit_code);

#endif
