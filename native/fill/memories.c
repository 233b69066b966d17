#include "memories.h"

#include <stdlib.h>

bool memories_open(struct memories *memories)
{
    *memories = (struct memories){.at = calloc(MEMORIES_MAX, sizeof(memories->at[0]))};
    return memories->at != NULL;
}

struct memory *memories_add(struct memories *memories, int uffd, uint32_t pid)
{
    struct memory *memory = memories->count == MEMORIES_MAX ? NULL : calloc(1, sizeof(*memory));
    if (memory == NULL)
        return NULL;
    *memory = (struct memory){.uffd = uffd, .pid = pid, .number = (uint32_t)memories->count};
    memories->at[memories->count++] = memory;
    return memory;
}

struct memory *memories_fork(struct memories *memories, const struct memory *parent, int uffd)
{
    struct memory *child = memories_add(memories, uffd, parent->pid);
    return child != NULL && ranges_copy(&child->missing, &parent->missing) ? child : NULL;
}

void memories_look(struct memories *memories)
{
    for (size_t i = 0; i < memories->count; i++)
        memories->at[i]->looked = 0;
}

static bool apply(struct memories *memories, const struct journal_entry *entry)
{
    if (entry->word == JOURNAL_PROCESS)
        return memories_add(memories, (int)entry->values[0], (uint32_t)entry->values[1]) != NULL;
    if (entry->process >= memories->count)
        return false;
    struct memory *memory = memories->at[entry->process];
    if (entry->word == JOURNAL_FORK)
        return memories_fork(memories, memory, (int)entry->values[0]) != NULL;
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

bool memories_note(const struct memory *memory, struct journal *journal)
{
    struct journal_entry entries[JOURNAL_AT_ONCE];
    size_t count = 0;
    entries[count++] = (struct journal_entry){
        .word = JOURNAL_PROCESS, .process = memory->number, .values = {(uint64_t)memory->uffd, memory->pid}};
    for (size_t i = memory->missing.first; i < memory->missing.end; i++) {
        const struct range *range = &memory->missing.at[i];
        if (count == JOURNAL_AT_ONCE) {
            if (!journal_add(journal, entries, count))
                return false;
            count = 0;
        }
        entries[count++] = (struct journal_entry){
            .word = JOURNAL_RANGE, .process = memory->number, .values = {range->start, range->end, range->image}};
    }
    return journal_add(journal, entries, count);
}

bool memories_renew(const struct memories *memories, struct journal *journal)
{
    struct journal renewed = {0};
    if (!journal_open(&renewed))
        return false;
    for (size_t i = 0; i < memories->count; i++) {
        if (!memories_note(memories->at[i], &renewed))
            return false;
    }
    journal_replace(journal, &renewed);
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
