// Pages of memory, each with a byte that tells it from the others.
#ifndef PAGES_H
#define PAGES_H

#include <sys/mman.h>

#include "kinds.h"

enum { PAGE = 4096, PAGES = 16, BYTES = PAGES * PAGE };

static inline volatile unsigned char *map(int protection, int flags, int file) {
    void *at = mmap(NULL, BYTES, protection, flags, file, 0);
    hold(at != MAP_FAILED, "memory is mapped");
    return at;
}

static inline void fill(volatile unsigned char *at, unsigned char value) {
    for (int page = 0; page < PAGES; page++)
        at[page * PAGE] = (unsigned char)(value + page);
}

static inline void check(const volatile unsigned char *at, unsigned char value) {
    for (int page = 0; page < PAGES; page++)
        same(at[page * PAGE], (unsigned char)(value + page), "byte in the memory");
}

#endif
