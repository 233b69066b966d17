// Clocks that never go back.
#include "kinds.h"

#include <time.h>

static const clockid_t watched[] = {CLOCK_MONOTONIC, CLOCK_BOOTTIME};
enum { CLOCKS = sizeof watched / sizeof *watched };
static struct timespec last[CLOCKS];

static void clocks_set_up(void) {
    for (int i = 0; i < CLOCKS; i++)
        must(clock_gettime(watched[i], &last[i]), "clock_gettime");
}

static void clocks_verify(void) {
    struct timespec before[CLOCKS];
    memcpy(before, last, sizeof last);
    clocks_set_up();
    for (int i = 0; i < CLOCKS; i++)
        hold(last[i].tv_sec > before[i].tv_sec ||
                 (last[i].tv_sec == before[i].tv_sec && last[i].tv_nsec >= before[i].tv_nsec),
             i == 0 ? "CLOCK_MONOTONIC never goes back" : "CLOCK_BOOTTIME never goes back");
}

const struct kind clock_kinds[] = {
    {"clocks", clocks_set_up, clocks_verify},
    {0},
};
