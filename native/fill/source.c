#include "source.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "stored.h"

enum { RANGES_AT_ONCE = FILL_BUFFER_BYTES / 16, RANGES_MAX = 1 << 26 };

/* The guard may die meanwhile, and what it guards has to die then. */
static void await_answer(struct fill *fill)
{
    struct pollfd polled[] = {{.fd = FILL_PAGES, .events = POLLIN}, {.fd = fill->guard, .events = POLLIN}};
    while (poll(polled, 2, -1) < 0) {
        if (errno != EINTR)
            fill_fail(fill, "jmigrate can't be waited for", errno);
    }
    if (polled[1].revents != 0)
        fill_fail(fill, "its guard was killed", 0);
}

static uint64_t ask(struct fill *fill, struct source_question question)
{
    struct source_answer answer = {0};
    ssize_t n;
    do
        n = send(FILL_PAGES, &question, sizeof(question), MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof(question))
        fill_fail(fill, "jmigrate has ended", 0);
    await_answer(fill);
    do
        n = recv(FILL_PAGES, &answer, sizeof(answer), MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof(answer) || answer.count > question.count)
        fill_fail(fill, "jmigrate can deliver no more pages", 0);
    return answer.count;
}

void source_ranges(struct fill *fill, uint32_t pid, struct ranges *into)
{
    if (fill->stored != NULL) {
        stored_ranges(fill, pid, into);
        return;
    }
    uint64_t known = 0;
    uint64_t count;
    do { /* bounded by RANGES_MAX */
        struct source_question question = {SOURCE_RANGES, pid, known, RANGES_AT_ONCE};
        count = ask(fill, question);
        for (uint64_t i = 0; i < count; i++) {
            uint64_t pair[2];
            memcpy(pair, fill->buffer + 16 * i, sizeof(pair));
            struct range range = {.start = pair[0], .end = pair[0] + pair[1] * FILL_PAGE_BYTES, .image = pair[0]};
            if (!ranges_add(into, range))
                fill_fail(fill, "there is no memory for the list of pages", ENOMEM);
        }
        known += count;
    } while (count > 0 && known < RANGES_MAX);
}

void source_pages(struct fill *fill, uint32_t pid, uint64_t address, uint64_t pages)
{
    if (fill->stored != NULL) {
        stored_pages(fill, pid, address, pages);
        return;
    }
    struct source_question question = {SOURCE_PAGES, pid, address, pages};
    if (ask(fill, question) != pages)
        fill_fail(fill, "jmigrate can deliver no more pages", 0);
}
