// memory REPORT MIB [DIRTY_PAGES_A_TICK]: fills MIB mebibytes with a pattern that does not compress, then goes over it for
// ever, checking some pages each millisecond and, if asked, writing some anew. A page that does not hold what was last
// written to it ends the program with status 3, so a running container proves that its memory is intact.
#include "ticks.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { PAGE_BYTES = 4096, WORDS_A_PAGE = PAGE_BYTES / 8, CHECKS_A_TICK = 32, MIB_MAX = 1 << 20 };

struct store {
    uint64_t *words;
    uint32_t *generation; // how often each page was written
    size_t pages;
};

// splitmix64: the content of a word follows from its place and its page's generation alone.
static uint64_t pattern(uint64_t page, uint64_t generation, uint64_t word) {
    uint64_t z = page * 0x9e3779b97f4a7c15u + generation * 0xd1b54a32d192ed03u + word * 0x8cb92ba72f3d8dd7u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void fill_page(struct store *s, size_t page) {
    s->generation[page]++;
    for (size_t word = 0; word < WORDS_A_PAGE; word++)
        s->words[page * WORDS_A_PAGE + word] = pattern(page, s->generation[page], word);
}

static int check_page(const struct store *s, size_t page) {
    for (size_t word = 0; word < WORDS_A_PAGE; word++) {
        if (s->words[page * WORDS_A_PAGE + word] != pattern(page, s->generation[page], word)) {
            fprintf(stderr, "page %zu of %zu is damaged at word %zu\n", page, s->pages, word);
            return -1;
        }
    }
    return 0;
}

static int store_open(struct store *s, size_t mebibytes) {
    s->pages = mebibytes * 256;
    s->words = mmap(NULL, s->pages * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    s->generation = calloc(s->pages, sizeof *s->generation);
    if (s->words == MAP_FAILED || s->generation == NULL) {
        perror("memory");
        return -1;
    }
    for (size_t page = 0; page < s->pages; page++)
        fill_page(s, page);
    return 0;
}

static int run(struct store *s, struct ticks *ticks, size_t dirty_a_tick) {
    uint64_t checked = 0;
    size_t next_check = 0;
    size_t next_write = 0;
    for (;;) {
        for (int i = 0; i < CHECKS_A_TICK; i++, checked++, next_check = (next_check + 1) % s->pages)
            if (check_page(s, next_check) != 0)
                return 3;
        for (size_t i = 0; i < dirty_a_tick; i++, next_write = (next_write + 1) % s->pages)
            fill_page(s, next_write);
        if (ticks_next(ticks, checked) != 0)
            return 1;
    }
}

int main(int argc, char **argv) {
    struct store store;
    struct ticks ticks;
    long mebibytes = argc >= 3 ? strtol(argv[2], NULL, 10) : 0;
    long dirty = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (argc < 3 || argc > 4 || mebibytes < 1 || mebibytes > MIB_MAX || dirty < 0) {
        fprintf(stderr, "usage: memory REPORT MIB [DIRTY_PAGES_A_TICK]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (store_open(&store, (size_t)mebibytes) != 0 || ticks_open(&ticks, argv[1]) != 0)
        return 1;
    dprintf(STDOUT_FILENO, "ready\n");
    return run(&store, &ticks, (size_t)dirty);
}
