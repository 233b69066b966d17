// mappings REPORT: memory of every kind that a dump treats in a way of its own, checked again and again: written, read only, zero,
// locked, out of reach (PROT_NONE), given back, huge, shared, a file's, a forked child's that was written in part since, and that child, which
// ordinary users can't dump (PR_SET_DUMPABLE). A zombie is there too. A page that isn't what it was ends the program with status 3.
#include "ticks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { PAGE = 4096, WRITTEN_PAGES = 36 * 256, FEW_PAGES = 64, HUGE_BYTES = 2 << 20 };

struct region {
    unsigned char *start;
    size_t pages;
    unsigned seed;    // of what the pages hold
    unsigned zero;    // each page whose number this divides holds zeros; 0: none
    int reach;        // protection outside of a check
};

enum { REGIONS_MAX = 12 };
static struct region regions[REGIONS_MAX];
static int regions_used;

static unsigned char value(const struct region *r, size_t page, size_t byte) {
    int zero = r->zero != 0 && page % r->zero == 0;
    return zero ? 0 : (unsigned char)(r->seed * 31 + page * 7 + byte * 13 + (byte >> 8) + 1);
}

static void fill(const struct region *r, size_t from, size_t to) {
    for (size_t page = from; page < to; page++)
        for (size_t byte = 0; byte < PAGE; byte++)
            if (value(r, page, byte) != 0)
                r->start[page * PAGE + byte] = value(r, page, byte);
}

static struct region *map(size_t pages, int flags, int descriptor, unsigned zero) {
    struct region *r = &regions[regions_used++];
    void *start = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, flags, descriptor, 0);
    if (start == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    *r = (struct region){start, pages, (unsigned)regions_used, zero, PROT_READ | PROT_WRITE};
    fill(r, 0, pages);
    return r;
}

static void reach(struct region *r, int protection) {
    r->reach = protection;
    mprotect(r->start, r->pages * PAGE, protection);
}

// A file of the same content as the region that maps it, so that the pages which aren't written are the file's.
static struct region *map_file(void) {
    struct region like = {NULL, FEW_PAGES, (unsigned)regions_used + 1, 0, 0};
    unsigned char page_bytes[PAGE];
    int file = open("/data/mapped", O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (size_t page = 0; page < FEW_PAGES; page++) {
        for (size_t byte = 0; byte < PAGE; byte++)
            page_bytes[byte] = value(&like, page, byte);
        if (write(file, page_bytes, PAGE) != PAGE)
            exit(1);
    }
    struct region *r = &regions[regions_used++];
    void *start = mmap(NULL, FEW_PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    close(file);
    if (start == MAP_FAILED)
        exit(1);
    *r = like;
    r->start = start;
    r->reach = PROT_READ | PROT_WRITE;
    fill(r, 0, FEW_PAGES / 2);
    return r;
}

static void make_regions(void) {
    const int private = MAP_PRIVATE | MAP_ANONYMOUS;
    map(WRITTEN_PAGES, private, -1, 5);
    reach(map(FEW_PAGES, private, -1, 0), PROT_READ);
    reach(map(FEW_PAGES, private, -1, 0), PROT_NONE);
    map(FEW_PAGES, private, -1, 1);                      // read, never written
    map(FEW_PAGES, MAP_SHARED | MAP_ANONYMOUS, -1, 3);
    struct region *locked = map(FEW_PAGES, private, -1, 0);
    mlock(locked->start, locked->pages * PAGE); // a limit may forbid it
    struct region *huge = map(2 * HUGE_BYTES / PAGE, private, -1, 0);
    madvise(huge->start, 2 * HUGE_BYTES, MADV_HUGEPAGE);
    struct region *given_back = map(FEW_PAGES, private, -1, 1);
    memset(given_back->start, 7, given_back->pages * PAGE);
    madvise(given_back->start, given_back->pages * PAGE, MADV_DONTNEED);
    map_file();
}

static int check(struct region *r) {
    int changed = 0;
    if ((r->reach & PROT_READ) == 0)
        mprotect(r->start, r->pages * PAGE, PROT_READ);
    for (size_t page = 0; page < r->pages; page++)
        for (size_t byte = page % 7; byte < PAGE; byte += 61)
            changed |= r->start[page * PAGE + byte] != value(r, page, byte);
    if ((r->reach & PROT_READ) == 0)
        mprotect(r->start, r->pages * PAGE, r->reach);
    return changed;
}

static int check_all(void) {
    for (int i = 0; i < regions_used; i++)
        if (check(&regions[i]) != 0) {
            fprintf(stderr, "region %d is not what it was\n", i);
            return 3;
        }
    return 0;
}

static void child(void) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    regions[0].seed = 99;
    regions[0].zero = 2; // pages that held something keep it where the new pattern has zeros: clear them first
    memset(regions[0].start, 0, regions[0].pages * PAGE / 2);
    fill(&regions[0], 0, regions[0].pages / 2);
    regions[0].pages /= 2;
    while (check_all() == 0)
        usleep(10000);
    _exit(3);
}

int main(int argc, char **argv) {
    struct ticks ticks;
    int status = 0;
    if (argc != 2) {
        fprintf(stderr, "usage: mappings REPORT\n");
        return 2;
    }
    make_regions();
    pid_t zombie = fork();
    if (zombie == 0)
        _exit(0);
    pid_t other = zombie < 0 ? -1 : fork();
    if (other == 0)
        child();
    if (other < 0 || ticks_open(&ticks, argv[1]) != 0)
        return 1;
    while (check_all() == 0 && waitpid(other, &status, WNOHANG) == 0)
        if (ticks_next(&ticks, 0) != 0)
            return 1;
    return 3;
}
