#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kernel_file.h"

int write_kernel_file(int fd, const char *content)
{
    if (fd < 0)
        return errno;
    size_t length = strlen(content);
    ssize_t n = write(fd, content, length);
    int error = 0;
    if (n < 0)
        error = errno;
    else if ((size_t)n != length)
        error = EIO;
    if (close(fd) < 0 && error == 0)
        error = errno;
    return error;
}
