#include "memories.h"

#include <errno.h>
#include <stdlib.h>

/* A journal of so many more entries is renewed: two mebibytes, and written in milliseconds. */
enum { CAPACITY_FIRST = 64, MORE_PROCESSES = 64, MORE_ENTRIES = 1 << 16 };

uint32_t memories_next(const struct memories *memories)
{
    return memories->ended == NULL ? (uint32_t)memories->count : memories->ended->number;
}

static bool grow(struct memories *memories)
{
    size_t capacity = memories->capacity == 0 ? CAPACITY_FIRST : 2 * memories->capacity;
    struct memory **grown = realloc(memories->at, capacity * sizeof(memories->at[0]));
    if (grown == NULL)
        return false;
    memories->at = grown;
    memories->capacity = capacity;
    return true;
}

/* All numbers up to this one are given; a journal that was renewed tells nothing of those that had ended. */
static bool reach(struct memories *memories, uint32_t number)
{
    while (memories->count <= number) {
        if (memories->count == memories->capacity && !grow(memories))
            return false;
        struct memory *memory = calloc(1, sizeof(*memory));
        if (memory == NULL)
            return false;
        memory->uffd = -1;
        memories->at[memories->count++] = memory;
    }
    return true;
}

struct memory *memories_add(struct memories *memories, uint32_t number, int uffd, uint32_t pid)
{
    if (!reach(memories, number) || memories->at[number]->uffd >= 0)
        return NULL;
    struct memory *memory = memories->at[number];
    if (memory == memories->ended)
        memories->ended = memory->next;
    *memory = (struct memory){.uffd = uffd, .pid = pid, .number = number};
    memories->open++;
    if (number < memories->from)
        memories->from = number;
    return memory;
}

struct memory *memories_fork(struct memories *memories, const struct memory *parent, uint32_t number, int uffd)
{
    struct memory *child = memories_add(memories, number, uffd, parent->pid);
    return child != NULL && ranges_inherit(&child->missing, &parent->missing) ? child : NULL;
}

static void let_go(struct fill *fill, struct memories *memories)
{
    memories->open = 0;
    memories->ended = NULL;
    for (size_t i = memories->count; i-- > 0;) { /* the lowest number is given first */
        struct memory *memory = memories->at[i];
        memory_probe(fill, memory);
        if (memory->uffd >= 0) {
            memories->open++;
            continue;
        }
        memory->number = (uint32_t)i;
        memory->next = memories->ended;
        memories->ended = memory;
    }
}

bool memories_reap(struct fill *fill, struct memories *memories, bool now)
{
    size_t before = memories->open;
    if (!now && before < memories->reap + MORE_PROCESSES)
        return false;
    let_go(fill, memories);
    memories->reap = 2 * memories->open;
    return memories->open < before;
}

enum advance memories_advance(struct fill *fill, struct memories *memories)
{
    enum advance result = COMPLETE;
    for (size_t i = memories->from; i < memories->count; i++) {
        struct memory *memory = memories->at[i];
        bool lacks = memory->uffd >= 0 && !ranges_empty(&memory->missing);
        if (lacks && memory_advance(fill, memory))
            return ADVANCED;
        if (lacks)
            result = NOTHING_COME;
        else if (i == memories->from)
            memories->from++;
    }
    return result;
}

bool memories_ask_refused(struct memories *memories)
{
    bool all = true;
    for (size_t i = 0; i < memories->count; i++)
        all = memory_ask_refused(memories->at[i]) && all;
    return all;
}

void memories_look(struct memories *memories)
{
    for (size_t i = 0; i < memories->count; i++)
        memories->at[i]->looked = 0;
}

static bool apply(struct memories *memories, const struct journal_entry *entry)
{
    const uint64_t *values = entry->values;
    if (entry->word == JOURNAL_PROCESS)
        return memories_add(memories, entry->process, (int)values[0], (uint32_t)values[1]) != NULL;
    if (entry->process >= memories->count)
        return false;
    struct memory *memory = memories->at[entry->process];
    if (entry->word == JOURNAL_FORK)
        return memories_fork(memories, memory, (uint32_t)values[1], (int)values[0]) != NULL;
    return memory_apply(memory, entry);
}

bool memories_replay(struct memories *memories, const struct journal *journal)
{
    struct journal_entry entries[JOURNAL_AT_ONCE];
    uint64_t first = 0;
    int count;
    do { /* ends with the journal */
        count = journal_read(journal, first, entries);
        for (int i = 0; i < count; i++) {
            if (!apply(memories, &entries[i]))
                return false;
        }
        first += count > 0 ? (uint64_t)count : 0;
    } while (count > 0);
    return count == 0;
}

/* Entries on their way into a journal. */
struct noted {
    struct journal *journal;
    struct journal_entry entries[JOURNAL_AT_ONCE];
    size_t count;
};

static bool add(struct noted *noted, struct journal_entry entry)
{
    if (noted->count == JOURNAL_AT_ONCE) {
        if (!journal_add(noted->journal, noted->entries, noted->count))
            return false;
        noted->count = 0;
    }
    noted->entries[noted->count++] = entry;
    return true;
}

bool memories_note(const struct memory *memory, struct journal *journal)
{
    struct noted noted = {.journal = journal};
    struct journal_entry entry = {
        .word = JOURNAL_PROCESS, .process = memory->number, .values = {(uint64_t)memory->uffd, memory->pid}};
    bool good = add(&noted, entry);
    for (size_t i = memory->missing.first; good && i < memory->missing.end; i++) {
        const struct range *range = &memory->missing.at[i];
        entry = (struct journal_entry){
            .word = JOURNAL_RANGE, .process = memory->number, .values = {range->start, range->end, range->image}};
        good = add(&noted, entry);
        entry.word = JOURNAL_WIPED;
        good = good && (!range->wiped || add(&noted, entry));
    }
    return good && journal_add(journal, noted.entries, noted.count);
}

bool memories_renew(struct memories *memories, struct journal *journal)
{
    struct journal renewed = {0};
    if (journal_count(journal) < 2 * memories->renewed + MORE_ENTRIES)
        return true;
    if (!journal_open(&renewed))
        return errno == EMFILE || errno == ENFILE; /* the old one goes on meanwhile */
    for (size_t i = 0; i < memories->count; i++) {
        if (memories->at[i]->uffd >= 0 && !memories_note(memories->at[i], &renewed))
            return false;
    }
    journal_replace(journal, &renewed);
    memories->renewed = journal_count(journal);
    return true;
}

void memories_free(struct memories *memories)
{
    for (size_t i = 0; i < memories->count; i++) {
        ranges_free(&memories->at[i]->missing);
        free(memories->at[i]);
    }
    free(memories->at);
    *memories = (struct memories){0};
}
