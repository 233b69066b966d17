/* What the front has to know of a command's words and of what came with them; all else in them is Java's to understand. */
#ifndef JMIGRATE_WORDS_H
#define JMIGRATE_WORDS_H

#include "java.h"

enum { WORDS_PRESERVED_FDS_MAX = 64 };

/* A decimal number up to `max`, or -1. */
int words_number(const char *text, int max);

/* How many descriptors from 3 on the caller may give to the container: socket activation and --preserve-fds, as in runc. */
int words_preserved_fds(char **argv);

/* The descriptor that checkpoint --status-fd names, and -1 without one. */
int words_status_fd(char **argv);

/* Commands that stay, or are about a service itself, get a JVM of their own; the others are a warm service's, where there is one. */
enum java_life words_life(char **argv);

#endif
