#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "descriptors.h"
#include "fill.h"
#include "later.h"
#include "stored.h"
#include "wiped.h"

/* NULL if processes can be restored that lack memory here; what they do to their mappings must be told. */
static const char *missing_feature(void)
{
    int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return strerror(errno);
    struct uffdio_api api = {.api = UFFD_API,
                             .features = UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP | UFFD_FEATURE_EVENT_REMOVE |
                                         UFFD_FEATURE_EVENT_UNMAP};
    int result = ioctl(fd, UFFDIO_API, &api);
    int error = errno;
    (void)close(fd);
    return result == 0 ? NULL : strerror(error);
}

static int listen_here(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    memcpy(address.sun_path, FILL_SOCKET, sizeof(FILL_SOCKET));
    if (lstat(FILL_SOCKET, &status) == 0 && S_ISSOCK(status.st_mode))
        (void)unlink(FILL_SOCKET); /* of one that was killed */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 1) < 0)
        return -1;
    return fd;
}

static void *shared(size_t bytes, int fd)
{
    int flags = fd < 0 ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED;
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, fd, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static int give_up(const char *what)
{
    char text[FILL_REASON_BYTES];
    (void)snprintf(text, sizeof(text), "%s: %s", what, strerror(errno));
    fill_tell(FILL_FAILED, text, -1);
    return EXIT_FAILURE;
}

int main(int count, char **words)
{
    const char *missing = missing_feature();
    if (missing != NULL) {
        fill_tell(FILL_UNSUPPORTED, missing, -1);
        return EXIT_FAILURE;
    }
    descriptors_for_all();
    (void)umask(0077);
    struct fill *fill = shared(sizeof(*fill), -1);
    int buffer = memfd_create("pages", MFD_CLOEXEC);
    /* the number is taken from now on; a pidfd it is only when Java has named a process */
    if (fill == NULL || buffer < 0 || ftruncate(buffer, FILL_BUFFER_BYTES) < 0 || dup3(buffer, FILL_ROOT, O_CLOEXEC) < 0)
        return give_up("there is no memory for a buffer");
    fill->shown = buffer;
    fill->guard = fill->epoll = fill->listener = fill->later = -1;
    fill->buffer = shared(FILL_BUFFER_BYTES, buffer);
    bool later = count > 1 && strcmp(words[1], "later") == 0;
    if (later || (count > 1 && strcmp(words[1], "files") == 0)) {
        fill->stored = stored_open(FILL_PAGES, later ? FILL_COME : -1);
        fill->cgroups = words + 2;
        if (fill->stored == NULL)
            return give_up("the table of pages can't be read");
    }
    if (!wiped_open(FILL_WIPED))
        return give_up("the table of what children don't get can't be read");
    if (later && (fill->listener = later_listen()) < 0)
        return give_up("a socket for pages that come later can't be made");
    fill->criu = listen_here();
    if (fill->buffer == NULL || fill->criu < 0)
        return give_up("CRIU's socket can't be made");
    _exit(fill_guard(fill)); /* as the guards do that come after it */
}
