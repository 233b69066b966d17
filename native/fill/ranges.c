#include "ranges.h"

#include <stdlib.h>
#include <string.h>

bool ranges_empty(const struct ranges *ranges)
{
    return ranges->first == ranges->end;
}

/* Index of the first range that ends behind the address. */
static size_t search(const struct ranges *ranges, uint64_t address)
{
    size_t low = ranges->first;
    size_t high = ranges->end;
    while (low < high) { /* halves */
        size_t middle = low + (high - low) / 2;
        if (ranges->at[middle].end > address)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

const struct range *ranges_find(const struct ranges *ranges, uint64_t address)
{
    size_t index = search(ranges, address);
    if (index == ranges->end || ranges->at[index].start > address)
        return NULL;
    return &ranges->at[index];
}

const struct range *ranges_next(const struct ranges *ranges, uint64_t address)
{
    size_t index = search(ranges, address);
    return index == ranges->end ? NULL : &ranges->at[index];
}

static bool insert(struct ranges *ranges, size_t index, struct range range)
{
    if (ranges->end == ranges->capacity) {
        size_t capacity = ranges->capacity == 0 ? 64 : 2 * ranges->capacity;
        struct range *grown = realloc(ranges->at, capacity * sizeof(*grown));
        if (grown == NULL)
            return false;
        ranges->at = grown;
        ranges->capacity = capacity;
    }
    memmove(&ranges->at[index + 1], &ranges->at[index], (ranges->end - index) * sizeof(range));
    ranges->at[index] = range;
    ranges->end++;
    return true;
}

static void remove_at(struct ranges *ranges, size_t index)
{
    if (index == ranges->first) {
        ranges->first++;
        return;
    }
    memmove(&ranges->at[index], &ranges->at[index + 1], (ranges->end - index - 1) * sizeof(ranges->at[0]));
    ranges->end--;
}

bool ranges_add(struct ranges *ranges, struct range range)
{
    return range.start >= range.end || insert(ranges, search(ranges, range.start), range);
}

bool ranges_drop(struct ranges *ranges, uint64_t start, uint64_t end)
{
    size_t index = search(ranges, start);
    while (index < ranges->end && ranges->at[index].start < end) { /* each pass goes on to the next or takes one away */
        struct range *range = &ranges->at[index];
        if (range->start < start && range->end > end) {
            struct range rest = *range;
            rest.start = end;
            rest.image += end - range->start;
            range->end = start;
            return insert(ranges, index + 1, rest);
        }
        if (range->start < start) {
            range->end = start;
            index++;
        } else if (range->end > end) {
            range->image += end - range->start;
            range->start = end;
        } else {
            bool front = index == ranges->first;
            remove_at(ranges, index);
            index += front ? 1 : 0;
        }
    }
    return true;
}

static bool move(struct ranges *ranges, uint64_t from, uint64_t to, uint64_t length, bool wiped)
{
    struct ranges moved = {0};
    uint64_t end = from + length;
    bool good = true;
    for (size_t i = search(ranges, from); good && i < ranges->end && ranges->at[i].start < end; i++) {
        struct range part = ranges->at[i];
        if (part.start < from) {
            part.image += from - part.start;
            part.start = from;
        }
        part.wiped = part.wiped || wiped;
        part.end = part.end < end ? part.end : end;
        part.end = part.end - from + to;
        part.start = part.start - from + to;
        good = ranges_add(&moved, part);
    }
    good = good && ranges_drop(ranges, from, end) && ranges_drop(ranges, to, to + length);
    for (size_t i = moved.first; good && i < moved.end; i++)
        good = ranges_add(ranges, moved.at[i]);
    ranges_free(&moved);
    return good;
}

bool ranges_move(struct ranges *ranges, uint64_t from, uint64_t to, uint64_t length)
{
    return move(ranges, from, to, length, false);
}

bool ranges_wipe(struct ranges *ranges, uint64_t start, uint64_t end)
{
    return move(ranges, start, start, end - start, true);
}

bool ranges_inherit(struct ranges *into, const struct ranges *from)
{
    size_t count = from->end - from->first;
    *into = (struct ranges){.capacity = count};
    if (count == 0)
        return true;
    into->at = malloc(count * sizeof(into->at[0]));
    if (into->at == NULL)
        return false;
    for (size_t i = from->first; i < from->end; i++) {
        if (!from->at[i].wiped)
            into->at[into->end++] = from->at[i];
    }
    return true;
}

void ranges_free(struct ranges *ranges)
{
    free(ranges->at);
    *ranges = (struct ranges){0};
}
