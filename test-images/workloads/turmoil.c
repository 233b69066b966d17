// turmoil SEED DIRECTORY: does with its private memory whatever a program can, at random and for ever: maps, unmaps, moves, grows, protects,
// advises and locks, writes all the while from two threads besides, changes pages of a file, grows its stack and its heap, and has a
// few children that do the same and then end or execute the program again. Its files are in the directory. With one word more, "child",
// it has no children; with "huge" neither, and instead writes to huge pages that the host has set aside, and says so.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PAGE_BYTES = 4096,
    REGIONS = 24,
    PAGES_MAX = 300,
    LARGE_PAGES = 1200, // room for a huge page
    FILE_PAGES = 64,
    THREADS = 2,
    THREAD_PAGES = 1024,
    CHILDREN = 3,
    HEAP_PAGES_MAX = 256,
    STACK_DEPTH_MAX = 64,
    LIFE_MAX = 4000,
    PAUSE_NANOS = 100000,
    HUGE_BYTES = 2 << 20,
    HUGE_PAGES = 3,
    GUARDED_PAGES = 8,
};

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

struct region {
    char *start; // NULL if there is none
    size_t pages;
    size_t pages_max; // of a file there are no more
    int protection;
};

static struct region regions[REGIONS];
static uint64_t state;
static const char *directory;

static uint64_t next(uint64_t *seed) { // splitmix64
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t any(size_t bound) {
    return next(&state) % bound;
}

static void pause_for(long nanos) {
    struct timespec time = {0, nanos};
    nanosleep(&time, NULL);
}

// A few words of a few pages.
static void scribble(char *start, size_t pages, uint64_t *seed) {
    for (int i = 0; i < 40; i++) {
        uint64_t page = next(seed) % pages;
        uint64_t word = next(seed) % (PAGE_BYTES / 8);
        ((volatile uint64_t *)start)[page * (PAGE_BYTES / 8) + word] = next(seed);
    }
}

static void *write_for_ever(void *argument) {
    uint64_t seed = (uintptr_t)argument;
    char *own = mmap(NULL, (size_t)THREAD_PAGES * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (own == MAP_FAILED)
        abort();
    for (;;) {
        scribble(own, THREAD_PAGES, &seed);
        pause_for(PAUSE_NANOS);
    }
}

static int open_file(void) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/file", directory);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ftruncate(file, (off_t)FILE_PAGES * PAGE_BYTES) < 0)
        abort();
    return file;
}

static void unmap(struct region *region) {
    if (region->start != NULL)
        munmap(region->start, region->pages * PAGE_BYTES);
    region->start = NULL;
}

static void map(struct region *region) {
    unmap(region);
    int flags = MAP_PRIVATE | (any(8) == 0 ? MAP_LOCKED : 0) | (any(8) == 0 ? MAP_POPULATE : 0);
    int file = -1;
    region->pages = any(6) == 0 ? LARGE_PAGES : 1 + any(PAGES_MAX);
    region->pages_max = LARGE_PAGES;
    if (any(4) == 0) {
        file = open_file();
        region->pages = 1 + any(FILE_PAGES);
        region->pages_max = FILE_PAGES;
    }
    region->protection = PROT_READ | PROT_WRITE;
    char *start = mmap(NULL, region->pages * PAGE_BYTES, region->protection, flags | (file < 0 ? MAP_ANONYMOUS : 0), file, 0);
    region->start = start == MAP_FAILED ? NULL : start;
    if (file >= 0)
        close(file);
}

// In place of another region, or wherever there is room; longer or shorter.
static void move(struct region *region) {
    size_t pages = 1 + any(2 * region->pages);
    if (pages > region->pages_max)
        pages = region->pages_max;
    char *moved = mremap(region->start, region->pages * PAGE_BYTES, pages * PAGE_BYTES, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED)
        return;
    region->start = moved;
    region->pages = pages;
}

static void swap_places(struct region *region) {
    struct region *other = &regions[any(REGIONS)];
    if (other->start == NULL || other == region || other->pages < region->pages)
        return;
    char *moved = mremap(
        region->start, region->pages * PAGE_BYTES, region->pages * PAGE_BYTES, MREMAP_MAYMOVE | MREMAP_FIXED, other->start);
    if (moved == MAP_FAILED) { // the other one may be gone, and of several mappings some moved (since Linux 6.17)
        unmap(other);
        unmap(region);
        return;
    }
    if (other->pages > region->pages)
        munmap(other->start + region->pages * PAGE_BYTES, (other->pages - region->pages) * PAGE_BYTES);
    *other = *region;
    other->start = moved;
    region->start = NULL;
}

// A hole in its middle is filled anew, by a mapping of its own.
static void replace_middle(struct region *region) {
    if (region->pages < 3)
        return;
    size_t from = 1 + any(region->pages - 2);
    mmap(region->start + from * PAGE_BYTES, PAGE_BYTES, PROT_READ | PROT_WRITE,
         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    mprotect(region->start, region->pages * PAGE_BYTES, region->protection);
}

static void advise(struct region *region) {
    static const int advices[] = {MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE, MADV_COLLAPSE, MADV_COLD, MADV_PAGEOUT};
    size_t from = any(region->pages);
    madvise(region->start + from * PAGE_BYTES, (region->pages - from) * PAGE_BYTES, advices[any(sizeof(advices) / sizeof(advices[0]))]);
}

static void protect(struct region *region) {
    static const int protections[] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE};
    region->protection = protections[any(4)];
    mprotect(region->start, region->pages * PAGE_BYTES, region->protection);
}

static void grow_stack(int depth) {
    volatile uint64_t frame[PAGE_BYTES / 8];
    frame[any(PAGE_BYTES / 8)] = next(&state);
    if (depth > 0)
        grow_stack(depth - 1);
    frame[0] += frame[1];
}

static void move_break(void) {
    static char *begin;
    if (begin == NULL)
        begin = sbrk(0);
    size_t pages = any(HEAP_PAGES_MAX);
    char *end = begin + pages * PAGE_BYTES;
    if (brk(end) == 0 && pages > 1)
        scribble((char *)(((uintptr_t)begin + PAGE_BYTES - 1) & ~(uintptr_t)(PAGE_BYTES - 1)), pages - 1, &state);
}

static void read_some(struct region *region) {
    volatile uint64_t sum = 0;
    if (region->protection != PROT_NONE)
        for (size_t page = 0; page < region->pages; page += 1 + any(8))
            sum += ((uint64_t *)region->start)[page * (PAGE_BYTES / 8)];
}

static char *map_huge(void) {
    char *start = mmap(NULL, (size_t)HUGE_PAGES * HUGE_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
    if (start == MAP_FAILED)
        abort();
    puts("huge");
    fflush(stdout);
    return start;
}

// Every second page can't be touched, and takes no memory (Linux 6.13); the others are written.
static char *map_guarded(void) {
    char *start = mmap(NULL, (size_t)GUARDED_PAGES * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        abort();
    for (size_t page = 1; page < GUARDED_PAGES; page += 2)
        madvise(start + page * PAGE_BYTES, PAGE_BYTES, MADV_GUARD_INSTALL);
    return start;
}

static void operate(struct region *region) {
    if (region->start == NULL) {
        map(region);
        return;
    }
    switch (any(16)) {
    case 0: map(region); break;
    case 1: move(region); break;
    case 2: swap_places(region); break;
    case 3: replace_middle(region); break;
    case 4: advise(region); break;
    case 5: protect(region); break;
    case 6: read_some(region); break;
    case 7: (any(2) == 0 ? mlock : munlock)(region->start, region->pages * PAGE_BYTES); break;
    case 8: grow_stack((int)any(STACK_DEPTH_MAX)); break;
    default:
        if (region->protection & PROT_WRITE)
            scribble(region->start, region->pages, &state);
    }
}

static void start_threads(void) {
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, write_for_ever, (void *)(uintptr_t)next(&state)) != 0)
            abort();
    }
}

