#include "uffd.h"

#include <errno.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

enum { ANY_PAGE = 1 << 28 /* of user space, whatever is there */ };

enum placed uffd_copy(struct fill *fill, int uffd, uint64_t to, const unsigned char *from, uint64_t bytes, uint64_t *done)
{
    struct uffdio_copy call = {.dst = to, .src = (uint64_t)(uintptr_t)from, .len = bytes};
    *done = bytes;
    if (ioctl(uffd, UFFDIO_COPY, &call) == 0)
        return PLACED;
    if (call.copy > 0) {
        *done = (uint64_t)call.copy;
        return PLACED_PART;
    }
    *done = 0;
    switch (errno) {
    case EAGAIN:
        return PLACED_LATER;
    case EEXIST: /* there already */
        *done = FILL_PAGE_BYTES;
        return PLACED_PART;
    case ENOENT:
        return PLACED_NOTHING;
    case ESRCH:
    case ENOSPC:
        return PLACED_GONE;
    default:
        fill_fail(fill, "the kernel did not take pages", errno);
    }
}

enum placed uffd_zero(struct fill *fill, int uffd, uint64_t page)
{
    struct uffdio_zeropage call = {.range = {.start = page, .len = FILL_PAGE_BYTES}};
    if (ioctl(uffd, UFFDIO_ZEROPAGE, &call) == 0)
        return PLACED;
    switch (errno) {
    case EAGAIN:
        return PLACED_LATER;
    case EEXIST:
        return PLACED_PART;
    case ENOENT:
        return PLACED_NOTHING;
    case ESRCH:
    case ENOSPC:
        return PLACED_GONE;
    default:
        fill_fail(fill, "the kernel did not take a page", errno);
    }
}

void uffd_wake(int uffd, uint64_t start, uint64_t bytes)
{
    struct uffdio_range range = {.start = start, .len = bytes};
    (void)ioctl(uffd, UFFDIO_WAKE, &range); /* the process may have ended */
}

bool uffd_silent(int uffd)
{
    struct pollfd polled = {.fd = uffd, .events = POLLIN};
    return poll(&polled, 1, 0) == 0;
}

/* A page that nobody can read; NULL if there is no memory for it. */
static void *unreadable(void)
{
    static void *page;
    if (page == NULL) {
        void *made = mmap(NULL, FILL_PAGE_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        page = made == MAP_FAILED ? NULL : made;
    }
    return page;
}

/* The kernel looks for the process first, and what can't be read it puts nowhere. */
bool uffd_ended(int uffd)
{
    void *from = unreadable();
    struct uffdio_copy call = {.dst = ANY_PAGE, .src = (uint64_t)(uintptr_t)from, .len = FILL_PAGE_BYTES};
    return from != NULL && ioctl(uffd, UFFDIO_COPY, &call) < 0 && errno == ESRCH;
}
