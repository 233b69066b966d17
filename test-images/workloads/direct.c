// direct FILE: says "ready", and when it has read a byte opens the file with O_DIRECT and says "open". From then on two threads read pages of
// the file into pages of its memory at random, for ever, which a device writes. The program itself only reads its memory.
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
#include <unistd.h>

enum { PAGE_BYTES = 4096, PAGES = 2048, THREADS = 2 };

static char *pool;
static int file;

static uint64_t next(uint64_t *seed) { // splitmix64
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

// Each into its own half.
static void *read_for_ever(void *argument) {
    uint64_t number = (uint64_t)argument;
    uint64_t seed = number;
    for (;;) {
        char *page = pool + (number * (PAGES / THREADS) + next(&seed) % (PAGES / THREADS)) * PAGE_BYTES;
        if (pread(file, page, PAGE_BYTES, (off_t)(next(&seed) % PAGES) * PAGE_BYTES) != PAGE_BYTES)
            abort();
    }
}

int main(int argc, char **argv) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setvbuf(stdout, NULL, _IONBF, 0);
    pool = mmap(NULL, (size_t)PAGES * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (argc != 2 || pool == MAP_FAILED)
        return 2;
    memset(pool, 1, (size_t)PAGES * PAGE_BYTES);
    puts("ready");
    if (getchar() < 0 || (file = open(argv[1], O_RDONLY | O_DIRECT | O_CLOEXEC)) < 0)
        return 1;
    puts("open");
    for (uint64_t i = 0; i < THREADS; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, read_for_ever, (void *)i) != 0)
            return 1;
    }
    for (;;)
        pause();
}
