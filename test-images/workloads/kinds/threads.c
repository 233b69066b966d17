// Threads, and mutexes whose owners die.
#include "kinds.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

enum { THREADS = 8 };

static __thread unsigned long own; // thread-local storage
static atomic_ulong counts[THREADS];
static unsigned long seen[THREADS];
static atomic_int damaged;

static void check_thread(size_t number, long id, const char *name) {
    char now[16];
    sigset_t mask;
    prctl(PR_GET_NAME, now);
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    if (own != counts[number] || syscall(SYS_gettid) != id || strcmp(now, name) != 0 ||
        sigismember(&mask, SIGRTMIN + (int)number) != 1 || sigismember(&mask, SIGRTMIN + (int)number + 1) != 0)
        damaged = (int)number + 1;
}

static void *count(void *argument) {
    size_t number = (size_t)argument;
    char name[16];
    sigset_t mask;
    long id = syscall(SYS_gettid);
    snprintf(name, sizeof name, "thread-%zu", number);
    prctl(PR_SET_NAME, name);
    sigemptyset(&mask);
    sigaddset(&mask, SIGRTMIN + (int)number);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    for (;;) {
        const struct timespec pause = {.tv_nsec = 5000000};
        nanosleep(&pause, NULL);
        check_thread(number, id, name);
        own++;
        counts[number]++;
    }
    return NULL;
}

static void threads_set_up(void) {
    pthread_t thread;
    for (size_t i = 0; i < THREADS; i++)
        same(pthread_create(&thread, NULL, count, (void *)i), 0, "pthread_create");
}

// They get a second to move: on a busy machine a thread may have to wait for its turn.
static void threads_verify(void) {
    for (int i = 0; i < THREADS; i++) {
        for (int tries = 0; counts[i] == seen[i] && tries < 1000; tries++)
            usleep(1000);
        hold(counts[i] > seen[i], "all threads count on");
        seen[i] = counts[i];
    }
    same(damaged, 0, "number of the damaged thread");
}

// A mutex in shared memory, whose owner is killed while it holds it: the kernel tells the next one by the list that the owner has
// given it (get_robust_list(2)).
static pthread_mutex_t *robust;
static pid_t owner;
static struct timespec owned_since;

static void owner_set_up(void) {
    int ready[2];
    char byte;
    must(pipe(ready), "pipe");
    owner = (pid_t)must(fork(), "fork");
    if (owner == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (pthread_mutex_lock(robust) == 0 && write(ready[1], "", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    same(must(read(ready[0], &byte, 1), "wait for the owner"), 1, "bytes of the owner");
    clock_gettime(CLOCK_REALTIME, &owned_since);
    close(ready[0]);
    close(ready[1]);
}

static void robust_set_up(void) {
    pthread_mutexattr_t attributes;
    robust = mmap(NULL, sizeof *robust, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    hold(robust != MAP_FAILED, "shared memory is mapped");
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    same(pthread_mutex_init(robust, &attributes), 0, "pthread_mutex_init");
    owner_set_up();
}

// CRIU lets restored processes go one after the other, and kills them all if one that it still holds is killed by another one. So the
// owner lives on for a tick after a pause.
static int paused(void) {
    struct timespec now, since = owned_since;
    clock_gettime(CLOCK_REALTIME, &now);
    owned_since = now;
    return (now.tv_sec - since.tv_sec) * 1000 + (now.tv_nsec - since.tv_nsec) / 1000000 > 4 * TICK_MS;
}

static void robust_verify(void) {
    same(pthread_mutex_trylock(robust), EBUSY, "trylock while the owner lives");
    if (paused())
        return;
    must(kill(owner, SIGKILL), "kill");
    must(waitpid(owner, NULL, 0), "waitpid");
    same(pthread_mutex_trylock(robust), EOWNERDEAD, "trylock after its death");
    same(pthread_mutex_consistent(robust), 0, "pthread_mutex_consistent");
    same(pthread_mutex_unlock(robust), 0, "unlock");
    owner_set_up();
}

const struct kind thread_kinds[] = {
    {"threads", threads_set_up, threads_verify},
    {"robust-futex", robust_set_up, robust_verify},
    {0},
};
