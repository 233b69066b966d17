/*
 * Memory that a process's forked children don't get, but zeros (madvise(2), MADV_WIPEONFORK): the kernel leaves the pages out that are
 * there when it forks, and has to be followed with those that are to come. Java has made a table of it (io.jmigrate.pages.fill.WipedTable).
 */
#ifndef JMIGRATE_WIPED_H
#define JMIGRATE_WIPED_H

#include <stdbool.h>
#include <stdint.h>

#include "ranges.h"

struct wiped_range {
    uint32_t pid; /* in the container */
    uint32_t none;
    uint64_t start;
    uint64_t end;
};

/* Maps a table. False, and errno, if it can't be read or isn't any. */
bool wiped_open(int table);

/* Marks what a process has of it. False if there is no memory for that. */
bool wiped_mark(uint32_t pid, struct ranges *ranges);

#endif
