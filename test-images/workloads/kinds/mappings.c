// Memory that others see too: mapped files, and what processes share.
#include "pages.h"

#include <fcntl.h>
#include <sys/stat.h>

static int descriptor;
static volatile unsigned char *memory, *other;
static unsigned char expected;

static void renew(void) {
    check(memory, expected);
    fill(memory, ++expected);
}

static void sized(int file) {
    descriptor = (int)must(file, "open");
    must(ftruncate(descriptor, BYTES), "ftruncate");
}

// Mapped twice: what is written to one shows in the other, and in the file.
static void shared_set_up(int file) {
    sized(file);
    memory = map(PROT_READ | PROT_WRITE, MAP_SHARED, descriptor);
    other = map(PROT_READ, MAP_SHARED, descriptor);
    fill(memory, 0);
}

static void shared_verify(void) {
    unsigned char byte;
    renew();
    check(other, expected);
    same(must(pread(descriptor, &byte, 1, PAGE), "pread"), 1, "bytes read");
    same(byte, (unsigned char)(expected + 1), "byte in the file");
}

static void file_set_up(void) { shared_set_up(open("mapped", O_RDWR | O_CREAT, 0644)); }
static void posix_shm_set_up(void) { shared_set_up(shm_open("/kinds", O_RDWR | O_CREAT, 0600)); }

static void deleted_set_up(void) {
    shared_set_up(open("deleted", O_RDWR | O_CREAT, 0644));
    must(unlink("deleted"), "unlink");
}

static void memfd_set_up(void) {
    shared_set_up(memfd_create("kinds", MFD_ALLOW_SEALING));
    must(fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW), "F_ADD_SEALS");
}

static void memfd_verify(void) {
    shared_verify();
    same(fcntl(descriptor, F_GET_SEALS), F_SEAL_SHRINK | F_SEAL_GROW, "seals");
    same(ftruncate(descriptor, 1), -1, "making a sealed file shorter");
}

// Half of the pages of a private mapping are its own, the others the file's.
static void private_set_up(void) {
    unsigned char page[PAGE] = {[0] = 77};
    sized(open("private", O_RDWR | O_CREAT, 0644));
    for (int i = 0; i < PAGES; i++)
        same(must(pwrite(descriptor, page, PAGE, i * PAGE), "pwrite"), PAGE, "bytes written");
    memory = map(PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor);
}

static void private_verify(void) {
    for (int page = 0; page < PAGES; page++)
        same(memory[page * PAGE], page % 2 == 0 && expected != 0 ? expected : 77, "byte in the memory");
    expected = (unsigned char)(expected == 255 ? 1 : expected + 1);
    for (int page = 0; page < PAGES; page += 2)
        memory[page * PAGE] = expected;
}

// Of two processes, without a file.
static void anonymous_set_up(void) {
    memory = map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
    fill(memory, 0);
    sleeper();
}

static int child_sees_it(void) {
    check(memory, expected);
    memory[0]++;
    return 0;
}

static void anonymous_verify(void) {
    renew();
    same(in_child(child_sees_it), 0, "status of the child");
    same(memory[0], (unsigned char)(expected + 1), "what the child has written");
    memory[0] = expected;
}

const struct kind mapping_kinds[] = {
    {"mapped-shared", file_set_up, shared_verify},
    {"mapped-deleted", deleted_set_up, shared_verify},
    {"mapped-private", private_set_up, private_verify},
    {"posix-shm", posix_shm_set_up, shared_verify},
    {"memfd", memfd_set_up, memfd_verify},
    {"anonymous-shared", anonymous_set_up, anonymous_verify},
    {0},
};
