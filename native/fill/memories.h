/* The memory of all processes, as the journal has it. */
#ifndef JMIGRATE_MEMORIES_H
#define JMIGRATE_MEMORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "journal.h"
#include "memory.h"

enum { MEMORIES_MAX = 1 << 15 };

struct memories {
    struct memory **at;
    size_t count;
};

/* Makes room. False if there is no memory for it, as for all of the following. */
bool memories_open(struct memories *memories);

/* A process which lacks nothing yet. NULL if there are too many, too. */
struct memory *memories_add(struct memories *memories, int uffd, uint32_t pid);

/* A process which lacks what its parent lacks. */
struct memory *memories_fork(struct memories *memories, const struct memory *parent, int uffd);

/* Whatever was looked for and had not come is to be looked for anew. */
void memories_look(struct memories *memories);

/* All that the journal tells. False if that can't be read, too. */
bool memories_replay(struct memories *memories, const struct journal *journal);

/* Adds a process and all that it lacks to the journal. False if there is no room for that. */
bool memories_note(const struct memory *memory, struct journal *journal);

/* Puts a journal of what is so now in the place of one that tells how it came about. */
bool memories_renew(const struct memories *memories, struct journal *journal);

void memories_free(struct memories *memories);

#endif
