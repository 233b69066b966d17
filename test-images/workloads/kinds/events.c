// Descriptors by which the kernel tells of events.
#include "kinds.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>

enum { LONG_S = 100000, VALUE = 4711 };

static int descriptor, source;

// An eventfd that is ready, and one that is not.
static void epoll_set_up(void) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = VALUE};
    descriptor = (int)must(epoll_create1(0), "epoll_create1");
    source = (int)must(eventfd(0, EFD_NONBLOCK), "eventfd");
    must(epoll_ctl(descriptor, EPOLL_CTL_ADD, source, &event), "epoll_ctl");
    event.data.u64 = 1;
    must(epoll_ctl(descriptor, EPOLL_CTL_ADD, (int)must(eventfd(0, 0), "eventfd"), &event), "epoll_ctl");
    must(eventfd_write(source, 1), "write");
}

static void epoll_verify(void) {
    struct epoll_event events[4];
    eventfd_t value;
    same(must(epoll_wait(descriptor, events, 4, 0), "epoll_wait"), 1, "descriptors that are ready");
    same((long long)events[0].data.u64, VALUE, "data of the descriptor");
    must(eventfd_read(source, &value), "read");
    same(epoll_wait(descriptor, events, 4, 0), 0, "descriptors that are ready after it was read");
    must(eventfd_write(source, 1), "write");
}

static void eventfd_set_up(void) { descriptor = (int)must(eventfd(VALUE, EFD_NONBLOCK), "eventfd"); }

static void eventfd_verify(void) {
    eventfd_t value;
    must(eventfd_read(descriptor, &value), "read");
    same((long long)value, VALUE, "the value");
    same(eventfd_read(descriptor, &value), -1, "reading one that is empty");
    must(eventfd_write(descriptor, VALUE), "write");
}

static void signalfd_send(void) { must(sigqueue(getpid(), SIGRTMIN + 3, (union sigval){.sival_int = VALUE}), "sigqueue"); }

static void signalfd_set_up(void) {
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGRTMIN + 3);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    descriptor = (int)must(signalfd(-1, &mask, SFD_NONBLOCK), "signalfd");
    signalfd_send();
}

static void signalfd_verify(void) {
    struct signalfd_siginfo info;
    same(must(read(descriptor, &info, sizeof info), "read"), sizeof info, "bytes read");
    same(info.ssi_signo, SIGRTMIN + 3, "signal");
    same(info.ssi_int, VALUE, "value of the signal");
    same(read(descriptor, &info, sizeof info), -1, "reading without a signal");
    signalfd_send();
}

// One that ticks, and one that is far away.
static void timerfd_set_up(void) {
    struct itimerspec soon = {.it_interval = {.tv_nsec = 10000000}, .it_value = {.tv_nsec = 10000000}};
    struct itimerspec late = {.it_interval = {.tv_sec = 7}, .it_value = {.tv_sec = LONG_S}};
    descriptor = (int)must(timerfd_create(CLOCK_MONOTONIC, 0), "timerfd_create");
    source = (int)must(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK), "timerfd_create");
    must(timerfd_settime(descriptor, 0, &soon, NULL), "timerfd_settime");
    must(timerfd_settime(source, 0, &late, NULL), "timerfd_settime");
}

static void timerfd_verify(void) {
    struct itimerspec now;
    uint64_t expirations;
    same(must(read(descriptor, &expirations, 8), "read"), 8, "bytes read");
    hold(expirations > 0, "the timer has expired");
    must(timerfd_gettime(descriptor, &now), "timerfd_gettime");
    same(now.it_interval.tv_nsec, 10000000, "interval in ns");
    must(timerfd_gettime(source, &now), "timerfd_gettime");
    same(now.it_interval.tv_sec, 7, "interval in s");
    hold(now.it_value.tv_sec <= LONG_S && now.it_value.tv_sec > LONG_S - 3600, "the late one is where it was");
}

static int watch;

static void inotify_set_up(void) {
    descriptor = (int)must(inotify_init1(IN_NONBLOCK), "inotify_init1");
    watch = (int)must(inotify_add_watch(descriptor, ".", IN_CREATE), "inotify_add_watch");
}

static void inotify_verify(void) {
    union {
        struct inotify_event event;
        char bytes[256];
    } read_event;
    ssize_t size = -1;
    for (int i = 0; i < 2 && size < 0; i++) { // what nobody has read is lost in a checkpoint, and one may come just here
        close((int)must(open("made", O_WRONLY | O_CREAT | O_EXCL, 0644), "open"));
        must(unlink("made"), "unlink");
        size = read(descriptor, &read_event, sizeof read_event);
    }
    must(size, "read");
    same(read_event.event.wd, watch, "watch");
    same(read_event.event.mask, IN_CREATE, "event");
    same(strcmp(read_event.event.name, "made"), 0, "difference of the name");
}

static pid_t child;

static void pidfd_set_up(void) {
    child = sleeper();
    descriptor = (int)must(syscall(SYS_pidfd_open, child, 0), "pidfd_open");
}

static void pidfd_verify(void) { must(syscall(SYS_pidfd_send_signal, descriptor, 0, NULL, 0), "pidfd_send_signal"); }

const struct kind event_kinds[] = {
    {"epoll", epoll_set_up, epoll_verify},
    {"eventfd", eventfd_set_up, eventfd_verify},
    {"signalfd", signalfd_set_up, signalfd_verify},
    {"timerfd", timerfd_set_up, timerfd_verify},
    {"inotify", inotify_set_up, inotify_verify},
    {"pidfd", pidfd_set_up, pidfd_verify},
    {0},
};
