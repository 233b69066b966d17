// Timers that send signals.
#include "kinds.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

enum { INTERVAL_NS = 10000000, LONG_S = 100000, VALUE = 4711 };

static volatile sig_atomic_t count, last_value;
static sig_atomic_t seen;
static timer_t soon, late;

static void on_signal(int number, siginfo_t *info, void *context) {
    (void)number, (void)context;
    count++;
    last_value = info->si_value.sival_int;
}

static void handle(int number) {
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    must(sigaction(number, &action, NULL), "sigaction");
}

// One that ticks, and one that is far away.
static void open_timers(struct sigevent event) {
    event.sigev_signo = SIGRTMIN + 1;
    event.sigev_value.sival_int = VALUE;
    struct itimerspec often = {.it_interval = {.tv_nsec = INTERVAL_NS}, .it_value = {.tv_nsec = INTERVAL_NS}};
    struct itimerspec once = {.it_value = {.tv_sec = LONG_S}};
    handle(SIGRTMIN + 1);
    must(timer_create(CLOCK_MONOTONIC, &event, &late), "timer_create");
    must(timer_create(CLOCK_REALTIME, &event, &soon), "timer_create");
    must(timer_settime(soon, 0, &often, NULL), "timer_settime");
    must(timer_settime(late, 0, &once, NULL), "timer_settime");
}

static void await_signals(void) {
    for (int tries = 0; count == seen && tries < 1000; tries++)
        usleep(1000);
    hold(count > seen, "the timer goes on");
    seen = count;
}

static void posix_set_up(void) { open_timers((struct sigevent){.sigev_notify = SIGEV_SIGNAL}); }

// Their signals are for another thread, which only it takes.
static atomic_int other;

static void *take_signals(void *nothing) {
    (void)nothing;
    other = (int)syscall(SYS_gettid);
    for (;;)
        pause();
    return NULL;
}

static void posix_thread_set_up(void) {
    pthread_t thread;
    same(pthread_create(&thread, NULL, take_signals, NULL), 0, "pthread_create");
    while (other == 0)
        usleep(1000);
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID};
    event._sigev_un._tid = other; // the name that sigevent(3type) gives to it is not there in every C library
    open_timers(event);
}

static void posix_verify(void) {
    struct itimerspec now;
    await_signals();
    same(last_value, VALUE, "value of the signal");
    must(timer_gettime(soon, &now), "timer_gettime");
    same(now.it_interval.tv_nsec, INTERVAL_NS, "interval in ns");
    must(timer_gettime(late, &now), "timer_gettime");
    hold(now.it_value.tv_sec <= LONG_S && now.it_value.tv_sec > LONG_S - 3600, "the late one is where it was");
}

static void interval_set_up(void) {
    struct itimerval often = {.it_interval = {.tv_usec = 10000}, .it_value = {.tv_usec = 10000}};
    struct itimerval slow = {.it_interval = {.tv_sec = 7}, .it_value = {.tv_sec = LONG_S}};
    handle(SIGALRM);
    must(setitimer(ITIMER_REAL, &often, NULL), "setitimer");
    must(setitimer(ITIMER_VIRTUAL, &slow, NULL), "setitimer");
    must(setitimer(ITIMER_PROF, &slow, NULL), "setitimer");
}

static void interval_verify(void) {
    struct itimerval now;
    await_signals();
    must(getitimer(ITIMER_REAL, &now), "getitimer");
    same(now.it_interval.tv_usec, 10000, "interval in us");
    must(getitimer(ITIMER_VIRTUAL, &now), "getitimer");
    same(now.it_interval.tv_sec, 7, "interval in s");
    must(getitimer(ITIMER_PROF, &now), "getitimer");
    hold(now.it_value.tv_sec <= LONG_S && now.it_value.tv_sec > LONG_S - 3600, "the slow one is where it was");
}

const struct kind timer_kinds[] = {
    {"posix-timer", posix_set_up, posix_verify},
    {"thread-timer", posix_thread_set_up, posix_verify},
    {"interval-timer", interval_set_up, interval_verify},
    {0},
};
