#include "service.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define SERVICE_SOCKET "/run/jmigrate/service.sock"

static bool trusted(uid_t uid)
{
    return uid == geteuid() || uid == 0;
}

/* The command line, environment and descriptors go to whoever listens there: only to ourselves or root. */
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

int service_connect(void)
{
    const char *no = getenv("JMIGRATE_NO_SERVICE");
    if (no != NULL && strcmp(no, "1") == 0)
        return -1;
    const char *path = getenv("JMIGRATE_SERVICE");
    if (path == NULL || path[0] == '\0')
        path = SERVICE_SOCKET;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length >= sizeof(address.sun_path) || !acceptable(path))
        return -1;
    memcpy(address.sun_path, path, length + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 && peer_trusted(fd))
        return fd;
    close(fd);
    return -1;
}
