#include <errno.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "descriptors.h"
#include "fill.h"
#include "later.h"
#include "memories.h"
#include "source.h"
#include "uffd.h"
#include "wiped.h"

enum { EVENTS_AT_ONCE = 64, CROWDED_PAUSE_NANOS = 1000000, REFUSED_PAUSE_MILLIS = 1, PASSES_A_PIECE = 64 };

/* Keys of what is waited for; from KEYS on a process's number. */
enum { KEY_GUARD, KEY_CRIU, KEY_LISTENER, KEY_LATER, KEY_ROOT, KEYS };

struct filler {
    struct fill *fill;
    struct memories memories;
    bool crowded; /* a process waits within fork(2) until there is room for another descriptor */
    unsigned passes; /* in which somebody was heard */
    bool unguarded;
    bool idle; /* nothing is to be brought until somebody is heard */
    bool over; /* the container has ended */
};

static void watch(struct filler *filler, int fd, uint64_t key)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = key};
    if (epoll_ctl(filler->fill->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
        fill_fail(filler->fill, "too much is to be watched", errno);
}

static _Noreturn void lack_memory(struct filler *filler)
{
    fill_fail(filler->fill, "there is no memory for the list of pages", ENOMEM);
}

static struct memory *added(struct filler *filler, struct memory *memory)
{
    if (memory == NULL)
        lack_memory(filler);
    (void)fill_send(FILL_KEPT, FILL_KEEP, "", memory->uffd, MSG_DONTWAIT); /* if Java does not take them there is no room: two have it */
    watch(filler, memory->uffd, KEYS + memory->number);
    later_forget(memory->number);
    return memory;
}

static void take_descriptor(struct filler *filler, uint32_t pid)
{
    int uffd = fill_receive(filler->fill->criu);
    if (uffd < 0)
        fill_fail(filler->fill, "CRIU sent no userfaultfd", 0);
    struct memory *memory = added(filler, memories_add(&filler->memories, memories_next(&filler->memories), uffd, pid));
    source_ranges(filler->fill, pid, &memory->missing);
    if (!wiped_mark(pid, &memory->missing) || !memories_note(memory, &filler->fill->journal))
        lack_memory(filler);
}

static void accept_criu(struct filler *filler)
{
    struct fill *fill = filler->fill;
    int connection = accept4(fill->criu, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0)
        fill_fail(fill, "CRIU can't connect", errno);
    (void)close(fill->criu); /* a listener: nothing is lost with it */
    fill->criu = connection;
    fill->connected = true;
    watch(filler, connection, KEY_CRIU);
}

static void hear_criu(struct filler *filler)
{
    struct fill *fill = filler->fill;
    ssize_t n = recv(fill->criu, &fill->said, sizeof(fill->said), MSG_WAITALL);
    if (n == 0 && fill->finished)
        (void)epoll_ctl(fill->epoll, EPOLL_CTL_DEL, fill->criu, NULL); /* CRIU has ended, as it should */
    else if (n != (ssize_t)sizeof(fill->said))
        fill_fail(fill, "CRIU has ended before the container was complete", 0);
    else if (fill->said == FILL_CRIU_FINISHED)
        fill->finished = true;
    else if (fill->said > 0) /* a process that has ended already and has no memory is negative */
        take_descriptor(filler, (uint32_t)fill->said);
    fill->said = 0;
}

static void follow_fork(struct filler *filler, struct memory *parent, int uffd)
{
    uint32_t number = memories_next(&filler->memories);
    struct journal_entry entry = {.word = JOURNAL_FORK, .process = parent->number, .values = {(uint64_t)uffd, number}};
    if (!journal_add(&filler->fill->journal, &entry, 1))
        lack_memory(filler);
    (void)added(filler, memories_fork(&filler->memories, parent, number, uffd));
}

/* Does what the event in the journal asks for. */
static void heed(struct filler *filler, struct memory *memory)
{
    int forked = memory_heed(filler->fill, memory);
    if (forked >= 0)
        follow_fork(filler, memory, forked);
    journal_done(&filler->fill->journal);
}

static void hear_memory(struct filler *filler, struct memory *memory)
{
    if (memory->uffd < 0)
        return; /* it was closed since the kernel told of it */
    enum memory_heard heard = memory_read(filler->fill, memory);
    if (heard == MEMORY_EVENT)
        heed(filler, memory);
    filler->crowded = filler->crowded || heard == MEMORY_CROWDED;
}

/* The kernel forgets a connection that is closed. */
static void accept_later(struct filler *filler)
{
    int before = filler->fill->later;
    later_accept(filler->fill);
    if (filler->fill->later >= 0 && filler->fill->later != before)
        watch(filler, filler->fill->later, KEY_LATER);
    memories_look(&filler->memories);
}

static void hear(struct filler *filler, uint64_t key)
{
    if (key == KEY_GUARD)
        filler->unguarded = true;
    else if (key == KEY_ROOT)
        filler->over = true;
    else if (key == KEY_LISTENER)
        accept_later(filler);
    else if (key == KEY_LATER)
        (void)later_hear(filler->fill, &filler->memories);
    else if (key != KEY_CRIU)
        hear_memory(filler, filler->memories.at[key - KEYS]);
    else if (filler->fill->connected)
        hear_criu(filler);
    else
        accept_criu(filler);
}

/* Who waits for what is to come does not see by it that the container has ended, as who places pages does. Before it is named it can't be. */
static void watch_root(struct filler *filler)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = KEY_ROOT};
    if (epoll_ctl(filler->fill->epoll, EPOLL_CTL_ADD, FILL_ROOT, &event) < 0 && errno != EEXIST && errno != EPERM)
        fill_fail(filler->fill, "the container's end can't be watched", errno);
}

