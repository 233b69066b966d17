/* Memory that is in files, as a table says which Java has made (io.jmigrate.pages.fill.FilledFiles). */
#ifndef JMIGRATE_STORED_H
#define JMIGRATE_STORED_H

#include <stdbool.h>
#include <stdint.h>

#include "fill.h"
#include "ranges.h"

/* A run of pages. Runs ascend by pid and address, and are apart from each other. */
struct stored_run {
    uint32_t pid;     /* in the container */
    uint32_t file;    /* number of the descriptor, and STORED_LATER if its pages are there when the bitmap says so */
    uint64_t address; /* of its first byte */
    uint64_t pages;
    uint64_t offset; /* of its first byte in the file */
};

enum { STORED_LATER = 1 << 30 };

struct stored;

/*
 * Maps a table, and the bitmap of what has come of the file of STORED_LATER, a bit for each of its pages, the lowest bit of each byte first;
 * -1 if there is none. NULL, and errno, if they can't be read or aren't any.
 */
const struct stored *stored_open(int table, int bitmap);

/* All memory of a process. Ends the filler if it can't be had, as all here. */
void stored_ranges(struct fill *fill, uint32_t pid, struct ranges *into);

/* How many of the pages from there on have come without a gap, or have not; `pages` at most. */
uint64_t stored_come(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages, bool come);

/* Puts the pages into the buffer, which have come. */
void stored_pages(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages);

#endif
