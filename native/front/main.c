/*
 * jmigrate, the front: hands a command to a warm JVM, or to one that it starts, and serves it as the parent of all that the
 * command starts. So containers are descendants of the caller and have the caller's descriptors, session and cgroup.
 *
 *   jmigrate ARGS...                      a command
 *   jmigrate --launcher FD [--subreaper]  the same service without a command, over an inherited socket
 *   jmigrate --heir NAME ARGS...          the command NAME ARGS, when another one is dead (heir.h)
 *
 * It decides nothing: the words of the command are Java's to understand.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "children.h"
#include "frame.h"
#include "heir.h"
#include "java.h"
#include "serve.h"
#include "service.h"
#include "words.h"

enum {
    FAILURE_CODE = 1,
    JAVA_END_SECONDS = 300, /* a JVM that writes its start-up cache at its end takes long, most of all on a busy machine */
    JAVA_LOST_SECONDS = 5,
};

/* What the caller gives: its standard streams, and those further descriptors that are open before this process opens its own. */
static int given_fds[3 + WORDS_PRESERVED_FDS_MAX + 1];
static size_t given_count;

static void note_given_fds(char **argv)
{
    int highest = 2 + words_preserved_fds(argv);
    for (int fd = 0; fd <= highest; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            given_fds[given_count++] = fd;
    }
    int status = words_status_fd(argv);
    if (status > highest && fcntl(status, F_GETFD) >= 0)
        given_fds[given_count++] = status;
}

/* They are Java's alone now, which closes them: whoever reads from the other end is not to wait for this process, too. */
static void close_given_fds(void)
{
    for (size_t i = 0; i < given_count; i++) {
        if (given_fds[i] > 2)
            close(given_fds[i]);
    }
}

/* Tells Java what the caller wants and gives it the caller's descriptors; errno on failure. */
static bool say_hello(int socket, char **argv)
{
    static char cwd[PATH_MAX];
    if (getcwd(cwd, sizeof(cwd)) == NULL)
        cwd[0] = '\0'; /* it was removed: Java says so to those commands that need one */
    struct wire_writer *hello = frame_begin(FRAME_HELLO);
    wire_put_u32(hello, FRAME_VERSION);
    wire_put_strings(hello, argv);
    wire_put_strings(hello, environ);
    wire_put_string(hello, cwd);
    wire_put_u32(hello, (uint32_t)given_count);
    for (size_t i = 0; i < given_count; i++)
        wire_put_u32(hello, (uint32_t)given_fds[i]);
    return frame_send(socket, given_fds, given_count);
}

/* Standard streams that the caller has closed must not become numbers of our own files. */
static bool open_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
            return false;
    }
    return true;
}

static void tell_loss(const struct front *front)
{
    if (front->java == 0)
        fprintf(stderr, "jmigrate: the service went away before the command was complete\n");
    else if (front->java_ended && WIFSIGNALED(front->java_status))
        fprintf(stderr, "jmigrate: Java was killed by signal %d before the command was complete\n",
                WTERMSIG(front->java_status));
    else if (front->java_ended)
        fprintf(stderr, "jmigrate: Java ended with code %d before the command was complete\n",
                WEXITSTATUS(front->java_status));
    else
        fprintf(stderr, "jmigrate: Java closed its connection before the command was complete\n");
}

static int run_command(char **argv)
{
    enum java_life life = words_life(argv);
    struct front front = {.socket = life == JAVA_COMMAND ? service_connect() : -1};
    if (front.socket < 0 && !java_start(&front, life))
        return FAILURE_CODE;
    int code = -1;
    bool told = say_hello(front.socket, argv);
    close_given_fds();
    bool lost = !told && errno == EPIPE;
    if (!told && !lost)
        fprintf(stderr, "jmigrate: cannot hand the command to Java: %s\n", strerror(errno));
    enum serve_result result = told ? serve(&front, &code) : SERVE_LOST;
    close(front.socket);
    if (result == SERVE_EXIT) {
        children_await_java(&front, JAVA_END_SECONDS);
        return code;
    }
    children_await_java(&front, JAVA_LOST_SECONDS);
    if (told || lost)
        tell_loss(&front);
    return FAILURE_CODE;
}

static int run_launcher(const char *socket, bool subreaper)
{
    struct front front = {.socket = words_number(socket, INT_MAX - 1)};
    if (front.socket < 3 || fcntl(front.socket, F_SETFD, FD_CLOEXEC) < 0) {
        fprintf(stderr, "jmigrate: --launcher needs the number of an open socket, not '%s'\n", socket);
        return FAILURE_CODE;
    }
    if (subreaper && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
        fprintf(stderr, "jmigrate: cannot become a subreaper: %s\n", strerror(errno));
        return FAILURE_CODE;
    }
    char *no_words[] = {NULL};
    char **environment = environ;
    struct wire_writer *hello = frame_begin(FRAME_HELLO);
    wire_put_u32(hello, FRAME_VERSION);
    wire_put_strings(hello, no_words);
    wire_put_strings(hello, environment);
    wire_put_string(hello, "");
    wire_put_u32(hello, 0);
    if (!frame_send(front.socket, NULL, 0))
        return FAILURE_CODE;
    int code = -1;
    return serve(&front, &code) == SERVE_EXIT ? code : 0;
}

/* Closes what a launcher inherited besides its socket. */
static bool close_others(const char *socket)
{
    int fd = words_number(socket, INT_MAX - 1);
    if (fd < 3)
        return true; /* refused later */
    if (fd > 3 && close_range(3, (unsigned)fd - 1, 0) < 0)
        return false;
    return close_range((unsigned)fd + 1, ~0U, 0) == 0;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--heir") == 0)
        return heir_run(argv + 2);
    bool launcher = argc >= 3 && strcmp(argv[1], "--launcher") == 0;
    bool subreaper = launcher && argc == 4 && strcmp(argv[3], "--subreaper") == 0;
    bool streams = open_standard_streams();
    if (streams && !launcher)
        note_given_fds(argv);
    if (!streams || (launcher && !close_others(argv[2])) || !serve_prepare()) {
        fprintf(stderr, "jmigrate: cannot start: %s\n", strerror(errno));
        return FAILURE_CODE;
    }
    if (launcher)
        return run_launcher(argv[2], subreaper);
    return run_command(argv);
}
