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
    struct memory *next; /* number that can be given again, if this process has ended */
    uint64_t looked; /* what lies below was looked at, and has not come */
    uint64_t refused[2]; /* from where to where pages were refused for which somebody may wait; both 0 if none were */
};

enum memory_heard {
    MEMORY_SILENT,
    MEMORY_EVENT,
    MEMORY_CROWDED, /* an event has to wait: there is no room for the descriptor of a new process */
};

/* Reads one event into the journal's place for it. */
enum memory_heard memory_read(struct fill *fill, struct memory *memory);

/*
 * Does what that event asks for; of one that was read by a filler that was killed, what is left of it.
 * Returns the userfaultfd of a new process that was forked off, which lacks the same; else -1.
 */
int memory_heed(struct fill *fill, struct memory *memory);

/* Fetches and places the next piece that has come; false if there is none beyond where it was looked for before. */
bool memory_advance(struct fill *fill, struct memory *memory);

/* Places what has come of [image, image + pages) and is still where it was at the dump. */
void memory_place(struct fill *fill, struct memory *memory, uint64_t image, uint64_t pages);

/* Brings a page that somebody has asked for, with some behind it; false if it has not come. */
bool memory_answer(struct fill *fill, struct memory *memory, uint64_t page);

/* Has all who wait for pages that have not come ask once more. */
void memory_ask_again(struct memory *memory);

/* Has those look once more for whom the kernel would not place pages, if nothing else is to be heard of first; false if that has to wait. */
bool memory_ask_refused(struct memory *memory);

/* Lets go of a process that has ended: its userfaultfd does not tell. */
void memory_probe(struct fill *fill, struct memory *memory);

/* What an entry of the journal says of ranges, or that the process is gone. False if there is no memory for it. */
bool memory_apply(struct memory *memory, const struct journal_entry *entry);

#endif
