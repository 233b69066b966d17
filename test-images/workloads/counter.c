// counter REPORT: counts milliseconds for ever. The report file always holds the count and the longest pause; standard output
// gets the count once a second, and a reader that goes away is no reason to stop.
#include "ticks.h"

#include <signal.h>
#include <stdlib.h>

static void on_term(int signal_number) {
    (void)signal_number;
    _exit(0);
}

int main(int argc, char **argv) {
    struct ticks ticks;
    if (argc != 2) {
        fprintf(stderr, "usage: counter REPORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, on_term); // process 1 of a namespace ignores signals that it has no handler for
    if (ticks_open(&ticks, argv[1]) != 0)
        return 1;
    for (;;) {
        if (ticks_next(&ticks, 0) != 0)
            return 1;
        if (ticks.count % TICKS_A_LINE == 0)
            dprintf(STDOUT_FILENO, "%llu\n", (unsigned long long)ticks.count);
    }
}
