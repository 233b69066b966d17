/* One process's memory: what its userfaultfd is told, and what is done about it. */
#ifndef JMIGRATE_MEMORY_H
#define JMIGRATE_MEMORY_H

#include <linux/userfaultfd.h>
#include <stdbool.h>
#include <stdint.h>

#include "fill.h"
#include "ranges.h"

struct memory {
    int uffd; /* -1 when the process has ended */
    uint32_t pid;
    struct ranges missing;
};

/*
 * Reads one event and does what it asks for.
 * Returns the userfaultfd of a new process that was forked off, which lacks the same; else -1.
 */
int memory_event(struct fill *fill, struct memory *memory);

/* Fetches and places the next piece. */
void memory_advance(struct fill *fill, struct memory *memory);

/* Lets go of it: what is not there reads as zeros from now on. */
void memory_close(struct memory *memory);

#endif
