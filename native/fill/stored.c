#include "stored.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct stored {
    const struct stored_run *runs;
    size_t count;
};

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

const struct stored *stored_open(int table)
{
    static struct stored stored;
    struct stat status;
    if (fstat(table, &status) < 0)
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
        read_all(fill, (int)run->file, fill->buffer + (at - address), bytes, run->offset + (at - run->address));
        at += bytes;
    }
}
