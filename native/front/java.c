#include "java.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "spawn.h"

#define PROGRAM_IN_TREE "/bin/jmigrate"
#define MAIN_CLASS "io.jmigrate.cli.Main"
#define PREFIX_MARK "@PREFIX@"

enum {
    OPTIONS_BYTES_MAX = 64 << 10,
    OPTIONS_MAX = 256,
    ENVIRONMENT_MAX = 65536,
    JAVA_SOCKET_FD = 3,
};

static char prefix[PATH_MAX];
static char arguments[2 * OPTIONS_BYTES_MAX];
static size_t arguments_used;
static char *argv[OPTIONS_MAX + 8];
static size_t argc;

/* The tree that this program lies in, without a slash at its end. */
static bool find_prefix(void)
{
    ssize_t length = readlink("/proc/self/exe", prefix, sizeof(prefix) - 1);
    size_t tail = strlen(PROGRAM_IN_TREE);
    if (length < 0) {
        fprintf(stderr, "jmigrate: cannot read /proc/self/exe: %s\n", strerror(errno));
        return false;
    }
    prefix[length] = '\0';
    if ((size_t)length <= tail || strcmp(prefix + length - tail, PROGRAM_IN_TREE) != 0) {
        fprintf(stderr, "jmigrate: %s does not lie in a jmigrate tree (PREFIX/bin/jmigrate)\n", prefix);
        return false;
    }
    prefix[(size_t)length - tail] = '\0';
    return true;
}

/* Appends text to the argument that is being written; false if there is no room. */
static bool append(const char *text, size_t length)
{
    if (sizeof(arguments) - arguments_used <= length + 1)
        return false;
    memcpy(arguments + arguments_used, text, length);
    arguments_used += length;
    arguments[arguments_used] = '\0';
    return true;
}

/* One more argument, in which the mark stands for the prefix. */
static bool add_argument(const char *text)
{
    if (argc >= OPTIONS_MAX)
        return false;
    argv[argc++] = arguments + arguments_used;
    bool fits = true;
    const char *mark;
    while (fits && (mark = strstr(text, PREFIX_MARK)) != NULL) { /* ends with the text */
        fits = append(text, (size_t)(mark - text)) && append(prefix, strlen(prefix));
        text = mark + strlen(PREFIX_MARK);
    }
    fits = fits && append(text, strlen(text));
    arguments_used++;
    argv[argc] = NULL;
    return fits;
}

/* Reads a whole small file into a zero-terminated buffer. */
static bool read_file(const char *path, char *into, size_t capacity)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    size_t have = 0;
    ssize_t n = 1;
    while (n > 0 && have < capacity - 1) {
        n = read(fd, into + have, capacity - 1 - have);
        if (n > 0)
            have += (size_t)n;
    }
    close(fd);
    into[have] = '\0';
    if (n > 0)
        errno = EFBIG;
    return n == 0;
}

/* One option a line; empty lines and lines that start with # are none. */
static bool add_options(const char *file)
{
    static char content[OPTIONS_BYTES_MAX];
    char path[PATH_MAX + 32];
    (void)snprintf(path, sizeof(path), "%s/lib/%s", prefix, file);
    if (!read_file(path, content, sizeof(content))) {
        fprintf(stderr, "jmigrate: cannot read %s: %s\n", path, strerror(errno));
        return false;
    }
    char *rest = content;
    char *line;
    while ((line = strsep(&rest, "\n")) != NULL) { /* ends with the file */
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (!add_argument(line)) {
            fprintf(stderr, "jmigrate: too many options in %s\n", path);
            return false;
        }
    }
    return true;
}

/* Ours without what would change the JVM's options, and with a locale in which file names are UTF-8. */
static char **java_environment(void)
{
    static char *env[ENVIRONMENT_MAX];
    static const char *const dropped[] = {"JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS=", "LC_ALL=",
                                          "JAVA_OPTIONS=", "CLASSPATH=", "LD_PRELOAD=", "LD_LIBRARY_PATH="};
    static char locale[] = "LC_ALL=C.UTF-8";
    size_t count = 0;
    for (size_t i = 0; environ[i] != NULL && count < ENVIRONMENT_MAX - 2; i++) {
        bool keep = true;
        for (size_t d = 0; d < sizeof(dropped) / sizeof(dropped[0]); d++)
            keep = keep && strncmp(environ[i], dropped[d], strlen(dropped[d])) != 0;
        if (keep)
            env[count++] = environ[i];
    }
    env[count++] = locale;
    env[count] = NULL;
    return env;
}

static pid_t spawn_java(const char *program, int socket, int null)
{
    /* Command output goes through the descriptors of HELLO; what the JVM itself says belongs on standard error. */
    static char lib[PATH_MAX + 8];
    (void)snprintf(lib, sizeof(lib), "%s/lib", prefix);
    int fds[] = {null, STDERR_FILENO, STDERR_FILENO, socket};
    uint32_t numbers[] = {0, 1, 2, JAVA_SOCKET_FD};
    struct spawn_request request = {
        /* This process tells Java of signals, so that it ends in order also when all of a service's processes get one. */
        .flags = SPAWN_NEW_GROUP | SPAWN_NOT_ENDED,
        .path = program,
        .argv = argv,
        .envp = java_environment(),
        .cwd = lib, /* the class path's names are relative to it */
        .keyring = "",
        .fd_count = 4,
        .fds = fds,
        .fd_numbers = numbers,
    };
    struct spawn_failure failure;
    pid_t pid = spawn(&request, &failure);
    if (pid < 0)
        fprintf(stderr, "jmigrate: cannot start Java (%s): %s\n", program, strerror(failure.errno_value));
    return pid;
}

bool java_start(struct front *front, enum java_life life)
{
    static const char *const options[] = {
        [JAVA_COMMAND] = "java.options",
        [JAVA_STAYS] = "java-stays.options",
        [JAVA_SERVICE] = "java-service.options",
        [JAVA_NODE] = "java-node.options"};
    char program[PATH_MAX + 32];
    if (!find_prefix())
        return false;
    (void)snprintf(program, sizeof(program), "%s/lib/runtime/bin/java", prefix);
    if (!add_argument(program) || !add_options(options[life]))
        return false;
    if (!add_argument(MAIN_CLASS) || !add_argument("--front-fd") || !add_argument("3"))
        return false;
    int pair[2];
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
        fprintf(stderr, "jmigrate: cannot make a socket for Java: %s\n", strerror(errno));
        return false;
    }
    front->java = spawn_java(program, pair[1], null);
    close(pair[1]);
    close(null);
    front->socket = pair[0];
    return front->java > 0;
}
