/* One process's memory: what its userfaultfd is told, and what is done about it. */
#ifndef JMIGRATE_MEMORY_H
#define JMIGRATE_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "fill.h"
#include "journal.h"
#include "ranges.h"

struct memory {
    int uffd; /* -1 when the process has ended */
    uint32_t pid;
    uint32_t number; /* in the journal */
    struct ranges missing;
};

/* Reads one event into the journal's place for it. False if there is none. */
bool memory_read(struct fill *fill, struct memory *memory);

/*
 * Does what that event asks for; of one that was read by a filler that was killed, what is left of it.
 * Returns the userfaultfd of a new process that was forked off, which lacks the same; else -1.
 */
int memory_heed(struct fill *fill, struct memory *memory);

/* Fetches and places the next piece. */
void memory_advance(struct fill *fill, struct memory *memory);

/* What an entry of the journal says of ranges, or that the process is gone. False if there is no memory for it. */
bool memory_apply(struct memory *memory, const struct journal_entry *entry);

#endif
