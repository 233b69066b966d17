#include "hold.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef PTRACE_O_SUSPEND_SECCOMP
#define PTRACE_O_SUSPEND_SECCOMP (1 << 21)
#endif

enum { TASKS_MAX = 4, LOOK_MILLIS = 20, LOOKS_MAX = 25, PATH_BYTES = 64, LINE_BYTES = 256 };

/* Its first threads: one that has ended, or does not stop, is passed over for the next. */
static int tasks_of(pid_t pid, pid_t *tasks)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof(path), "/proc/%d/task", pid);
    DIR *directory = opendir(path);
    if (directory == NULL)
        return 0;
    int count = 0;
    struct dirent *entry;
    while (count < TASKS_MAX && (entry = readdir(directory)) != NULL) { /* ends with the directory */
        int task = atoi(entry->d_name); // NOLINT: the kernel's numbers, and . and ..
        if (task > 0)
            tasks[count++] = task;
    }
    (void)closedir(directory); /* nothing was written */
    return count;
}

/* Whether a filter may stand against its system calls; true if that can't be read. */
static bool has_filter(pid_t task)
{
    char text[LINE_BYTES];
    (void)snprintf(text, sizeof(text), "/proc/%d/status", task);
    FILE *status = fopen(text, "re");
    bool none = false;
    while (status != NULL && !none && fgets(text, sizeof(text), status) != NULL) /* ends with the file */
        none = strcmp(text, "Seccomp:\t0\n") == 0;
    if (status != NULL)
        (void)fclose(status); /* nothing was written */
    return !none;
}

/* To suspend filters takes CAP_SYS_ADMIN, and a kernel with CONFIG_CHECKPOINT_RESTORE. */
static struct trouble seize(pid_t task)
{
    if (ptrace(PTRACE_SEIZE, task, NULL, (long)(PTRACE_O_TRACESYSGOOD | PTRACE_O_SUSPEND_SECCOMP)) == 0)
        return (struct trouble){0};
    int error = errno;
    if (error == ESRCH || ptrace(PTRACE_SEIZE, task, NULL, (long)PTRACE_O_TRACESYSGOOD) < 0)
        return (struct trouble){.text = "it can't be traced", .error = error};
    if (has_filter(task))
        return (struct trouble){.text = "it has a seccomp filter, which can't be suspended", .error = error, .lasting = true};
    return (struct trouble){0};
}

/* Whether it can't be interrupted (state D, proc_pid_stat(5)); not if that can't be read. */
static bool is_uninterruptible(pid_t task)
{
    char text[LINE_BYTES];
    (void)snprintf(text, sizeof(text), "/proc/%d/stat", task);
    FILE *file = fopen(text, "re");
    const char *name_end = NULL;
    if (file != NULL) {
        if (fgets(text, sizeof(text), file) != NULL)
            name_end = strrchr(text, ')');
        (void)fclose(file); /* nothing was written */
    }
    return name_end != NULL && strncmp(name_end, ") D", 3) == 0;
}

/*
 * On a busy machine a thread that can be stopped may have to wait for a processor first. One that was about to take a signal stops for that:
 * the signal goes on to it, as nobody would send it again.
 */
static bool await_stop(pid_t task)
{
    for (int looks = 0; looks < LOOKS_MAX; looks++) {
        int status = inject_await(task, LOOK_MILLIS);
        if (status >= 0 && status >> 16 == PTRACE_EVENT_STOP)
            return true;
        if (status >= 0) {
            if (ptrace(PTRACE_CONT, task, NULL, (long)WSTOPSIG(status)) < 0)
                return false;
            continue;
        }
        if (errno != ETIMEDOUT)
            return false;
        if (is_uninterruptible(task)) {
            errno = ETIMEDOUT;
            return false;
        }
    }
    errno = ETIMEDOUT;
    return false;
}

static struct trouble stop(pid_t task)
{
    struct trouble trouble = seize(task);
    if (trouble.text != NULL)
        return trouble;
    if (ptrace(PTRACE_INTERRUPT, task, NULL, NULL) < 0)
        return (struct trouble){.text = "it can't be stopped", .error = errno};
    if (!await_stop(task))
        return (struct trouble){.text = "it does not stop", .error = errno};
    return (struct trouble){0};
}

struct trouble hold_stop(struct process process, pid_t *task)
{
    pid_t tasks[TASKS_MAX];
    int count = tasks_of(process.pid, tasks);
    struct trouble trouble = {.text = "it has ended", .error = ESRCH};
    for (int i = 0; i < count; i++) {
        trouble = stop(tasks[i]);
        if (trouble.text == NULL && syscall(SYS_pidfd_send_signal, process.pidfd, 0, NULL, 0) < 0) {
            hold_release(tasks[i]); /* another process has the number by now */
            return (struct trouble){.text = "it has ended", .error = errno};
        }
        *task = tasks[i];
        if (trouble.text == NULL || trouble.lasting)
            return trouble;
    }
    return trouble;
}

void hold_release(pid_t task)
{
    (void)ptrace(PTRACE_DETACH, task, NULL, NULL); /* fails only if it has been killed */
}
