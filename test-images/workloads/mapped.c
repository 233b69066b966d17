// mapped REPORT FILE MIB: fills a file of MIB mebibytes with a pattern that does not compress, maps it shared and writes eight of its
// pages anew each millisecond, which no time of the file tells of, while it checks the others. A page that does not hold what was last
// written to it ends the program with status 3, so a running container proves that its memory and its file are of one moment.
#include "ticks.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { PAGE_BYTES = 4096, WORDS_A_PAGE = PAGE_BYTES / 8, CHECKS_A_TICK = 64, WRITTEN = 8, MIB_MAX = 1 << 12 };

static uint64_t *words;
static size_t pages;
static uint64_t generation[WRITTEN];

// splitmix64
static uint64_t pattern(uint64_t place, uint64_t generation) {
    uint64_t z = place * 0x9e3779b97f4a7c15u + generation * 0xd1b54a32d192ed03u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

// Pages that are written lie far apart; which of them this one is, or WRITTEN.
static size_t written(size_t page) {
    size_t apart = pages / WRITTEN;
    return page % apart == apart / 2 && page / apart < WRITTEN ? page / apart : WRITTEN;
}

static void fill(size_t page, uint64_t of_generation) {
    for (size_t word = page * WORDS_A_PAGE; word < (page + 1) * WORDS_A_PAGE; word++)
        words[word] = pattern(word, of_generation);
}

static int check(size_t page) {
    size_t which = written(page);
    uint64_t of_generation = which < WRITTEN ? generation[which] : 0;
    for (size_t word = page * WORDS_A_PAGE; word < (page + 1) * WORDS_A_PAGE; word++) {
        if (words[word] != pattern(word, of_generation)) {
            fprintf(stderr, "page %zu of %zu is damaged at word %zu\n", page, pages, word % WORDS_A_PAGE);
            return -1;
        }
    }
    return 0;
}

static int map(const char *path, size_t mebibytes) {
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    pages = mebibytes * 256;
    if (file < 0 || ftruncate(file, (off_t)(pages * PAGE_BYTES)) != 0) {
        perror(path);
        return -1;
    }
    words = mmap(NULL, pages * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (words == MAP_FAILED || close(file) != 0) {
        perror("mmap");
        return -1;
    }
    for (size_t page = 0; page < pages; page++)
        fill(page, 0);
    return 0;
}

static int run(struct ticks *ticks) {
    uint64_t checked = 0;
    for (size_t next = 0;;) {
        for (int i = 0; i < CHECKS_A_TICK; i++, checked++, next = (next + 1) % pages)
            if (check(next) != 0)
                return 3;
        size_t apart = pages / WRITTEN;
        for (size_t which = 0; which < WRITTEN; which++) {
            if (check(which * apart + apart / 2) != 0)
                return 3;
            fill(which * apart + apart / 2, ++generation[which]);
        }
        if (ticks_next(ticks, checked) != 0)
            return 1;
    }
}

int main(int argc, char **argv) {
    struct ticks ticks;
    long mebibytes = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (argc != 4 || mebibytes < 1 || mebibytes > MIB_MAX) {
        fprintf(stderr, "usage: mapped REPORT FILE MIB\n");
        return 2;
    }
    if (map(argv[2], (size_t)mebibytes) != 0 || ticks_open(&ticks, argv[1]) != 0)
        return 1;
    return run(&ticks);
}
