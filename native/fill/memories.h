/* The memory of all processes, as the journal has it. */
#ifndef JMIGRATE_MEMORIES_H
#define JMIGRATE_MEMORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "journal.h"
#include "memory.h"

struct memories {
    struct memory **at; /* by number */
    size_t count;       /* of numbers that were given */
    size_t capacity;
    size_t open;          /* processes, but for those that had ended when that was last looked for */
    size_t reap;          /* when there are so many, it is looked for again */
    struct memory *ended; /* one whose number can be given again, or NULL */
    size_t from;          /* those before it lack nothing */
    uint64_t renewed;     /* entries of the journal when it was renewed */
};

/* The number of the next process. */
uint32_t memories_next(const struct memories *memories);

/* A process which lacks nothing yet, with that number. NULL if there is no memory for it, or one that lives has the number. */
struct memory *memories_add(struct memories *memories, uint32_t number, int uffd, uint32_t pid);

/* A process which lacks what its parent lacks, but for what is wiped. */
struct memory *memories_fork(struct memories *memories, const struct memory *parent, uint32_t number, int uffd);

/*
 * Lets go of all that have ended, if they may be many or `now`: their numbers can be given again. Not while an event is dealt with, which
 * may be of such a number. False if there were none, or it was not looked for.
 */
bool memories_reap(struct fill *fill, struct memories *memories, bool now);

/* What came of a look for a piece that is missing. */
enum advance { ADVANCED, NOTHING_COME, COMPLETE };

/* Brings a piece to the first process that lacks one. Those that have all are answered still: Java's copies keep the kernel asking. */
enum advance memories_advance(struct fill *fill, struct memories *memories);

/* Has those look once more for whom the kernel would not place pages, and that can be heard now; false if some have to wait still. */
bool memories_ask_refused(struct memories *memories);

/* Whatever was looked for and had not come is to be looked for anew. */
void memories_look(struct memories *memories);

/* All that the journal tells. False if that can't be read, or there is no memory for it. */
bool memories_replay(struct memories *memories, const struct journal *journal);

/* Adds a process and all that it lacks to the journal. False if there is no room for that. */
bool memories_note(const struct memory *memory, struct journal *journal);

/* Puts a journal of what is so now in the place of one that has become long by telling how it came about. False if it can't. */
bool memories_renew(struct memories *memories, struct journal *journal);

void memories_free(struct memories *memories);

#endif
