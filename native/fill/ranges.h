/* The memory of one process that has not come yet, as ranges of addresses. */
#ifndef JMIGRATE_RANGES_H
#define JMIGRATE_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range {
    uint64_t start;
    uint64_t end;
    uint64_t image; /* where its first byte was at the dump: the process may have moved it since */
    bool wiped;     /* forked children don't get it (wiped.h) */
};

/* Ascending and apart from each other. The first one is at `first`, so that taking from the front moves nothing. */
struct ranges {
    struct range *at;
    size_t first;
    size_t end;
    size_t capacity;
};

bool ranges_empty(const struct ranges *ranges);

/* The range that holds the address, or NULL. */
const struct range *ranges_find(const struct ranges *ranges, uint64_t address);

/* The first range that ends behind the address, or NULL. */
const struct range *ranges_next(const struct ranges *ranges, uint64_t address);

/* False if there is no memory for it, as for all of the following. */
bool ranges_add(struct ranges *ranges, struct range range);

/* Forgets what lies in [start, end). */
bool ranges_drop(struct ranges *ranges, uint64_t start, uint64_t end);

/* What lies in [from, from + length) is at `to` now. */
bool ranges_move(struct ranges *ranges, uint64_t from, uint64_t to, uint64_t length);

/* What lies in [start, end) is wiped for forked children. */
bool ranges_wipe(struct ranges *ranges, uint64_t start, uint64_t end);

/* What a child lacks that was forked off: all of it but what is wiped. */
bool ranges_inherit(struct ranges *into, const struct ranges *from);

void ranges_free(struct ranges *ranges);

#endif
