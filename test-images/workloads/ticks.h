// The heartbeat shared by the workloads: one tick a millisecond, counted, with the longest pause between two ticks.
// A process that is frozen and brought back cannot tick, so that pause is the downtime as the process itself saw it. SIGUSR1
// starts the measurement of the longest pause anew.
#ifndef TICKS_H
#define TICKS_H

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { TICKS_A_REPORT = 10, TICKS_A_LINE = 1000 };

struct ticks {
    int report;       // descriptor of the file that holds the last report
    uint64_t count;   // ticks so far
    int64_t last_ns;  // wall clock at the last tick
    int64_t longest_ns;
};

static volatile sig_atomic_t ticks_anew;

static void ticks_on_signal(int signal_number) {
    if (signal_number == SIGTERM)
        _exit(0);
    ticks_anew = 1;
}

static int64_t wall_clock_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// The report is one line of fixed length, rewritten in place: "count 0000000123 longest_us 0000001068 checked 0000000000\n".
static int ticks_write_report(const struct ticks *t, uint64_t checked) {
    char line[96];
    int length = snprintf(line, sizeof line, "count %010llu longest_us %010lld checked %010llu\n",
                          (unsigned long long)t->count, (long long)(t->longest_ns / 1000), (unsigned long long)checked);
    if (pwrite(t->report, line, (size_t)length, 0) != length) {
        perror("write report");
        return -1;
    }
    return 0;
}

static int ticks_open(struct ticks *t, const char *path) {
    t->report = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (t->report < 0) {
        perror(path);
        return -1;
    }
    // process 1 of a namespace ignores signals that it has no handler for
    signal(SIGTERM, ticks_on_signal);
    signal(SIGUSR1, ticks_on_signal);
    t->count = 0;
    t->longest_ns = 0;
    t->last_ns = wall_clock_ns();
    return ticks_write_report(t, 0);
}

static int ticks_next(struct ticks *t, uint64_t checked) {
    const struct timespec pause = {.tv_sec = 0, .tv_nsec = 1000000};
    nanosleep(&pause, NULL);
    int64_t now = wall_clock_ns();
    if (ticks_anew) {
        ticks_anew = 0;
        t->longest_ns = 0;
    }
    if (now - t->last_ns > t->longest_ns)
        t->longest_ns = now - t->last_ns;
    t->last_ns = now;
    t->count++;
    return t->count % TICKS_A_REPORT == 0 ? ticks_write_report(t, checked) : 0;
}

#endif
