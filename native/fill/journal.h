/*
 * What has become of the memory that is to come, in a file that the next filler reads when this one is killed: it then knows as much as
 * this one did. The file is in memory and has no name; an entry counts when the number of entries says so, which one store changes.
 * Only memory that is in files has a journal.
 */
#ifndef JMIGRATE_JOURNAL_H
#define JMIGRATE_JOURNAL_H

#include <linux/userfaultfd.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of a process that has ended may be another one's later. */
enum journal_word {
    JOURNAL_PROCESS = 1, /* userfaultfd, pid in the container: `process` begins, which lacks nothing yet */
    JOURNAL_FORK = 2,    /* userfaultfd, number: that process begins, which lacks what `process` lacks and is not wiped */
    JOURNAL_RANGE = 3,   /* start, end, address at the dump: this is to come */
    JOURNAL_DROP = 4,    /* start, end: this is not, any more */
    JOURNAL_MOVE = 5,    /* from, to, length: what is to come at the one is to come at the other */
    JOURNAL_GONE = 6,    /* the process has ended */
    JOURNAL_WIPED = 7,   /* start, end: of what is to come there forked children lack nothing (wiped.h) */
};

struct journal_entry {
    uint32_t word;
    uint32_t process;
    uint64_t values[3];
};

enum { JOURNAL_AT_ONCE = 128 };

/* In memory that all fillers share, zeros at first. */
struct journal {
    _Atomic uint64_t state; /* descriptor of the file, and the number of entries (journal.c) */
    /*
     * The event of a userfaultfd that is being dealt with: the kernel writes it here, within the read(2) that takes it from the kernel's
     * queue, so that whoever is killed takes none along. Its `event` is 0 when it is done.
     */
    struct uffd_msg event;
    uint32_t process; /* whose it is */
    uint64_t before;  /* the number of entries when it was read: if there are more, it has one */
};

/* Begins an empty one in place of what was. False, and errno, if it can't, as for all here. */
bool journal_open(struct journal *journal);

/* Whether there is one. */
bool journal_is_open(const struct journal *journal);

uint64_t journal_count(const struct journal *journal);

/* Adds entries, all or none of them; does nothing if there is no journal. */
bool journal_add(struct journal *journal, const struct journal_entry *entries, size_t count);

/* The event is dealt with. */
void journal_done(struct journal *journal);

/* Reads JOURNAL_AT_ONCE entries from number `first` on, or up to the last one. Returns how many, or -1. */
int journal_read(const struct journal *journal, uint64_t first, struct journal_entry *entries);

/* Puts `other` in the place of this one at one stroke. */
void journal_replace(struct journal *journal, const struct journal *other);

#endif
