/*
 * Places to mount onto. An image may have prepared them: its links are followed inside the root (resolve.h), but not to where a mount
 * that was meant for another place would take a container's confinement away.
 */
#ifndef JMIGRATE_TARGET_H
#define JMIGRATE_TARGET_H

#include "resolve.h"

/* Opens where a filesystem of a type ("" for a bind mount) is to be mounted, made if missing; -1 and errno, ELOOP if a link misleads. */
int target_open(const struct init *init, const char *path, const char *fstype, enum resolve_kind kind);

/* Opens a file, made if missing, that must not be a link itself; -1 and errno, ELOOP for one. */
int target_open_file(const struct init *init, const char *path);

#endif
