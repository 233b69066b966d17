#include "stored.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct stored {
    const struct stored_run *runs;
    size_t count;
    const _Atomic uint64_t *bits; /* NULL if there is no bitmap */
    uint64_t bit_count;
};

enum { BITS = 64 };

/* Whether runs ascend: they are searched by halves. */
static bool ascends(const struct stored *stored)
{
    for (size_t i = 1; i < stored->count; i++) {
        const struct stored_run *run = &stored->runs[i];
        const struct stored_run *before = run - 1;
        if (run->pid < before->pid ||
            (run->pid == before->pid && run->address < before->address + before->pages * FILL_PAGE_BYTES))
            return false;
    }
    return true;
}

/* Maps the bitmap. False, and errno, if it can't be. */
static bool open_bits(struct stored *stored, int bitmap)
{
    struct stat status;
    if (bitmap < 0)
        return true;
    if (fstat(bitmap, &status) < 0)
        return false;
    stored->bit_count = (uint64_t)status.st_size / sizeof(uint64_t) * BITS;
    if (stored->bit_count == 0)
        return true;
    void *bits = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, bitmap, 0);
    stored->bits = bits;
    return bits != MAP_FAILED;
}

const struct stored *stored_open(int table, int bitmap)
{
    static struct stored stored;
    struct stat status;
    if (fstat(table, &status) < 0 || !open_bits(&stored, bitmap))
        return NULL;
    size_t bytes = (size_t)status.st_size;
    stored.count = bytes / sizeof(struct stored_run);
    if (bytes == 0)
        return &stored;
    void *runs = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, table, 0);
    if (runs == MAP_FAILED)
        return NULL;
    stored.runs = runs;
    errno = EINVAL;
    return bytes % sizeof(struct stored_run) == 0 && ascends(&stored) ? &stored : NULL;
}

/* Index of the first run of the process that ends behind the address, or of what follows it. */
static size_t search(const struct stored *stored, uint32_t pid, uint64_t address)
{
    size_t low = 0;
    size_t high = stored->count;
    while (low < high) { /* halves */
        size_t middle = low + (high - low) / 2;
        const struct stored_run *run = &stored->runs[middle];
        if (run->pid > pid || (run->pid == pid && run->address + run->pages * FILL_PAGE_BYTES > address))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void stored_ranges(struct fill *fill, uint32_t pid, struct ranges *into)
{
    const struct stored *stored = fill->stored;
    for (size_t i = search(stored, pid, 0); i < stored->count && stored->runs[i].pid == pid; i++) {
        const struct stored_run *run = &stored->runs[i];
        uint64_t end = run->address + run->pages * FILL_PAGE_BYTES;
        if (!ranges_add(into, (struct range){.start = run->address, .end = end, .image = run->address}))
            fill_fail(fill, "there is no memory for the list of pages", ENOMEM);
    }
}

static void read_all(struct fill *fill, int file, unsigned char *to, uint64_t bytes, uint64_t offset)
{
    while (bytes > 0) { /* each pass reads some */
        ssize_t n = pread(file, to, bytes, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            fill_fail(fill, "a file of pages can't be read", n < 0 ? errno : EIO);
        to += n;
        offset += (uint64_t)n;
        bytes -= (uint64_t)n;
    }
}

/* How many pages from the bit on have come, or have not, in one word. */
static uint64_t in_word(const struct stored *stored, uint64_t bit, bool come)
{
    uint64_t word = atomic_load_explicit(&stored->bits[bit / BITS], memory_order_acquire);
    uint64_t others = (come ? ~word : word) >> (bit % BITS);
    return others == 0 ? BITS - bit % BITS : (uint64_t)__builtin_ctzll(others);
}

/* The same in one run. */
static uint64_t in_run(const struct stored *stored, const struct stored_run *run, uint64_t skipped, uint64_t pages, bool come)
{
    if ((run->file & STORED_LATER) == 0)
        return come ? pages : 0;
    uint64_t first = run->offset / FILL_PAGE_BYTES + skipped;
    uint64_t found = 0;
    while (found < pages && first + found < stored->bit_count) { /* each pass goes on, or is the last */
        uint64_t some = in_word(stored, first + found, come);
        found += some;
        if (some == 0 || (first + found) % BITS != 0)
            break;
    }
    return found < pages ? found : pages;
}

uint64_t stored_come(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages, bool come)
{
    const struct stored *stored = fill->stored;
    uint64_t found = 0;
    for (size_t i = search(stored, pid, address); found < pages; i++) { /* ends with the runs */
        const struct stored_run *run = &stored->runs[i];
        uint64_t at = address + found * FILL_PAGE_BYTES;
        if (i == stored->count || run->pid != pid || run->address > at)
            fill_fail(fill, "the table lacks pages", ENOENT);
        uint64_t skipped = (at - run->address) / FILL_PAGE_BYTES;
        uint64_t here = run->pages - skipped < pages - found ? run->pages - skipped : pages - found;
        uint64_t some = in_run(stored, run, skipped, here, come);
        found += some;
        if (some < here)
            break;
    }
    return found;
}

void stored_pages(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages)
{
    const struct stored *stored = fill->stored;
    uint64_t end = address + pages * FILL_PAGE_BYTES;
    uint64_t at = address;
    for (size_t i = search(stored, pid, at); at < end; i++) { /* ends with the runs */
        const struct stored_run *run = &stored->runs[i];
        if (i == stored->count || run->pid != pid || run->address > at)
            fill_fail(fill, "the table lacks pages", ENOENT);
        uint64_t run_end = run->address + run->pages * FILL_PAGE_BYTES;
        uint64_t bytes = (run_end < end ? run_end : end) - at;
        read_all(fill, (int)(run->file & ~(uint32_t)STORED_LATER), fill->buffer + (at - address), bytes, run->offset + (at - run->address));
        at += bytes;
    }
}
