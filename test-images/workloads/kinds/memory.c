// A process's own memory, with what may be done with it and what the kernel was told of it.
#include "pages.h"

#include <stdio.h>

enum { ROOM_BYTES = 8 << 20 };

static volatile unsigned char *memory;
static unsigned char expected;

// Pages that may be read only, or not at all though they hold something, and one that was never touched.
static void protection_set_up(void) {
    memory = map(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    fill(memory, 9);
    must(mprotect((void *)memory, PAGE, PROT_READ), "mprotect");
    must(mprotect((void *)(memory + PAGE), PAGE, PROT_NONE), "mprotect");
    must(madvise((void *)(memory + 2 * PAGE), PAGE, MADV_DONTNEED), "madvise");
}

static void protection_verify(void) {
    char byte = 1;
    int ends[2];
    must(pipe(ends), "pipe");
    must(write(ends[1], &byte, 1), "write");
    same(memory[0], 9, "byte in the memory to read");
    same(memory[2 * PAGE], 0, "byte in the untouched memory");
    same(read(ends[0], (void *)memory, 1), -1, "writing to what is to read");
    same(errno, EFAULT, "its error");
    same(write(ends[1], (void *)(memory + PAGE), 1), -1, "reading what is closed");
    must(mprotect((void *)(memory + PAGE), PAGE, PROT_READ), "mprotect");
    same(memory[PAGE], 10, "byte in the closed memory");
    must(mprotect((void *)(memory + PAGE), PAGE, PROT_NONE), "mprotect");
    close(ends[0]);
    close(ends[1]);
}

// Whether the kernel keeps a flag (proc_pid_smaps(5), VmFlags) for the mapping that begins there.
static int flagged(const volatile void *at, const char *flag) {
    char line[256], begin[32];
    int here = 0, found = 0;
    FILE *maps = fopen("/proc/self/smaps", "r");
    hold(maps != NULL, "the list of mappings can be read");
    snprintf(begin, sizeof begin, "%lx-", (unsigned long)at);
    while (fgets(line, sizeof line, maps) != NULL) {
        here |= strncmp(line, begin, strlen(begin)) == 0;
        if (here && strncmp(line, "VmFlags:", 8) == 0) {
            found = strstr(line, flag) != NULL;
            break;
        }
    }
    fclose(maps);
    return found;
}

// What the kernel was told of memory: each piece has an advice, which shows in the flags of the mapping and in what a child gets.
enum { KEPT, WIPED, MERGED, UNDUMPED, LOCKED, ADVICES };
static const struct {
    int advice;
    const char *flag;
} advices[ADVICES] = {{MADV_DONTFORK, " dc"}, {MADV_WIPEONFORK, " wf"}, {MADV_MERGEABLE, " mg"}, {MADV_DONTDUMP, " dd"}, {-1, " lo"}};
static volatile unsigned char *advised[ADVICES];
static int heeded[ADVICES];

static void advice_set_up(void) {
    for (int i = 0; i < ADVICES; i++) {
        advised[i] = map(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
        advised[i][0] = (unsigned char)(i + 1);
        // a kernel may merge no pages, and a limit may forbid to lock any
        int result = i == LOCKED ? mlock((void *)advised[i], PAGE) : madvise((void *)advised[i], BYTES, advices[i].advice);
        heeded[i] = result == 0;
        must(mprotect((void *)(advised[i] + BYTES - PAGE), PAGE, PROT_NONE), "mprotect"); // neighbours stay apart
    }
    hold(heeded[KEPT] && heeded[WIPED] && heeded[UNDUMPED], "the kernel takes advice");
}

static int child_gets_as_advised(void) {
    unsigned char present;
    same(advised[WIPED][0], 0, "byte in the child's memory that is wiped");
    same(advised[MERGED][0], MERGED + 1, "byte in the child's memory");
    same(mincore((void *)advised[KEPT], PAGE, &present), -1, "looking in the child for memory that it doesn't get");
    return 0;
}

static void advice_verify(void) {
    for (int i = 0; i < ADVICES; i++) {
        same(advised[i][0], i + 1, "byte in the memory");
        if (heeded[i])
            hold(flagged(advised[i], advices[i].flag), advices[i].flag);
    }
    same(in_child(child_gets_as_advised), 0, "status of the child");
}

// Memory that grows downwards when what is below it is touched.
static volatile unsigned char *lowest;
static int grown;

static void growing_set_up(void) {
    char *room = mmap(NULL, ROOM_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    hold(room != MAP_FAILED, "there is room");
    must(munmap(room, ROOM_BYTES), "munmap");
    memory = mmap(room + ROOM_BYTES - BYTES, BYTES, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED_NOREPLACE, -1, 0);
    hold(memory == (unsigned char *)room + ROOM_BYTES - BYTES, "memory is mapped");
    lowest = memory;
    fill(memory, 3);
}

static void growing_verify(void) {
    check(memory, 3);
    for (int page = 1; page <= grown; page++)
        same(memory[-page * PAGE], (unsigned char)page, "byte in what has grown");
    if (grown < 2 * PAGES) {
        grown++;
        lowest -= PAGE;
        *lowest = (unsigned char)grown;
    }
}

// Huge pages of the pool that the host has set aside, a process's own and shared ones.
enum { HUGE_BYTES = 2 << 20 };
static volatile unsigned char *huge[2];

static void huge_set_up(void) {
    const int kinds[2] = {MAP_PRIVATE, MAP_SHARED};
    for (int i = 0; i < 2; i++) {
        huge[i] = mmap(NULL, HUGE_BYTES, PROT_READ | PROT_WRITE, kinds[i] | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
        hold(huge[i] != MAP_FAILED, "the host has set huge pages aside");
        for (int at = 0; at < HUGE_BYTES; at += PAGE)
            huge[i][at] = (unsigned char)(at / PAGE);
    }
}

static void huge_verify(void) {
    for (int i = 0; i < 2; i++) {
        for (int at = 0; at < HUGE_BYTES; at += PAGE)
            same(huge[i][at]++, (unsigned char)(at / PAGE + expected), "byte in the memory");
        hold(flagged(huge[i], " ht"), "the memory consists of huge pages");
    }
    expected++;
}

const struct kind named_kinds[] = {
    {"huge-pages", huge_set_up, huge_verify},
    {0},
};

const struct kind memory_kinds[] = {
    {"protection", protection_set_up, protection_verify},
    {"advice", advice_set_up, advice_verify},
    {"growing", growing_set_up, growing_verify},
    {0},
};
