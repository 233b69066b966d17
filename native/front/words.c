#include "words.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int words_number(const char *text, int max)
{
    char *end = NULL;
    errno = 0;
    long value = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && value >= 0 && value <= max ? (int)value : -1;
}

/* How many descriptors a service manager has opened for this process (sd_listen_fds(3)). Java does not see those for another. */
static int listen_fds(void)
{
    const char *count = getenv("LISTEN_FDS");
    const char *pid = getenv("LISTEN_PID");
    if (count == NULL)
        return 0;
    if (pid == NULL || words_number(pid, INT_MAX) != (int)getpid()) {
        (void)unsetenv("LISTEN_FDS");
        return 0;
    }
    int n = words_number(count, WORDS_PRESERVED_FDS_MAX);
    return n > 0 ? n : 0;
}

/* What stands behind an option's name in a word that begins with it, with one dash or two; NULL if the word is something else. */
static const char *behind_option(const char *word, const char *option)
{
    size_t dashes = strspn(word, "-");
    size_t length = strlen(option);
    return dashes >= 1 && dashes <= 2 && strncmp(word + dashes, option, length) == 0 ? word + dashes + length : NULL;
}

/* The number that a word of the command gives to an option, as one word or with the next; -1 if it is about something else. */
static int number_of_option(char **word, const char *option, int max)
{
    const char *behind = behind_option(word[0], option);
    if (behind == NULL || (*behind != '=' && *behind != '\0'))
        return -1;
    const char *value = *behind == '=' ? behind + 1 : word[1];
    return value == NULL ? -1 : words_number(value, max);
}

int words_preserved_fds(char **argv)
{
    int count = listen_fds();
    for (size_t i = 1; argv[i] != NULL; i++) {
        int n = number_of_option(argv + i, "preserve-fds", WORDS_PRESERVED_FDS_MAX);
        count += n > 0 ? n : 0;
    }
    return count > WORDS_PRESERVED_FDS_MAX ? WORDS_PRESERVED_FDS_MAX : count;
}

int words_status_fd(char **argv)
{
    int fd = -1;
    for (size_t i = 1; argv[i] != NULL; i++) {
        int n = number_of_option(argv + i, "status-fd", INT_MAX - 1);
        fd = n >= 0 ? n : fd;
    }
    return fd;
}

/* Whether a word is one of those, which NULL ends. */
static bool is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(word, *words) != 0)
        words++;
    return *words != NULL;
}

/* The place of the command's verb in argv, or of the NULL at its end. */
static size_t verb_at(char **argv)
{
    static const char *const valued[] = {"--root", "--log", "--log-format", "--rootless", NULL};
    size_t i = 1;
    while (argv[i] != NULL && argv[i][0] == '-') {
        i += is_one_of(argv[i], valued) && argv[i + 1] != NULL ? 2 : 1;
    }
    return i;
}

/* Whether a command's words have an option, or one whose name goes on. */
static bool has_option(char **argv, const char *option)
{
    for (; argv[0] != NULL && strcmp(argv[0], "--") != 0; argv++) {
        if (behind_option(argv[0], option) != NULL)
            return true;
    }
    return false;
}

/* Whether a command derives a key from a passphrase, which takes 256 MiB of memory: too much for a JVM of others. */
static bool takes_passphrase(char **argv)
{
    static const char *const reading[] = {"checkpoint", "restore", "clone", "inspect", "convert", "diff", "memory", NULL};
    return is_one_of(argv[0], reading) && has_option(argv, "passphrase-file");
}

/* Whether a command gives a container's memory away, which takes as long as others like. */
static bool gives_memory(char **argv)
{
    return strcmp(argv[0], "checkpoint") == 0 && has_option(argv, "lazy-pages");
}

enum java_life words_life(char **argv)
{
    static const char *const staying[] = {"node", "migrate", "migration", "service", NULL};
    char **verb = argv + verb_at(argv);
    if (verb[0] == NULL)
        return JAVA_COMMAND;
    if (verb[1] != NULL && strcmp(verb[0], "node") == 0 && strcmp(verb[1], "serve") == 0)
        return JAVA_NODE;
    if (verb[1] != NULL && strcmp(verb[0], "service") == 0 && strcmp(verb[1], "run") == 0)
        return JAVA_SERVICE;
    return is_one_of(verb[0], staying) || takes_passphrase(verb) || gives_memory(verb) ? JAVA_STAYS : JAVA_COMMAND;
}

