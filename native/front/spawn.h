/* Starts programs with exactly the descriptors that they are given. */
#ifndef JMIGRATE_SPAWN_H
#define JMIGRATE_SPAWN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "frame.h"

enum spawn_flag {
    SPAWN_NEW_SESSION = 1, /* setsid */
    SPAWN_NEW_GROUP = 2,   /* setpgid, so that the terminal's signals do not reach it */
    SPAWN_NOT_ENDED = 4,   /* ignores INT, TERM and HUP, whoever sends them: it is told by its parent */
};

/* Where a start failed. */
enum spawn_step {
    SPAWN_STEP_FORK = 1,
    SPAWN_STEP_SESSION = 2,
    SPAWN_STEP_DIRECTORY = 3,
    SPAWN_STEP_DESCRIPTORS = 4,
    SPAWN_STEP_EXECUTE = 5,
    SPAWN_STEP_KEYRING = 6,
};

enum { SPAWN_FD_NUMBER_MAX = 1023 };

struct spawn_request {
    uint32_t flags;
    const char *path; /* without a slash: searched in the PATH of envp */
    char **argv;
    char **envp;
    const char *cwd; /* empty: this process's */
    const char *keyring; /* the session keyring to join; empty: this process's */
    size_t fd_count;
    const int *fds;                 /* as they are here */
    const uint32_t *fd_numbers;     /* as the program gets them */
};

struct spawn_failure {
    int32_t errno_value;
    uint32_t step;
};

/* The pid, once the program is executed; or -1 and the failure. A failed child is reaped. */
pid_t spawn(const struct spawn_request *request, struct spawn_failure *failure);

#endif
