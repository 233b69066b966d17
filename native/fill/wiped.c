#include "wiped.h"

#include <errno.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>

static const struct wiped_range *wiped;
static size_t wiped_count;

bool wiped_open(int table)
{
    struct stat status;
    if (fstat(table, &status) < 0)
        return false;
    size_t bytes = (size_t)status.st_size;
    if (bytes == 0)
        return true;
    void *mapped = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, table, 0);
    if (mapped == MAP_FAILED)
        return false;
    wiped = mapped;
    wiped_count = bytes / sizeof(struct wiped_range);
    errno = EINVAL;
    return bytes % sizeof(struct wiped_range) == 0;
}

bool wiped_mark(uint32_t pid, struct ranges *ranges)
{
    bool good = true;
    for (size_t i = 0; good && i < wiped_count; i++) {
        if (wiped[i].pid == pid)
            good = ranges_wipe(ranges, wiped[i].start, wiped[i].end);
    }
    return good;
}
