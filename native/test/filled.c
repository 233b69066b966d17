/*
 * Has jmigrate-fill bring memory into this process, in Java's place and CRIU's: filled PROGRAM CASE [NUMBER], in a directory for sockets.
 * The cases are at the end; ends with 0 if all was as it has to be, and says what was not. Run by JmigrateFillIT.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../fill/fill.h"
#include "../fill/later.h"
#include "../fill/stored.h"
#include "../fill/wiped.h"

enum { PAGES = 64, PID = 7, FILE_NUMBER = 16, LIMIT_SECONDS = 60, WIPED_PAGE = 3 };

static unsigned char *memory; /* PAGES, page i is full of i + 1 */
static _Atomic uint64_t *come;
static int control = -1;
static int later = -1;
static pid_t root; /* dies if memory can't come */

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

static int require(int result, const char *what)
{
    if (result < 0)
        fail(what);
    return result;
}

static int file_of(const void *content, size_t bytes)
{
    int fd = require(memfd_create("filled", MFD_CLOEXEC), "memfd_create");
    if (write(fd, content, bytes) != (ssize_t)bytes)
        fail("write");
    return fd;
}

static int file_of_pages(void)
{
    static unsigned char pages[PAGES * FILL_PAGE_BYTES];
    for (size_t i = 0; i < sizeof(pages); i++)
        pages[i] = (unsigned char)(i / FILL_PAGE_BYTES + 1);
    return file_of(pages, sizeof(pages));
}

static int connect_to(const char *name, int type)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)strncpy(address.sun_path, name, sizeof(address.sun_path) - 1);
    int fd = require(socket(AF_UNIX, type | SOCK_CLOEXEC, 0), "socket");
    require(connect(fd, (struct sockaddr *)&address, sizeof(address)), name);
    return fd;
}

/* The program dies with this process; `descriptors` is the most that it may have, or 0. */
static void execute(const char *program, const int *fds, rlim_t descriptors)
{
    static const int numbers[] = {FILL_CONTROL, FILL_PAGES, FILL_KEPT, FILL_COME, FILL_WIPED, FILE_NUMBER};
    struct rlimit limit = {.rlim_cur = descriptors, .rlim_max = descriptors};
    for (int i = 0; i < 6; i++)
        require(fcntl(fds[i], F_DUPFD, 32 + i) == 32 + i ? 0 : -1, "a number is taken");
    for (int i = 0; i < 6; i++)
        require(dup2(32 + i, numbers[i]), "dup2");
    (void)close_range(32, ~0U, 0);
    if (descriptors > 0)
        require(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    (void)execl(program, program, "later", (char *)NULL);
    fail(program);
}

static uint32_t hear(void)
{
    char packet[512];
    ssize_t n = recv(control, packet, sizeof(packet) - 1, 0);
    uint32_t word;
    if (n < (ssize_t)sizeof(word))
        fail("no word of the guard's");
    memcpy(&word, packet, sizeof(word));
    if (word == FILL_FAILED || word == FILL_UNSUPPORTED)
        (void)fprintf(stderr, "%.*s\n", (int)(n - 4), packet + 4);
    return word;
}

static void tell(uint32_t word, uint32_t value)
{
    uint32_t packet[] = {word, value};
    if (send(control, packet, sizeof(packet), 0) != (ssize_t)sizeof(packet))
        fail("send");
}

static void expect(uint32_t word, const char *what)
{
    errno = 0;
    if (hear() != word)
        fail(what);
}

static void start(const char *program, rlim_t descriptors)
{
    struct stored_run run = {.pid = PID, .file = FILE_NUMBER | STORED_LATER, .address = (uintptr_t)memory, .pages = PAGES};
    uint64_t at = run.address + WIPED_PAGE * FILL_PAGE_BYTES;
    struct wiped_range wiped = {.pid = PID, .start = at, .end = at + FILL_PAGE_BYTES};
    uint64_t none = 0;
    int controls[2];
    int kept[2];
    require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, controls), "socketpair");
    require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, kept), "socketpair");
    int bits = file_of(&none, sizeof(none));
    come = mmap(NULL, sizeof(none), PROT_READ | PROT_WRITE, MAP_SHARED, bits, 0);
    int fds[] = {controls[1], file_of(&run, sizeof(run)), kept[1], bits, file_of(&wiped, sizeof(wiped)), file_of_pages()};
    if (require(fork(), "fork") == 0)
        execute(program, fds, descriptors);
    for (int i = 0; i < 6; i++)
        (void)close(fds[i]);
    control = controls[0];
    expect(FILL_READY, "it does not begin");
}

