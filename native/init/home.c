/* The home directory that the container's own /etc/passwd gives a user. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "resolve.h"

#define PASSWD "/etc/passwd"

enum { PASSWD_BYTES_MAX = 1 << 20, UID_FIELD = 2, HOME_FIELD = 5 };

/* Reads what there is of the file, at most that much; an image without one, or with something else there, has no users. */
static const char *read_passwd(void)
{
    static char content[PASSWD_BYTES_MAX];
    struct stat status;
    size_t have = 0;
    int fd = resolve_here(PASSWD, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return content;
    ssize_t n = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? 1 : 0;
    while (n > 0 && have < sizeof(content) - 1) {
        n = read(fd, content + have, sizeof(content) - 1 - have);
        if (n > 0)
            have += (size_t)n;
    }
    close(fd);
    content[have] = '\0';
    return content;
}

/* The start of a field of a line, which ends with a colon or the line; NULL if the line has fewer. */
static const char *field(const char *line, int index)
{
    for (int i = 0; i < index; i++) {
        line += strcspn(line, ":\n");
        if (*line != ':')
            return NULL;
        line++;
    }
    return line;
}

static bool is_of(const char *line, uint32_t uid)
{
    const char *number = field(line, UID_FIELD);
    char *end = NULL;
    if (number == NULL || *number < '0' || *number > '9')
        return false;
    unsigned long value = strtoul(number, &end, 10);
    return *end == ':' && value == uid;
}

int step_home(struct init *init, struct wire_reader *fields)
{
    uint32_t uid = wire_u32(fields);
    const char *line = read_passwd();
    const char *home = NULL;
    while (*line != '\0' && home == NULL) { /* ends with the content */
        if (is_of(line, uid))
            home = field(line, HOME_FIELD);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    size_t length = home == NULL ? 0 : strcspn(home, ":\n");
    bool usable = length > 0 && length < PATH_MAX;
    (void)snprintf(init->home, sizeof(init->home), "HOME=%.*s", usable ? (int)length : 1, usable ? home : "/");
    return 0;
}
