#include "memory.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "later.h"
#include "source.h"
#include "stored.h"
#include "uffd.h"

/* Around a page that is waited for more are wanted soon; more than these 64 KiB would keep the next one waiting. */
enum { PAGES_AT_FAULT = 16, PAGES_IN_BACKGROUND = FILL_BUFFER_BYTES / FILL_PAGE_BYTES };

bool memory_apply(struct memory *memory, const struct journal_entry *entry)
{
    const uint64_t *values = entry->values;
    switch (entry->word) {
    case JOURNAL_RANGE:
        return ranges_add(&memory->missing, (struct range){.start = values[0], .end = values[1], .image = values[2]});
    case JOURNAL_WIPED:
        return ranges_wipe(&memory->missing, values[0], values[1]);
    case JOURNAL_DROP:
        return ranges_drop(&memory->missing, values[0], values[1]);
    case JOURNAL_MOVE:
        memory->looked = 0;
        return ranges_move(&memory->missing, values[0], values[1], values[2]);
    default:
        memory->uffd = -1;
        ranges_free(&memory->missing);
        return true;
    }
}

/* From now on the next filler would know, too. */
static void note(struct fill *fill, struct memory *memory, enum journal_word word, uint64_t first, uint64_t second, uint64_t third)
{
    struct journal_entry entry = {.word = word, .process = memory->number, .values = {first, second, third}};
    if (!journal_add(&fill->journal, &entry, 1) || !memory_apply(memory, &entry))
        fill_fail(fill, "there is no memory for the list of pages", ENOMEM);
}

/* Lets go of it: what is not there reads as zeros from now on. */
static void gone(struct fill *fill, struct memory *memory)
{
    int uffd = memory->uffd;
    note(fill, memory, JOURNAL_GONE, 0, 0, 0);
    (void)epoll_ctl(fill->epoll, EPOLL_CTL_DEL, uffd, NULL); /* Java's copy would keep it there */
    (void)close(uffd); /* after that: its number may be another one's at once */
}

static void widen(uint64_t *range, uint64_t start, uint64_t end)
{
    bool empty = range[1] == 0;
    range[0] = empty || start < range[0] ? start : range[0];
    range[1] = end > range[1] ? end : range[1];
}

/*
 * While a thread changes the mappings the kernel places nothing (EAGAIN), until that thread's event was read. Faults are read before events
 * (fs/userfaultfd.c, userfaultfd_ctx_read): whoever were woken at once would fault again, so that with a few of them no event would ever be read.
 */
static void refuse(struct fill *fill, struct memory *memory, uint64_t start, uint64_t end)
{
    widen(memory->refused, start, end);
    widen(fill->refused, start, end);
    fill->refusing = true;
}

static void wake_refused(struct memory *memory)
{
    if (memory->refused[1] > 0)
        uffd_wake(memory->uffd, memory->refused[0], memory->refused[1] - memory->refused[0]);
    memory->refused[0] = memory->refused[1] = 0;
}

bool memory_ask_refused(struct memory *memory)
{
    if (memory->uffd < 0 || memory->refused[1] == 0)
        return true;
    if (!uffd_silent(memory->uffd))
        return false;
    wake_refused(memory);
    return true;
}

/* Places what is in the buffer for [start, start + bytes). */
static void place(struct fill *fill, struct memory *memory, uint64_t start, uint64_t bytes)
{
    uint64_t at = 0;
    uint64_t piece = bytes;
    bool smooth = true;
    while (at < bytes) { /* each pass goes on, makes the pieces small, or is the last */
        uint64_t done;
        uint64_t length = bytes - at < piece ? bytes - at : piece;
        enum placed placed = uffd_copy(fill, memory->uffd, start + at, fill->buffer + at, length, &done);
        if (placed == PLACED_GONE) {
            gone(fill, memory);
            return;
        }
        if (placed == PLACED_LATER) {
            memory->looked = memory->looked < start ? memory->looked : start;
            refuse(fill, memory, start + at, start + bytes);
            break;
        }
        if (placed == PLACED_NOTHING && length == FILL_PAGE_BYTES)
            done = FILL_PAGE_BYTES;
        else if (placed == PLACED_NOTHING)
            piece = FILL_PAGE_BYTES;
        if (done > 0)
            note(fill, memory, JOURNAL_DROP, start + at, start + at + done, 0);
        at += done;
        smooth = smooth && placed == PLACED;
    }
    if (!smooth && at > 0)
        uffd_wake(memory->uffd, start, at);
}

