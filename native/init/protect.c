#include "protect.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U /* kernel 6.3 */
#endif

enum { COPY_CALLS_MAX = 1024 };

static const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

int hide_from_container(void)
{
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ? errno : 0;
}

static bool copy(int from, int to, size_t bytes)
{
    size_t done = 0;
    for (int i = 0; i < COPY_CALLS_MAX && done < bytes; i++) {
        ssize_t n = sendfile(to, from, NULL, bytes - done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return done == bytes;
}

/* A sealed copy of the open program, or -1. */
static int sealed_copy(int program)
{
    struct stat status;
    if (fstat(program, &status) < 0)
        return -1;
    int fd = memfd_create("jmigrate-init", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
    if (fd < 0 && errno == EINVAL)
        fd = memfd_create("jmigrate-init", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    if (copy(program, fd, (size_t)status.st_size) && fchmod(fd, 0500) == 0 && fcntl(fd, F_ADD_SEALS, seals) == 0)
        return fd;
    if (errno == 0)
        errno = EIO;
    return -1; /* the process ends now */
}

int protect_executable(char **argv, char **envp)
{
    int program = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (program < 0)
        return errno;
    int have = fcntl(program, F_GET_SEALS); /* EINVAL for anything but a memfd */
    if (have >= 0 && (have & seals) == seals) {
        close(program);
        return 0;
    }
    errno = 0;
    int fd = sealed_copy(program);
    if (fd < 0)
        return errno;
    (void)fexecve(fd, argv, envp);
    return errno;
}
