/* The children of the front: the JVM, if it has started one, and what Java had it start. */
#ifndef JMIGRATE_CHILDREN_H
#define JMIGRATE_CHILDREN_H

#include <stdbool.h>
#include <sys/types.h>

#include "front.h"

/* Reaps those that have ended, and tells Java. */
void children_reap(struct front *front);

/* Whether a pid is a child's: one that was reaped may be a stranger's now. */
bool children_have(pid_t pid);

/* Waits until the JVM is gone; after `seconds` it is killed. */
void children_await_java(struct front *front, int seconds);

#endif
