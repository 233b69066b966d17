/*
 * Where the memory is: which there is, and its pages, in files (stored.h) or at Java's end. There a question is a packet of struct source_question, an answer one of struct
 * source_answer, and what was asked for is in the buffer then. Both wait for each other, so there is one question at a time.
 */
#ifndef JMIGRATE_SOURCE_H
#define JMIGRATE_SOURCE_H

#include <stdint.h>

#include "fill.h"
#include "ranges.h"

enum source_word { SOURCE_RANGES = 1, SOURCE_PAGES = 2 };

struct source_question {
    uint32_t word;
    uint32_t pid;     /* in the container */
    uint64_t address; /* of the first page; of RANGES: how many are known already */
    uint64_t count;   /* pages, or ranges at most */
};

/* Of RANGES a u64 for the first address and one for the number of pages each; none at the end. */
struct source_answer {
    uint64_t count;
};

/* All memory of a process that is to come. Ends the filler if it can't be had, as all here. */
void source_ranges(struct fill *fill, uint32_t pid, struct ranges *into);

/* Puts the pages into the buffer. */
void source_pages(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages);

#endif