static int userfault(void)
{
    int fd = require((int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK), "userfaultfd");
    struct uffdio_api api = {.api = UFFD_API,
                             .features = UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP | UFFD_FEATURE_EVENT_REMOVE |
                                         UFFD_FEATURE_EVENT_UNMAP};
    struct uffdio_register range = {.range = {.start = (uintptr_t)memory, .len = PAGES * FILL_PAGE_BYTES},
                                    .mode = UFFDIO_REGISTER_MODE_MISSING};
    require(ioctl(fd, UFFDIO_API, &api), "UFFDIO_API");
    require(ioctl(fd, UFFDIO_REGISTER, &range), "UFFDIO_REGISTER");
    return fd;
}

/* As CRIU does. */
static void hand_over(void)
{
    int criu = connect_to(FILL_SOCKET, SOCK_STREAM);
    int uffd = userfault();
    int32_t said[] = {PID, FILL_CRIU_FINISHED};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } rights = {.header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(uffd))}};
    struct iovec byte = {.iov_base = (char[]){0}, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &byte, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof(rights)};
    memcpy(CMSG_DATA(&rights.header), &uffd, sizeof(uffd));
    if (write(criu, &said[0], 4) != 4 || sendmsg(criu, &message, 0) != 1 || write(criu, &said[1], 4) != 4)
        fail("CRIU's words");
    (void)close(uffd); /* one that is inherited would keep children's alive */
    (void)close(criu);
}

static void begin(const char *program, rlim_t descriptors)
{
    memory = mmap(NULL, PAGES * FILL_PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    require(madvise(memory + WIPED_PAGE * FILL_PAGE_BYTES, FILL_PAGE_BYTES, MADV_WIPEONFORK), "madvise");
    root = require(fork(), "fork");
    if (root == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) /* until it is killed */
            (void)pause();
    }
    start(program, descriptors);
    tell(FILL_GUARD, (uint32_t)root);
    expect(FILL_GUARDED, "it does not guard");
    hand_over();
    tell(FILL_RELEASE, 0);
    later = connect_to(LATER_SOCKET, SOCK_SEQPACKET);
}

static void arrive(uint64_t pages)
{
    struct later_packet packet = {.word = LATER_LOOK};
    atomic_fetch_or(come, pages);
    if (send(later, &packet, sizeof(packet), 0) != (ssize_t)sizeof(packet))
        fail("look");
}

/* All memory comes, is right, and nobody was killed. */
static void finish(void)
{
    arrive(~(uint64_t)0);
    for (int i = 0; i < PAGES; i++) {
        if (memory[i * FILL_PAGE_BYTES] != i + 1)
            fail("a page is wrong");
    }
    expect(FILL_COMPLETE, "it does not complete");
    if (waitpid(root, NULL, WNOHANG) != 0)
        fail("the container was killed");
}

static void await_demand(void)
{
    struct later_packet packet;
    if (recv(later, &packet, sizeof(packet), 0) != (ssize_t)sizeof(packet) || packet.word != LATER_DEMAND)
        fail("nobody waits");
}

