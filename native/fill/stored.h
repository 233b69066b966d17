/* Memory that is in files, as a table says which Java has made (io.jmigrate.pages.fill.FilledFiles). */
#ifndef JMIGRATE_STORED_H
#define JMIGRATE_STORED_H

#include <stdint.h>

#include "fill.h"
#include "ranges.h"

/* A run of pages. Runs ascend by pid and address, and are apart from each other. */
struct stored_run {
    uint32_t pid;     /* in the container */
    uint32_t file;    /* number of the descriptor */
    uint64_t address; /* of its first byte */
    uint64_t pages;
    uint64_t offset; /* of its first byte in the file */
};

struct stored;

/* Maps a table. NULL, and errno, if it can't be read or isn't one. */
const struct stored *stored_open(int table);

/* All memory of a process. Ends the filler if it can't be had, as all here. */
void stored_ranges(struct fill *fill, uint32_t pid, struct ranges *into);

/* Puts the pages into the buffer. */
void stored_pages(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages);

#endif
