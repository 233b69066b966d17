// shared REPORT MIB [DIRTY_PAGES_A_TICK [FILE]]: processes that share memory of each kind: anonymous (MIB mebibytes), a memfd, a segment of
// System V and, if one is named, a file (eight each; a file in a tmpfs, say). Each process writes and checks pages of its own in all of it, some
// of them by write(2), a millisecond's worth at a time, and keeps what they must hold in memory that it does not share. A page that holds something
// else ends the program with status 3. Whenever all processes have checked all of their pages once more REPORT says so.
// Meanwhile pages of one more object are written for the first time, from the last one to the first.
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PAGE_BYTES = 4096,
    WORDS_A_PAGE = PAGE_BYTES / 8,
    PAGES_A_MIB = 256,
    MIB_MAX = 1 << 14,
    SMALL_MIB = 8,
    PROCESSES = 4,
    OBJECTS = 4,
    CHECKS_A_TICK = 32,
    DAMAGED = 3,
    TICKS_A_LATE_PAGE = 32,
};

struct object {
    const char *kind;
    uint64_t *words;
    size_t pages;
    int fd; // that write(2) takes; -1 if there is none
};

static struct object objects[OBJECTS];
static size_t object_count;
static _Atomic uint64_t *passes; // shared by all: how often each process has checked all; late pages follow it

static uint64_t pattern(uint64_t seed, uint64_t word) { // splitmix64
    uint64_t z = seed * 0x9e3779b97f4a7c15u + word * 0x8cb92ba72f3d8dd7u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t seed_of(size_t object, size_t page, uint32_t generation) {
    return ((uint64_t)object << 60) ^ ((uint64_t)page << 32) ^ generation;
}

static int damaged(const struct object *o, size_t page, uint64_t seed) {
    for (size_t word = 0; word < WORDS_A_PAGE; word++)
        if (o->words[page * WORDS_A_PAGE + word] != pattern(seed, word)) {
            fprintf(stderr, "page %zu of the %s is damaged at word %zu\n", page, o->kind, word);
            return 1;
        }
    return 0;
}

static int fill(const struct object *o, size_t page, uint64_t seed, int by_write) {
    uint64_t content[WORDS_A_PAGE];
    for (size_t word = 0; word < WORDS_A_PAGE; word++)
        content[word] = pattern(seed, word);
    if (!by_write || o->fd < 0) {
        memcpy(o->words + page * WORDS_A_PAGE, content, PAGE_BYTES);
        return 0;
    }
    return pwrite(o->fd, content, PAGE_BYTES, (off_t)page * PAGE_BYTES) == PAGE_BYTES ? 0 : -1;
}

static int add(const char *kind, void *memory, size_t mib, int fd) {
    if (memory == MAP_FAILED) {
        perror(kind);
        return -1;
    }
    objects[object_count++] = (struct object){kind, memory, mib * PAGES_A_MIB, fd};
    return 0;
}

static void *mapped(int fd, size_t mib) {
    size_t bytes = mib << 20;
    if (fd >= 0 && ftruncate(fd, (off_t)bytes) != 0)
        return MAP_FAILED;
    return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0);
}

static int open_all(size_t mib, const char *file) {
    int memfd = memfd_create("shared", 0);
    int segment = shmget(IPC_PRIVATE, (size_t)SMALL_MIB << 20, IPC_CREAT | 0600);
    if (memfd < 0 || segment < 0) {
        perror("shared memory");
        return -1;
    }
    if (add("anonymous memory", mapped(-1, mib), mib, -1) != 0 ||
        add("memfd", mapped(memfd, SMALL_MIB), SMALL_MIB, memfd) != 0 ||
        add("segment", shmat(segment, NULL, 0), SMALL_MIB, -1) != 0)
        return -1;
    if (file == NULL)
        return 0;
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        perror(file);
        return -1;
    }
    return add("file", mapped(fd, SMALL_MIB), SMALL_MIB, fd);
}

// Where a process is on its way through its pages: those whose number leaves its own as a rest.
struct place {
    size_t object;
    size_t page;
};