static void wait_and_hear(struct filler *filler, int timeout, int *heard)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    *heard = epoll_wait(filler->fill->epoll, events, EVENTS_AT_ONCE, timeout);
    if (*heard < 0 && errno != EINTR)
        fill_fail(filler->fill, "events can't be waited for", errno);
    for (int i = 0; i < *heard; i++)
        hear(filler, events[i].data.u64);
}

/* A container may make processes without end: those that have ended take no room, in the table of descriptors or the journal. */
static void tidy(struct filler *filler)
{
    struct timespec pause = {.tv_nsec = CROWDED_PAUSE_NANOS};
    bool found = memories_reap(filler->fill, &filler->memories, filler->crowded);
    if (filler->crowded && !found)
        (void)nanosleep(&pause, NULL); /* whoever lives is to end, or all memory to come */
    filler->crowded = false;
    if (!memories_renew(&filler->memories, &filler->fill->journal))
        lack_memory(filler);
}

/* What a filler that was killed has left. */
static void take_over(struct filler *filler)
{
    struct journal *journal = &filler->fill->journal;
    struct memories *memories = &filler->memories;
    if (!memories_replay(memories, journal))
        fill_fail(filler->fill, "the journal can't be read", errno);
    for (size_t i = 0; i < memories->count; i++) {
        if (memories->at[i]->uffd < 0)
            continue;
        watch(filler, memories->at[i]->uffd, KEYS + i);
        if (filler->fill->listener >= 0)
            memory_ask_again(memories->at[i]);
        const uint64_t *refused = filler->fill->refused;
        if (refused[1] > 0)
            uffd_wake(memories->at[i]->uffd, refused[0], refused[1] - refused[0]);
    }
    uint8_t event = journal->event.event;
    struct memory *memory = event == 0 ? NULL : memories->at[journal->process];
    /* who waits for a page waits until he is woken, even if it is there; all else is done when it is noted */
    if (memory != NULL && memory->uffd >= 0 && (event == UFFD_EVENT_PAGEFAULT || journal_count(journal) == journal->before))
        heed(filler, memory);
    journal_done(journal);
}

static void begin(struct filler *filler)
{
    struct fill *fill = filler->fill;
    int left = fill->epoll;
    fill->epoll = -1;
    if (left >= 0)
        (void)close(left); /* of one that was killed */
    fill->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (fill->epoll < 0)
        fill_fail(fill, "there is no memory to begin with", errno);
    watch(filler, fill->guard, KEY_GUARD);
    fill->finished = fill->finished || fill->said == FILL_CRIU_FINISHED;
    if (!fill->finished)
        watch(filler, fill->criu, KEY_CRIU);
    later_begin();
    if (fill->listener >= 0)
        watch(filler, fill->listener, KEY_LISTENER);
    if (fill->later >= 0)
        watch(filler, fill->later, KEY_LATER);
    if (journal_is_open(&fill->journal))
        take_over(filler);
    else if (fill->stored != NULL && !journal_open(&fill->journal))
        fill_fail(fill, "there is no memory to begin with", errno);
    descriptors_for_memory();
}

/* How long to wait until somebody is heard, in milliseconds; -1: until then. */
static int patience(const struct filler *filler)
{
    if (filler->fill->refusing)
        return REFUSED_PAUSE_MILLIS; /* a thread that changes its mappings is to come to its end */
    return filler->fill->finished && !filler->idle ? 0 : -1;
}

/* Whoever waits for a page goes before what nobody has asked for yet; that some always do so keeps the rest from coming no longer than this. */
static bool goes_before(struct filler *filler, int heard)
{
    return heard > 0 && ++filler->passes % PASSES_A_PIECE != 0;
}

bool fill_run(struct fill *fill)
{
    struct filler filler = {.fill = fill};
    enum advance advanced = ADVANCED;
    begin(&filler);
    while (advanced != COMPLETE && !filler.unguarded) { /* every pass without an event brings some of what is missing */
        int heard;
        wait_and_hear(&filler, patience(&filler), &heard);
        fill->refusing = fill->refusing && !memories_ask_refused(&filler.memories);
        tidy(&filler);
        filler.idle = false;
        if (!filler.over && (filler.unguarded || !fill->finished || goes_before(&filler, heard)))
            continue;
        advanced = memories_advance(fill, &filler.memories);
        filler.idle = advanced == NOTHING_COME;
        if (filler.idle)
            watch_root(&filler);
        if (filler.over)
            advanced = COMPLETE;
    }
    descriptors_for_all();
    memories_free(&filler.memories);
    return advanced == COMPLETE;
}