static uint64_t smaller(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

static void fetch(struct fill *fill, struct memory *memory, uint64_t start, uint64_t pages_max)
{
    const struct range *range = ranges_find(&memory->missing, start);
    uint64_t pages = (range->end - start) / FILL_PAGE_BYTES;
    pages = smaller(pages, pages_max);
    uint64_t image = range->image + (start - range->start);
    if (fill->listener >= 0)
        pages = stored_come(fill, memory->pid, image, pages, true);
    source_pages(fill, memory->pid, image, pages);
    place(fill, memory, start, pages * FILL_PAGE_BYTES);
}

/* How many pages from the start on have not come. */
static uint64_t absent(struct fill *fill, const struct memory *memory, const struct range *range, uint64_t start)
{
    uint64_t pages = (range->end - start) / FILL_PAGE_BYTES;
    if (fill->listener < 0)
        return 0;
    return stored_come(fill, memory->pid, range->image + (start - range->start), pages, false);
}

bool memory_advance(struct fill *fill, struct memory *memory)
{
    const struct range *range;
    while ((range = ranges_next(&memory->missing, memory->looked)) != NULL) { /* each pass looks at a range, to its end */
        uint64_t start = range->start > memory->looked ? range->start : memory->looked;
        uint64_t page = start + absent(fill, memory, range, start) * FILL_PAGE_BYTES;
        memory->looked = page;
        if (page < range->end) {
            fetch(fill, memory, page, PAGES_IN_BACKGROUND);
            return true;
        }
    }
    return false;
}

void memory_place(struct fill *fill, struct memory *memory, uint64_t image, uint64_t pages)
{
    uint64_t end = image + pages * FILL_PAGE_BYTES;
    for (uint64_t page = image; page < end && memory->uffd >= 0; page += FILL_PAGE_BYTES) {
        const struct range *range = ranges_find(&memory->missing, page);
        if (range != NULL && range->image + (page - range->start) == page && absent(fill, memory, range, page) == 0)
            fetch(fill, memory, page, smaller((end - page) / FILL_PAGE_BYTES, PAGES_IN_BACKGROUND));
    }
}

bool memory_answer(struct fill *fill, struct memory *memory, uint64_t page)
{
    if (memory->uffd < 0)
        return true;
    const struct range *range = ranges_find(&memory->missing, page);
    if (range != NULL && absent(fill, memory, range, page) > 0)
        return false;
    if (range != NULL)
        fetch(fill, memory, page, PAGES_AT_FAULT);
    else
        uffd_wake(memory->uffd, page, FILL_PAGE_BYTES); /* it is there, or is not to come any more */
    return true;
}

void memory_probe(struct fill *fill, struct memory *memory)
{
    if (memory->uffd >= 0 && uffd_ended(memory->uffd))
        gone(fill, memory);
}

void memory_ask_again(struct memory *memory)
{
    for (size_t i = memory->missing.first; i < memory->missing.end; i++) {
        const struct range *range = &memory->missing.at[i];
        uffd_wake(memory->uffd, range->start, range->end - range->start);
    }
}

/* A page that the process never had. */
static void zero(struct fill *fill, struct memory *memory, uint64_t page)
{
    enum placed placed = uffd_zero(fill, memory->uffd, page);
    if (placed == PLACED_GONE)
        gone(fill, memory);
    else if (placed == PLACED_LATER)
        refuse(fill, memory, page, page + FILL_PAGE_BYTES);
    else if (placed != PLACED)
        uffd_wake(memory->uffd, page, FILL_PAGE_BYTES);
}

static void fault(struct fill *fill, struct memory *memory, uint64_t address)
{
    uint64_t page = address & ~(uint64_t)(FILL_PAGE_BYTES - 1);
    const struct range *range = ranges_find(&memory->missing, page);
    uint64_t pages = range == NULL ? 0 : (range->end - page) / FILL_PAGE_BYTES;
    if (range == NULL)
        zero(fill, memory, page);
    else if (absent(fill, memory, range, page) == 0)
        fetch(fill, memory, page, PAGES_AT_FAULT);
    else
        later_await(fill, memory, page, range->image + (page - range->start), smaller(pages, PAGES_AT_FAULT));
}

enum memory_heard memory_read(struct fill *fill, struct memory *memory)
{
    struct journal *journal = &fill->journal;
    journal->process = memory->number;
    journal->before = journal_count(journal);
    ssize_t n = read(memory->uffd, &journal->event, sizeof(journal->event));
    if (n == (ssize_t)sizeof(journal->event)) {
        if (journal->event.event != UFFD_EVENT_PAGEFAULT)
            wake_refused(memory); /* no fault is left to be read before it */
        return MEMORY_EVENT;
    }
    if (n == 0)
        gone(fill, memory);
    else if (n < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM))
        return MEMORY_CROWDED; /* the kernel keeps the event */
    else if (n > 0 || (errno != EAGAIN && errno != EINTR)) /* another thread's fault was answered with this one's */
        fill_fail(fill, "a userfaultfd can't be read", errno);
    return MEMORY_SILENT;
}

int memory_heed(struct fill *fill, struct memory *memory)
{
    const struct uffd_msg *event = &fill->journal.event;
    switch (event->event) {
    case UFFD_EVENT_PAGEFAULT:
        fault(fill, memory, event->arg.pagefault.address);
        return -1;
    case UFFD_EVENT_FORK:
        return (int)event->arg.fork.ufd;
    /* Who waits for what is no more looks again, and is heard after this. Before it is noted: whoever is killed between does it again. */
    case UFFD_EVENT_REMAP:
        uffd_wake(memory->uffd, event->arg.remap.from, event->arg.remap.len);
        note(fill, memory, JOURNAL_MOVE, event->arg.remap.from, event->arg.remap.to, event->arg.remap.len);
        return -1;
    case UFFD_EVENT_REMOVE:
    case UFFD_EVENT_UNMAP:
        uffd_wake(memory->uffd, event->arg.remove.start, event->arg.remove.end - event->arg.remove.start);
        note(fill, memory, JOURNAL_DROP, event->arg.remove.start, event->arg.remove.end, 0);
        return -1;
    default:
        fill_fail(fill, "a userfaultfd tells of something unknown", 0);
    }
}
