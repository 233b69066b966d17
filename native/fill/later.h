/*
 * Pages that are in the files only later: they are on their way from another host while the container runs here. Who takes them there
 * (io.jmigrate.pages.later.FillerSocket) connects to a socket, hears which pages somebody waits for, and tells which have come. He may
 * end: whoever waits waits on, and the next one who connects hears of it. What has come is in a bitmap (stored.h), whoever is connected.
 *
 * Both send packets of struct later_packet.
 */
#ifndef JMIGRATE_LATER_H
#define JMIGRATE_LATER_H

#include <stdbool.h>
#include <stdint.h>

#include "fill.h"
#include "memories.h"

/* In the work directory. */
#define LATER_SOCKET "later-pages.socket"

enum later_word {
    LATER_DEMAND = 1, /* from the filler: somebody waits for the first of these pages */
    LATER_ANSWERED = 2, /* from the filler: somebody has waited for a page, for `address` nanoseconds */
    LATER_COME = 3,   /* to the filler: these pages have come */
    LATER_LOOK = 4,   /* to the filler: look for all that has come */
};

struct later_packet {
    uint32_t word;
    uint32_t pid; /* in the container */
    uint64_t address; /* of the first page at the dump */
    uint64_t pages;
};

/* Listens. -1, and errno, if it can't. */
int later_listen(void);

/* Takes the place of a filler that was killed, or is the first: nobody is known to wait. */
void later_begin(void);

/* Somebody connects; who was connected before is let go. Tells of all who wait. */
void later_accept(struct fill *fill);

/* Somebody waits for the page, which has not come, at `image` in the dump. `pages` from there on are wanted soon. */
void later_await(struct fill *fill, const struct memory *memory, uint64_t page, uint64_t image, uint64_t pages);

/* Nobody who had this number waits any more. Not while it is heard what has come. */
void later_forget(uint32_t process);

/* Hears what has come, and brings it. False if the other end is gone. */
bool later_hear(struct fill *fill, struct memories *memories);

#endif
