#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fill.h"
#include "memory.h"
#include "source.h"

enum { MEMORIES_MAX = 1 << 15, EVENTS_AT_ONCE = 64 };

/* What CRIU says when all processes are about to run (criu/uffd.c). */
static const uint32_t RESTORE_FINISHED = 0x52535446;

/* Keys of what is waited for; from the third on an index of `memories`. */
enum { KEY_GUARD, KEY_CRIU, KEYS };

struct filler {
    struct fill *fill;
    int epoll;
    int criu; /* the listener, then the connection */
    bool connected;
    bool finished;
    struct memory **memories;
    size_t count;
};

static void watch(struct filler *filler, int fd, uint64_t key)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = key};
    if (epoll_ctl(filler->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
        fill_fail(filler->fill, "too much is to be watched", errno);
}

static struct memory *add(struct filler *filler, int uffd, uint32_t pid)
{
    struct memory *memory = calloc(1, sizeof(*memory));
    if (memory == NULL || filler->count == MEMORIES_MAX)
        fill_fail(filler->fill, "the container has too many processes", ENOMEM);
    *memory = (struct memory){.uffd = uffd, .pid = pid};
    (void)fill_send(FILL_KEPT, FILL_KEEP, "", uffd, MSG_DONTWAIT); /* with very many processes there is no room: two have it */
    filler->memories[filler->count] = memory;
    watch(filler, uffd, KEYS + filler->count);
    filler->count++;
    return memory;
}

/* CRIU sends each descriptor with one byte, behind the pid. */
static int receive_descriptor(int socket)
{
    char byte;
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec bytes = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1)
        return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header == NULL || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof(int)))
        return -1;
    int fd;
    memcpy(&fd, CMSG_DATA(header), sizeof(fd));
    return fd;
}

static void take_descriptor(struct filler *filler, uint32_t pid)
{
    int uffd = receive_descriptor(filler->criu);
    if (uffd < 0)
        fill_fail(filler->fill, "CRIU sent no userfaultfd", 0);
    source_ranges(filler->fill, pid, &add(filler, uffd, pid)->missing);
}

static void accept_criu(struct filler *filler)
{
    int connection = accept4(filler->criu, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0)
        fill_fail(filler->fill, "CRIU can't connect", errno);
    (void)close(filler->criu); /* a listener: nothing is lost with it */
    filler->criu = connection;
    filler->connected = true;
    watch(filler, connection, KEY_CRIU);
}

static void hear_criu(struct filler *filler)
{
    int32_t word;
    ssize_t n = recv(filler->criu, &word, sizeof(word), MSG_WAITALL);
    if (n == (ssize_t)sizeof(word) && (uint32_t)word == RESTORE_FINISHED)
        filler->finished = true;
    else if (n == (ssize_t)sizeof(word) && word > 0)
        take_descriptor(filler, (uint32_t)word);
    else if (n == 0 && filler->finished)
        (void)epoll_ctl(filler->epoll, EPOLL_CTL_DEL, filler->criu, NULL); /* CRIU has ended, as it should */
    else if (n != (ssize_t)sizeof(word))
        fill_fail(filler->fill, "CRIU has ended before the container was complete", 0);
    /* else a negative number: a process that has ended already and has no memory */
}

static void hear_memory(struct filler *filler, struct memory *memory)
{
    if (memory->uffd < 0)
        return; /* closed since the kernel told of it */
    int forked = memory_event(filler->fill, memory);
    if (forked < 0)
        return;
    if (!ranges_copy(&add(filler, forked, memory->pid)->missing, &memory->missing))
        fill_fail(filler->fill, "there is no memory for the list of pages", ENOMEM);
}

static void hear(struct filler *filler, uint64_t key)
{
    if (key == KEY_GUARD)
        fill_fail(filler->fill, "its guard was killed", 0);
    if (key != KEY_CRIU)
        hear_memory(filler, filler->memories[key - KEYS]);
    else if (filler->connected)
        hear_criu(filler);
    else
        accept_criu(filler);
}

/* The first process that lacks something. Those that have all are answered still: Java's copies keep the kernel asking. */
static struct memory *next(struct filler *filler, size_t *from)
{
    while (*from < filler->count) {
        struct memory *memory = filler->memories[*from];
        if (memory->uffd >= 0 && !ranges_empty(&memory->missing))
            return memory;
        (*from)++;
    }
    return NULL;
}

static void wait_and_hear(struct filler *filler, int timeout, int *heard)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    *heard = epoll_wait(filler->epoll, events, EVENTS_AT_ONCE, timeout);
    if (*heard < 0 && errno != EINTR)
        fill_fail(filler->fill, "events can't be waited for", errno);
    for (int i = 0; i < *heard; i++)
        hear(filler, events[i].data.u64);
}

void fill_run(struct fill *fill)
{
    struct filler filler = {.fill = fill, .epoll = epoll_create1(EPOLL_CLOEXEC), .criu = fill->listener};
    filler.memories = calloc(MEMORIES_MAX, sizeof(filler.memories[0]));
    if (filler.epoll < 0 || filler.memories == NULL)
        fill_fail(fill, "there is no memory to begin with", ENOMEM);
    watch(&filler, fill->guard, KEY_GUARD);
    watch(&filler, filler.criu, KEY_CRIU);
    size_t from = 0;
    for (;;) { /* ends with the memory that is missing, of which every pass without an event brings some */
        int heard;
        wait_and_hear(&filler, filler.finished ? 0 : -1, &heard);
        if (!filler.finished || heard > 0)
            continue;
        struct memory *memory = next(&filler, &from);
        if (memory == NULL)
            return;
        memory_advance(fill, memory);
    }
}