/* Runs the child and returns what it ends with. */
static int child(int (*run)(void))
{
    int status;
    pid_t pid = require(fork(), "fork");
    if (pid == 0)
        _exit(run());
    require(waitpid(pid, &status, 0), "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int nothing(void)
{
    return 0;
}

/* One child after the other, none of which anybody sees end. */
static void forks(const char *program, int count)
{
    begin(program, 128);
    for (int i = 0; i < count; i++) {
        if (child(nothing) != 0)
            fail("a child died");
    }
    finish();
}

static int gate[2];

static int live(void)
{
    char byte;
    (void)close(gate[1]); /* so that it ends with its parent, at the latest */
    return read(gate[0], &byte, 1) == 1 ? 0 : 1;
}

/* Lets one child after the other end, more slowly than they are made. */
static void *open_gate(void *none)
{
    struct timespec pause = {.tv_nsec = 1000000};
    while (write(gate[1], "", 1) == 1) /* until the process ends */
        (void)nanosleep(&pause, NULL);
    return none;
}

/* More children live than there may be descriptors: fork(2) waits for some to end. */
static void crowd(const char *program, int count)
{
    pthread_t keeper;
    require(pipe(gate), "pipe");
    begin(program, 128);
    if (pthread_create(&keeper, NULL, open_gate, NULL) != 0)
        fail("pthread_create");
    for (int i = 0; i < count; i++) {
        if (require(fork(), "fork") == 0)
            _exit(live());
    }
    finish();
}

static int wiped_byte(void)
{
    return memory[WIPED_PAGE * FILL_PAGE_BYTES];
}

static int other_byte(void)
{
    return memory[(WIPED_PAGE + 1) * FILL_PAGE_BYTES];
}

/* A child gets zeros of what is wiped, also if it had not come when it was forked; and so does its own child. */
static int wiped_bytes(void)
{
    return wiped_byte() + child(wiped_byte);
}

static void wiped(const char *program)
{
    begin(program, 0);
    if (child(wiped_bytes) != 0)
        fail("a child got what is wiped");
    arrive((uint64_t)1 << (WIPED_PAGE + 1));
    if (child(other_byte) != WIPED_PAGE + 2)
        fail("a child did not get the rest");
    finish();
}

static void *read_first(void *none)
{
    (void)none;
    return (void *)(uintptr_t)memory[0];
}

/* Who waits for a page that is discarded goes on. */
static void discarded(const char *program)
{
    pthread_t reader;
    void *read = memory;
    begin(program, 0);
    if (pthread_create(&reader, NULL, read_first, NULL) != 0)
        fail("pthread_create");
    await_demand();
    require(madvise(memory, FILL_PAGE_BYTES, MADV_DONTNEED), "madvise");
    if (pthread_join(reader, &read) != 0 || read != NULL)
        fail("a discarded page is not zero");
    memory[0] = 1;
    finish();
}

static atomic_bool discarding = true;

static void *read_all(void *none)
{
    (void)none;
    for (int page = 0; atomic_load(&discarding); page = (page + 1) % (PAGES - 1))
        (void)*(volatile unsigned char *)(memory + page * FILL_PAGE_BYTES);
    return NULL;
}

/* Who changes the mappings comes to an end, whoever touches pages meanwhile. */
static void contended(const char *program, int count)
{
    pthread_t readers[8];
    begin(program, 0);
    for (int i = 0; i < 8; i++) {
        if (pthread_create(&readers[i], NULL, read_all, NULL) != 0)
            fail("pthread_create");
    }
    for (int i = 0; i < count; i++)
        require(madvise(memory, (PAGES - 1) * FILL_PAGE_BYTES, MADV_DONTNEED), "madvise");
    atomic_store(&discarding, false);
    for (int i = 0; i < 8; i++) {
        if (pthread_join(readers[i], NULL) != 0)
            fail("pthread_join");
    }
    for (int page = 0; page < PAGES - 1; page++)
        memory[page * FILL_PAGE_BYTES] = (unsigned char)(page + 1);
    finish();
}

int main(int count, char **words)
{
    (void)alarm(LIMIT_SECONDS); /* whoever waits for ever is wrong */
    if (count == 4 && strcmp(words[2], "forks") == 0)
        forks(words[1], atoi(words[3]));
    else if (count == 4 && strcmp(words[2], "crowd") == 0)
        crowd(words[1], atoi(words[3]));
    else if (count == 4 && strcmp(words[2], "contended") == 0)
        contended(words[1], atoi(words[3]));
    else if (count == 3 && strcmp(words[2], "wiped") == 0)
        wiped(words[1]);
    else if (count == 3 && strcmp(words[2], "discarded") == 0)
        discarded(words[1]);
    else
        fail("filled PROGRAM forks NUMBER|crowd NUMBER|contended NUMBER|wiped|discarded");
    return EXIT_SUCCESS;
}
