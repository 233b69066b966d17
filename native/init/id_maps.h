/* Maps of user namespaces, one line for each range (user_namespaces(7)). */
#ifndef JMIGRATE_ID_MAPS_H
#define JMIGRATE_ID_MAPS_H

#include <sys/types.h>

#include "init.h"

struct id_maps {
    const char *uid;
    const char *gid;
    bool deny_setgroups;
    bool by_runtime; /* what is empty here is written by the runtime */
};

/* Writes those of the user namespace that a process has just been made in; 0 or the errno. In namespaces.c. */
int write_id_maps(const struct init *init, pid_t pid, const struct id_maps *maps);

#endif
