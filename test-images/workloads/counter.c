// counter REPORT: counts milliseconds for ever. The report file always holds the count and the longest pause; standard output
// gets the count once a second, and a reader that goes away is no reason to stop.
#include "ticks.h"

#include <stdlib.h>

int main(int argc, char **argv) {
    struct ticks ticks;
    if (argc != 2) {
        fprintf(stderr, "usage: counter REPORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (ticks_open(&ticks, argv[1]) != 0)
        return 1;
    for (;;) {
        if (ticks_next(&ticks, 0) != 0)
            return 1;
        if (ticks.count % TICKS_A_LINE == 0)
            dprintf(STDOUT_FILENO, "%llu\n", (unsigned long long)ticks.count);
    }
}
