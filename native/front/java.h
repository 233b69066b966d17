/* The cold path: a JVM of our own, from the distribution's tree. */
#ifndef JMIGRATE_JAVA_H
#define JMIGRATE_JAVA_H

#include "front.h"

/* How long a program will live, which its JVM is tuned for. */
enum java_life { JAVA_COMMAND, JAVA_STAYS, JAVA_SERVICE, JAVA_NODE };

/* Starts the JVM with a socket to it. On failure says why on standard error and returns false. */
bool java_start(struct front *front, enum java_life life);

#endif
