// tangle REPORT MIB: memory full of data, like `memory`, in regions that are moved, divided by protections, emptied, unmapped and
// mapped anew all the time, while children are forked that check all of it. Memory that is not what was last written ends the program
// with status 3 and a line that says so.
#include "ticks.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>

enum { PAGE_BYTES = 4096, WORDS_A_PAGE = PAGE_BYTES / 8, REGION_PAGES = 64, ACTS_A_TICK = 8, TICKS_A_CHILD = 32 };

struct region {
    uint64_t *words;
    uint32_t generation[REGION_PAGES]; // how often each page was written; 0: it reads as zeros
};

struct tangle {
    struct region *regions;
    size_t count;
    uint64_t random;
};

static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t next_random(struct tangle *t, uint64_t below) {
    t->random += 0x9e3779b97f4a7c15u;
    return mix(t->random) % below;
}

static uint64_t pattern(size_t region, size_t page, uint32_t generation, size_t word) {
    return generation == 0 ? 0 : mix(region * 1000003 + page * 7919 + generation * 0xd1b54a32d192ed03u + word);
}

static void write_page(struct tangle *t, size_t region, size_t page) {
    struct region *r = &t->regions[region];
    r->generation[page]++;
    for (size_t word = 0; word < WORDS_A_PAGE; word++)
        r->words[page * WORDS_A_PAGE + word] = pattern(region, page, r->generation[page], word);
}

static int check_page(const struct tangle *t, size_t region, size_t page) {
    const struct region *r = &t->regions[region];
    for (size_t word = 0; word < WORDS_A_PAGE; word++) {
        if (r->words[page * WORDS_A_PAGE + word] != pattern(region, page, r->generation[page], word)) {
            fprintf(stderr, "page %zu of region %zu is damaged at word %zu\n", page, region, word);
            return -1;
        }
    }
    return 0;
}

static int check_all(const struct tangle *t) {
    for (size_t region = 0; region < t->count; region++)
        for (size_t page = 0; page < REGION_PAGES; page++)
            if (check_page(t, region, page) != 0)
                return -1;
    return 0;
}

static void *map(void *at, size_t pages, int flags) {
    void *memory = mmap(at, pages * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return memory;
}

static void forget(struct region *r, size_t from, size_t pages) {
    for (size_t page = from; page < from + pages; page++)
        r->generation[page] = 0;
}

// Page by page: the kernel moves several mappings at once only where nobody watches them, and may stop halfway.
static void move(char *from, char *to, size_t pages) {
    for (size_t at = 0; at < pages * PAGE_BYTES; at += PAGE_BYTES) {
        if (mremap(from + at, PAGE_BYTES, PAGE_BYTES, MREMAP_MAYMOVE | MREMAP_FIXED, to + at) == MAP_FAILED) {
            perror("mremap");
            exit(1);
        }
    }
}

// Some pages from `from` on of a region.
static void act_on(struct tangle *t, struct region *r, size_t from, size_t pages) {
    char *start = (char *)r->words + from * PAGE_BYTES;
    switch (next_random(t, 4)) {
    case 0:
        if (madvise(start, pages * PAGE_BYTES, MADV_DONTNEED) == 0)
            forget(r, from, pages);
        break;
    case 1:
        if (munmap(start, pages * PAGE_BYTES) == 0) {
            (void)map(start, pages, MAP_FIXED);
            forget(r, from, pages);
        }
        break;
    case 2:
        (void)mprotect(start, pages * PAGE_BYTES, PROT_READ);
        (void)mprotect(start, pages / 2 * PAGE_BYTES, PROT_READ | PROT_WRITE);
        (void)mprotect(start, pages * PAGE_BYTES, PROT_READ | PROT_WRITE);
        break;
    default: {
        char *to = map(NULL, REGION_PAGES, 0);
        move((char *)r->words, to, REGION_PAGES);
        r->words = (uint64_t *)(void *)to;
    }
    }
}

static int act(struct tangle *t) {
    size_t region = next_random(t, t->count);
    size_t from = next_random(t, REGION_PAGES);
    if (check_page(t, region, from) != 0)
        return -1;
    if (next_random(t, 8) == 0)
        act_on(t, &t->regions[region], from, 1 + next_random(t, REGION_PAGES - from));
    write_page(t, region, from);
    return check_page(t, next_random(t, t->count), next_random(t, REGION_PAGES));
}

// A child that checks all and reads what its parent may lack still; its status is that of the one before it.
static int check_by_child(const struct tangle *t) {
    int status = 0;
    if (waitpid(-1, &status, 0) > 0 && status != 0)
        return -1;
    if (fork() == 0)
        _exit(check_all(t) == 0 ? 0 : 3);
    return 0;
}

int main(int argc, char **argv) {
    struct ticks ticks;
    long mebibytes = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    struct tangle t = {.count = (size_t)mebibytes * 4, .random = 1};
    if (mebibytes < 1 || mebibytes > 1024) {
        fprintf(stderr, "usage: tangle REPORT MIB\n");
        return 2;
    }
    t.regions = calloc(t.count, sizeof *t.regions);
    if (t.regions == NULL || ticks_open(&ticks, argv[1]) != 0)
        return 1;
    for (size_t region = 0; region < t.count; region++) {
        t.regions[region].words = map(NULL, REGION_PAGES, 0);
        for (size_t page = 0; page < REGION_PAGES; page++)
            write_page(&t, region, page);
    }
    for (uint64_t acts = 0;; acts += ACTS_A_TICK) {
        for (int i = 0; i < ACTS_A_TICK; i++)
            if (act(&t) != 0)
                return 3;
        if (ticks_next(&ticks, acts) != 0)
            return 1;
        if (ticks.count % TICKS_A_CHILD == 0 && check_by_child(&t) != 0)
            return 3;
    }
}
