/* Extended attributes: capabilities of programs, access control lists, what users have noted (xattr(7)). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

#include "copy_up.h"

enum { LIST_BYTES_MAX = 1 << 16, VALUE_BYTES_MAX = 1 << 16 }; /* XATTR_LIST_MAX, XATTR_SIZE_MAX of the kernel */

/* There are no calls that take a directory's descriptor on all kernels: through /proc, which is the working directory. */
struct attribute_path {
    char text[32 + NAME_MAX + 1];
};

static struct attribute_path path_of(int directory, const char *name)
{
    struct attribute_path path;
    (void)snprintf(path.text, sizeof(path.text), "self/fd/%d/%s", directory, name);
    return path;
}

static int copy_attribute(const char *from, const char *to, const char *attribute)
{
    static char value[VALUE_BYTES_MAX];
    ssize_t length = lgetxattr(from, attribute, value, sizeof(value));
    if (length < 0)
        return errno == ENODATA ? 0 : errno; /* taken away since it was listed */
    if (lsetxattr(to, attribute, value, (size_t)length, 0) == 0)
        return 0;
    return errno == EOPNOTSUPP ? 0 : errno; /* none that a tmpfs of this kernel can hold */
}

int copy_extended_attributes(int from, int to, const char *name)
{
    static char list[LIST_BYTES_MAX];
    const struct attribute_path source = path_of(from, name);
    const struct attribute_path target = path_of(to, name);
    ssize_t length = llistxattr(source.text, list, sizeof(list));
    if (length < 0)
        return errno == EOPNOTSUPP ? 0 : errno;
    int error = 0;
    for (const char *each = list; error == 0 && each < list + length; each += strlen(each) + 1)
        error = copy_attribute(source.text, target.text, each);
    return error;
}
