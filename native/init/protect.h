/*
 * Keeps the host's copy of this program out of the container's reach: a process that is about to enter a container is its
 * /proc/PID/exe to those inside, who could open the file and write to it once it is no longer executed (CVE-2019-5736).
 */
#ifndef JMIGRATE_PROTECT_H
#define JMIGRATE_PROTECT_H

/* Nobody in a container that is entered may look into this process, or take its descriptors, before it executes. 0 or an errno. */
int hide_from_container(void);

/* Executes this program again from a sealed copy in memory, unless it already runs from one. Returns 0 then, or an errno. */
int protect_executable(char **argv, char **envp);

#endif
