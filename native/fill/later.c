#include "later.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Of those who wait beyond it nobody is told twice: the other end may never hear of them, and the pages come when it is their turn. */
enum { WAITING_MAX = 1024, HEARD_AT_ONCE = 256, RELEASE_LIMIT_MS = 2000 };

struct waiting {
    uint32_t process;
    uint64_t page;
    uint64_t since; /* nanoseconds */
    struct later_packet demand;
    bool told;
};

static struct waiting waiting[WAITING_MAX];
static size_t waiting_count;

static uint64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time); /* can't fail for this clock */
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int later_listen(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    memcpy(address.sun_path, LATER_SOCKET, sizeof(LATER_SOCKET));
    if (lstat(LATER_SOCKET, &status) == 0 && S_ISSOCK(status.st_mode))
        (void)unlink(LATER_SOCKET); /* of one that was killed */
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 1) < 0)
        return -1;
    return fd;
}

void later_begin(void)
{
    waiting_count = 0;
}

/* False if there is nobody, or no room: he has something to say then, and hears of it after that. */
static bool tell(struct fill *fill, const struct later_packet *packet)
{
    return fill->later >= 0 &&
           send(fill->later, packet, sizeof(*packet), MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)sizeof(*packet);
}

static void tell_of_all(struct fill *fill)
{
    for (size_t i = 0; i < waiting_count; i++)
        waiting[i].told = waiting[i].told || tell(fill, &waiting[i].demand);
}

void later_accept(struct fill *fill)
{
    int connection = accept4(fill->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection < 0)
        return; /* gone again */
    int before = fill->later;
    fill->later = connection;
    if (before >= 0)
        (void)close(before);
    for (size_t i = 0; i < waiting_count; i++)
        waiting[i].told = false;
    tell_of_all(fill);
}

/* A restore that needs what comes only when the tree runs would wait for ever. Java's word may be on its way to the guard. */
static void require_release(struct fill *fill)
{
    struct timespec pause = {.tv_nsec = 1000000};
    for (int i = 0; fill->heard[0] != FILL_RELEASE && i < RELEASE_LIMIT_MS; i++)
        (void)nanosleep(&pause, NULL);
    if (fill->heard[0] != FILL_RELEASE)
        fill_fail(fill, "a page that is still to come is needed before the container runs", 0);
}

static bool waits(const struct memory *memory, uint64_t page)
{
    for (size_t i = 0; i < waiting_count; i++) {
        if (waiting[i].process == memory->number && waiting[i].page == page)
            return true; /* another thread; whoever brings the page wakes both */
    }
    return false;
}

void later_await(struct fill *fill, const struct memory *memory, uint64_t page, uint64_t image, uint64_t pages)
{
    struct later_packet demand = {.word = LATER_DEMAND, .pid = memory->pid, .address = image, .pages = pages};
    require_release(fill);
    if (waits(memory, page))
        return;
    bool told = tell(fill, &demand);
    if (waiting_count < WAITING_MAX)
        waiting[waiting_count++] =
            (struct waiting){.process = memory->number, .page = page, .since = now(), .demand = demand, .told = told};
}

void later_forget(uint32_t process)
{
    size_t left = 0;
    for (size_t i = 0; i < waiting_count; i++) {
        if (waiting[i].process != process)
            waiting[left++] = waiting[i];
    }
    waiting_count = left;
}

/* Brings what somebody waits for, and forgets him. */
static void answer(struct fill *fill, struct memories *memories)
{
    size_t left = 0;
    for (size_t i = 0; i < waiting_count; i++) {
        struct waiting *each = &waiting[i];
        if (!memory_answer(fill, memories->at[each->process], each->page)) {
            waiting[left++] = *each;
            continue;
        }
        struct later_packet answered = {.word = LATER_ANSWERED, .pid = each->demand.pid, .address = now() - each->since, .pages = 1};
        (void)tell(fill, &answered); /* a time that can't be told is not counted */
    }
    waiting_count = left;
}

static void place(struct fill *fill, struct memories *memories, const struct later_packet *come)
{
    for (size_t i = 0; i < memories->count; i++) {
        struct memory *memory = memories->at[i];
        if (memory->uffd >= 0 && memory->pid == come->pid)
            memory_place(fill, memory, come->address, come->pages);
    }
}

bool later_hear(struct fill *fill, struct memories *memories)
{
    struct later_packet packet;
    ssize_t n = 0;
    for (int i = 0; i < HEARD_AT_ONCE; i++) { /* page faults wait meanwhile */
        n = recv(fill->later, &packet, sizeof(packet), MSG_DONTWAIT);
        if (n != (ssize_t)sizeof(packet))
            break;
        answer(fill, memories);
        if (packet.word == LATER_COME)
            place(fill, memories, &packet);
        else
            memories_look(memories);
    }
    tell_of_all(fill);
    if (n == (ssize_t)sizeof(packet) || (n < 0 && (errno == EAGAIN || errno == EINTR)))
        return true;
    int gone = fill->later;
    fill->later = -1;
    (void)close(gone);
    answer(fill, memories);
    memories_look(memories); /* he may have taken more than he has told */
    return false;
}
