/* What the kernel is told of one process's memory, by its userfaultfd (ioctl_userfaultfd(2)). */
#ifndef JMIGRATE_UFFD_H
#define JMIGRATE_UFFD_H

#include <stdbool.h>
#include <stdint.h>

#include "fill.h"

/* What one call came to. */
enum placed {
    PLACED,
    PLACED_PART,
    PLACED_LATER,   /* the mappings are changing: an event tells how */
    PLACED_NOTHING, /* not within one mapping of those that were restored: it was unmapped, or divided */
    PLACED_GONE,    /* the process has ended */
};

/* Copies `bytes` from `from`; `done` is how many are there or can't be. Ends the filler if the kernel fails otherwise, as the next. */
enum placed uffd_copy(struct fill *fill, int uffd, uint64_t to, const unsigned char *from, uint64_t bytes, uint64_t *done);

/* A page of zeros. */
enum placed uffd_zero(struct fill *fill, int uffd, uint64_t page);

/* Whoever waits for these pages looks again. */
void uffd_wake(int uffd, uint64_t start, uint64_t bytes);

/* Whether nothing is to be read from it: no fault, and no event. */
bool uffd_silent(int uffd);

/* Whether the process has ended. Nobody tells: it has to be asked for. */
bool uffd_ended(int uffd);

#endif
