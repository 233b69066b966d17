/* Has a thread that this program holds by ptrace(2) make system calls. */
#ifndef JMIGRATE_INJECT_H
#define JMIGRATE_INJECT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Why something was not done. */
struct trouble {
    const char *text; /* NULL if there is none */
    int error;        /* errno, or 0 */
    bool lasting;     /* whether it stays so as long as the process executes this program */
};

/*
 * The address of an instruction in the process's memory that makes a system call; 0 if there is none, or the process can't be read.
 * The kernel maps one into every process (vdso(7)).
 */
uint64_t inject_instruction(pid_t pid);

/*
 * Prepares a thread that has stopped: remembers what it was doing, and blocks all its signals but SIGKILL and SIGSTOP.
 * If there is trouble, nothing was changed.
 */
struct trouble inject_begin(pid_t task, uint64_t instruction);

/*
 * Has it make a call with one argument. The result is what the kernel gave, a negative errno if that failed. It is stopped afterwards, also
 * if there is trouble: the call was not made then, or the process has ended.
 */
struct trouble inject_call(long number, uint64_t argument, long *result);

/* Gives it back its registers and signals, for which it has to be stopped. A system call that was interrupted goes on when the thread is let go. */
void inject_end(void);

/*
 * Waits until the thread stops.
 * Returns its status as of waitpid(2); -1 and ETIMEDOUT after the limit, -1 and ESRCH if it has ended.
 */
int inject_await(pid_t task, long limit_millis);

#endif
