/* How many descriptors a process may have (setrlimit(2), RLIMIT_NOFILE). The table is one, the limit each process's own. */
#ifndef JMIGRATE_DESCRIPTORS_H
#define JMIGRATE_DESCRIPTORS_H

/* As many as root may have. */
void descriptors_for_all(void);

/* A few less, which are left to whoever takes the place of filler or guard, however many processes the container has. */
void descriptors_for_memory(void);

#endif
