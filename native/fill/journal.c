#include "journal.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* `state` has the descriptor above so many bits of the number of entries; 0 is no journal's descriptor. */
enum { COUNT_BITS = 40 };

static int descriptor(uint64_t state)
{
    return (int)(state >> COUNT_BITS);
}

static uint64_t count_of(uint64_t state)
{
    return state & (((uint64_t)1 << COUNT_BITS) - 1);
}

bool journal_open(struct journal *journal)
{
    int file = memfd_create("journal", MFD_CLOEXEC);
    if (file <= 0)
        return false;
    atomic_store(&journal->state, (uint64_t)file << COUNT_BITS);
    return true;
}

bool journal_is_open(const struct journal *journal)
{
    return atomic_load(&journal->state) != 0;
}

uint64_t journal_count(const struct journal *journal)
{
    return count_of(atomic_load(&journal->state));
}

bool journal_add(struct journal *journal, const struct journal_entry *entries, size_t count)
{
    uint64_t state = atomic_load(&journal->state);
    const char *from = (const char *)entries;
    size_t bytes = count * sizeof(*entries);
    off_t offset = (off_t)(count_of(state) * sizeof(*entries));
    if (state == 0)
        return true;
    while (bytes > 0) { /* each pass writes some */
        ssize_t n = pwrite(descriptor(state), from, bytes, offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        from += n;
        offset += n;
        bytes -= (size_t)n;
    }
    atomic_store(&journal->state, state + count);
    return true;
}

void journal_done(struct journal *journal)
{
    journal->event.event = 0;
    atomic_signal_fence(memory_order_seq_cst); /* nothing of the next event is there before */
}

int journal_read(const struct journal *journal, uint64_t first, struct journal_entry *entries)
{
    uint64_t state = atomic_load(&journal->state);
    uint64_t count = count_of(state) - first;
    if (count > JOURNAL_AT_ONCE)
        count = JOURNAL_AT_ONCE;
    size_t bytes = count * sizeof(*entries);
    ssize_t n = pread(descriptor(state), entries, bytes, (off_t)(first * sizeof(*entries)));
    return n == (ssize_t)bytes ? (int)count : -1; /* the file is in memory: a read is never partial */
}

void journal_replace(struct journal *journal, const struct journal *other)
{
    uint64_t old = atomic_exchange(&journal->state, atomic_load(&other->state));
    (void)close(descriptor(old)); /* whoever is killed before it leaves a file open that nobody needs */
}
