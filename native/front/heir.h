/* The heir of a command: a process that outlives it, and runs another command if it is killed. */
#ifndef JMIGRATE_HEIR_H
#define JMIGRATE_HEIR_H

/*
 * Waits for the end of descriptor 3, a pipe. A byte before it says that nothing is left to do. Without one the command is dead, and this
 * program is run with `words`, its name first, until it succeeds. Returns the exit code.
 */
int heir_run(char **words);

#endif
