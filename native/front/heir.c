#include "heir.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    COMMAND_FD = 3,
    TRIES_MAX = 6,           /* memory may be short, or a lock be held: 1 + 2 + 4 + 8 + 16 seconds */
};

/* Whoever ends the command ends it with these, too: this process is there for what comes after. */
static const int outlived[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGPIPE};

static void set_signals(void (*action)(int))
{
    for (size_t i = 0; i < sizeof(outlived) / sizeof(outlived[0]); i++)
        (void)signal(outlived[i], action); /* cannot fail for these */
}

/* Whether the command has said that nothing is left to do. */
static bool dismissed(void)
{
    char word;
    ssize_t n;
    do
        n = read(COMMAND_FD, &word, sizeof(word));
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof(word);
}

static bool succeeds(char **words)
{
    pid_t pid = fork();
    if (pid == 0) {
        set_signals(SIG_DFL);
        execv("/proc/self/exe", words);
        _exit(EXIT_FAILURE);
    }
    int status = -1;
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

int heir_run(char **words)
{
    set_signals(SIG_IGN);
    (void)prctl(PR_SET_NAME, "heir"); /* who kills all processes of the front's name leaves this one */
    if (dismissed())
        return EXIT_SUCCESS;
    (void)close(COMMAND_FD);
    for (unsigned try = 0; try < TRIES_MAX; try++) {
        if (try > 0)
            (void)sleep(1U << (try - 1));
        if (succeeds(words))
            return EXIT_SUCCESS;
    }
    return EXIT_FAILURE;
}