static int next(struct place *place, size_t process) { // whether a pass is over
    place->page += PROCESSES;
    if (place->page < objects[place->object].pages)
        return 0;
    place->page = process;
    place->object = (place->object + 1) % object_count;
    return place->object == 0;
}

static uint32_t *generations[OBJECTS]; // of each process's own

static int begin(size_t process) {
    for (size_t i = 0; i < object_count; i++) {
        generations[i] = calloc(objects[i].pages, sizeof *generations[i]);
        if (generations[i] == NULL)
            return -1;
        for (size_t page = process; page < objects[i].pages; page += PROCESSES)
            if (fill(&objects[i], page, seed_of(i, page, 0), 0) != 0)
                return -1;
    }
    return 0;
}

static int change(struct place *place, size_t process, uint64_t *written) {
    uint32_t generation = ++generations[place->object][place->page];
    int failed = fill(&objects[place->object], place->page, seed_of(place->object, place->page, generation), ++*written % 2 == 0);
    // a small part is written, again and again
    next(place, process);
    if (place->page >= objects[place->object].pages / 16) {
        place->page = process;
        place->object = (place->object + 1) % object_count;
    }
    return failed;
}

// One more late page now and then, and a look at another one.
static int touch_late(void) {
    static uint64_t ticks, late;
    const struct object o = {"late memory", (uint64_t *)(void *)passes, PAGES_A_MIB, -1};
    if (ticks++ % TICKS_A_LATE_PAGE == 0 && late + 1 < o.pages) {
        late++;
        (void)fill(&o, o.pages - late, seed_of(OBJECTS, o.pages - late, 0), 0);
    }
    size_t page = o.pages - 1 - ticks % late;
    return damaged(&o, page, seed_of(OBJECTS, page, 0));
}

static void report(const char *path) {
    uint64_t least = passes[0];
    for (size_t i = 1; i < PROCESSES; i++)
        least = passes[i] < least ? passes[i] : least;
    static uint64_t told;
    char temporary[256];
    if (least == told || snprintf(temporary, sizeof temporary, "%s.new", path) >= (int)sizeof temporary)
        return;
    told = least;
    FILE *file = fopen(temporary, "w");
    if (file == NULL)
        return;
    fprintf(file, "ok shared %llu\n", (unsigned long long)least);
    if (fclose(file) == 0)
        rename(temporary, path);
}

static int work(size_t process, long dirty, const char *path) {
    struct place checked = {0, process};
    struct place changed = {0, process};
    uint64_t written = 0;
    if (begin(process) != 0)
        return 1;
    for (;;) {
        for (int i = 0; i < CHECKS_A_TICK; i++) {
            uint32_t generation = generations[checked.object][checked.page];
            if (damaged(&objects[checked.object], checked.page, seed_of(checked.object, checked.page, generation)))
                return DAMAGED;
            passes[process] += (uint64_t)next(&checked, process);
        }
        for (long i = 0; i < dirty; i++)
            if (change(&changed, process, &written) != 0)
                return 1;
        if (process == 0) {
            if (touch_late())
                return DAMAGED;
            int status;
            if (waitpid(-1, &status, WNOHANG) > 0)
                return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
            report(path);
        }
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
}

int main(int argc, char **argv) {
    long mib = argc >= 3 ? strtol(argv[2], NULL, 10) : 0;
    long dirty = argc >= 4 ? strtol(argv[3], NULL, 10) : 0;
    if (argc < 3 || argc > 5 || mib < 1 || mib > MIB_MAX || dirty < 0) {
        fprintf(stderr, "usage: shared REPORT MIB [DIRTY_PAGES_A_TICK [FILE]]\n");
        return 2;
    }
    passes = mapped(-1, 1);
    if (passes == MAP_FAILED || open_all((size_t)mib, argc == 5 ? argv[4] : NULL) != 0)
        return 1;
    for (size_t process = 1; process < PROCESSES; process++) {
        pid_t child = fork();
        if (child < 0)
            return 1;
        if (child == 0)
            return work(process, dirty, argv[1]);
    }
    return work(0, dirty, argv[1]);
}
