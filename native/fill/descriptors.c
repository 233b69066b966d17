#include "descriptors.h"

#include <sys/resource.h>

enum { LEFT = 32 };

static void limit_to_all_but(rlim_t left)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max > 2 * left ? limit.rlim_max - left : limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit); /* few processes need few */
    }
}

void descriptors_for_all(void)
{
    limit_to_all_but(0);
}

void descriptors_for_memory(void)
{
    limit_to_all_but(LEFT);
}