static void end_child(void) {
    char seed[32];
    snprintf(seed, sizeof(seed), "%llu", (unsigned long long)next(&state));
    if (any(2) == 0)
        _exit(0);
    execl("/proc/self/exe", "turmoil", seed, directory, "child", (char *)NULL);
    abort();
}

static void bear(int *children) {
    while (waitpid(-1, NULL, WNOHANG) > 0)
        (*children)--;
    if (*children == CHILDREN)
        return;
    pid_t parent = getpid();
    uint64_t seed = next(&state);
    pid_t child = fork();
    if (child > 0)
        (*children)++;
    if (child != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    state = seed;
    start_threads();
    for (size_t life = any(LIFE_MAX); life > 0; life--) {
        operate(&regions[any(REGIONS)]);
        pause_for(PAUSE_NANOS);
    }
    end_child();
}

int main(int argc, char **argv) {
    if (argc < 3)
        return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    state = strtoull(argv[1], NULL, 10);
    directory = argv[2];
    int childless = argc > 3;
    int children = 0;
    char *huge = childless && strcmp(argv[3], "huge") == 0 ? map_huge() : NULL;
    char *guarded = map_guarded();
    start_threads();
    for (;;) {
        scribble(guarded + any(GUARDED_PAGES / 2) * 2 * PAGE_BYTES, 1, &state);
        if (huge != NULL && any(20) == 0)
            scribble(huge, HUGE_PAGES * (HUGE_BYTES / PAGE_BYTES), &state);
        operate(&regions[any(REGIONS)]);
        if (any(50) == 0)
            move_break();
        if (!childless && any(40) == 0)
            bear(&children);
        if (childless && huge == NULL && any(LIFE_MAX) == 0)
            end_child();
        pause_for(PAUSE_NANOS);
    }
}
