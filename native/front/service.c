#include "service.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_OF_ROOT "/run/jmigrate/service.sock"
#define SOCKET_OF_USER "/jmigrate/service.sock" /* below XDG_RUNTIME_DIR */

static bool trusted(uid_t uid)
{
    return uid == geteuid();
}

/* The command line, environment and descriptors go to whoever listens there: only to ourselves. */
static bool acceptable(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISSOCK(status.st_mode) && trusted(status.st_uid) &&
           (status.st_mode & 0777) == 0600;
}

static bool peer_trusted(int socket)
{
    struct ucred peer;
    socklen_t length = sizeof(peer);
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && trusted(peer.uid);
}

/* Where the service of this user listens; false if nobody says where that is. */
static bool find_socket(char *into, size_t capacity)
{
    const char *named = getenv("JMIGRATE_SERVICE");
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    int length;
    if (named != NULL && named[0] != '\0')
        length = snprintf(into, capacity, "%s", named);
    else if (geteuid() == 0)
        length = snprintf(into, capacity, "%s", SOCKET_OF_ROOT);
    else if (runtime != NULL && runtime[0] != '\0')
        length = snprintf(into, capacity, "%s%s", runtime, SOCKET_OF_USER);
    else
        return false;
    return length > 0 && (size_t)length < capacity;
}

int service_connect(void)
{
    const char *no = getenv("JMIGRATE_NO_SERVICE");
    if (no != NULL && strcmp(no, "1") == 0)
        return -1;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!find_socket(address.sun_path, sizeof(address.sun_path)) || !acceptable(address.sun_path))
        return -1;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 && peer_trusted(fd))
        return fd;
    close(fd);
    return -1;
}
