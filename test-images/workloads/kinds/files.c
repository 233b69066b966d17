// Open files: places in them, lost names, and directories.
#include "kinds.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>

enum { BIG_FILES = 16, BIG_BYTES = 1 << 20, TMPFS = 0x01021994 };

static int descriptor, second;
static off_t expected;

// Two descriptors of one opening have one place in the file; another opening has its own.
static void offset_set_up(void) {
    int appending = (int)must(open("file", O_WRONLY | O_CREAT | O_APPEND, 0644), "open");
    must(dup2(appending, 100), "dup2");
    descriptor = (int)must(open("file", O_RDONLY), "open");
    second = (int)must(dup(descriptor), "dup");
}

static void offset_verify(void) {
    char byte;
    same(lseek(descriptor, 0, SEEK_CUR), expected, "place in the file");
    must(write(100, "x", 1), "write");
    same(must(read(second, &byte, 1), "read"), 1, "bytes read");
    same(lseek(descriptor, 0, SEEK_CUR), ++expected, "place after the other one has read");
    same(fcntl(100, F_GETFL) & O_APPEND, O_APPEND, "O_APPEND");
}

static nlink_t links(void) {
    struct stat status;
    must(fstat(descriptor, &status), "fstat");
    return status.st_nlink;
}

static void content_verify(void) {
    char content[8];
    same(must(pread(descriptor, content, sizeof content, 0), "pread"), 7, "bytes read");
    same(memcmp(content, "content", 7), 0, "difference of the content");
}

static void deleted_set_up(void) {
    descriptor = (int)must(open("deleted", O_RDWR | O_CREAT, 0640), "open");
    must(write(descriptor, "content", 7), "write");
    must(unlink("deleted"), "unlink");
}

static void deleted_verify(void) {
    content_verify();
    same((long long)links(), 0, "names of the file");
    same(access("deleted", F_OK), -1, "access by its name");
}

// The name of its opening is lost, another one is left.
static void renamed_set_up(void) {
    descriptor = (int)must(open("first", O_RDWR | O_CREAT, 0644), "open");
    must(write(descriptor, "content", 7), "write");
    must(link("first", "second"), "link");
    must(unlink("first"), "unlink");
}

static void renamed_verify(void) {
    struct stat open_one, named_one;
    content_verify();
    same((long long)links(), 1, "names of the file");
    must(fstat(descriptor, &open_one), "fstat");
    must(stat("second", &named_one), "stat");
    same((long long)open_one.st_ino, (long long)named_one.st_ino, "inode");
    same(access("first", F_OK), -1, "access by its first name");
}

static void nameless_set_up(void) {
    descriptor = (int)must(open(".", O_RDWR | O_TMPFILE, 0600), "open");
    must(write(descriptor, "content", 7), "write");
}

static void nameless_verify(void) {
    content_verify();
    same((long long)links(), 0, "names of the file");
}

// It works in a directory that is no more.
static void directory_set_up(void) {
    must(mkdir("gone", 0755), "mkdir");
    must(chdir("gone"), "chdir");
    must(rmdir("../gone"), "rmdir");
    descriptor = (int)must(open(".", O_RDONLY | O_DIRECTORY), "open");
}

static void directory_verify(void) {
    char name[64];
    same(getcwd(name, sizeof name) == NULL ? errno : 0, ENOENT, "error of getcwd");
    same((long long)links(), 0, "names of the directory");
}

static void path_set_up(void) {
    descriptor = (int)must(open(".", O_PATH | O_DIRECTORY), "open");
    close((int)must(open("below", O_WRONLY | O_CREAT, 0644), "open"));
}

static void path_verify(void) { close((int)must(openat(descriptor, "below", O_RDONLY), "openat")); }

// A tmpfs of the container's that is full of data, each file of its own.
static void tmpfs_fill(int number, unsigned char *content) {
    unsigned seed = (unsigned)number;
    for (int i = 0; i < BIG_BYTES; i += 64)
        content[i] = (unsigned char)rand_r(&seed);
}

static void tmpfs_name(int number, char name[64]) { snprintf(name, 64, "/big/%d", number); }

static void tmpfs_set_up(void) {
    static unsigned char content[BIG_BYTES];
    char name[64];
    struct statfs status;
    must(statfs("/big", &status), "statfs");
    same(status.f_type, TMPFS, "type of /big");
    for (int i = 0; i < BIG_FILES; i++) {
        tmpfs_name(i, name);
        tmpfs_fill(i, content);
        int file = (int)must(open(name, O_WRONLY | O_CREAT, 0600 + i), "open");
        same(must(write(file, content, BIG_BYTES), "write"), BIG_BYTES, "bytes written");
        close(file);
    }
}

// One file each time.
static void tmpfs_verify(void) {
    static unsigned char content[BIG_BYTES], want[BIG_BYTES];
    static int number;
    char name[64];
    tmpfs_name(number, name);
    tmpfs_fill(number, want);
    int file = (int)must(open(name, O_RDONLY), name);
    same(must(read(file, content, BIG_BYTES), "read"), BIG_BYTES, "bytes read");
    same(memcmp(content, want, BIG_BYTES), 0, "difference of the content");
    close(file);
    number = (number + 1) % BIG_FILES;
}

const struct kind file_kinds[] = {
    {"offset", offset_set_up, offset_verify},
    {"deleted-file", deleted_set_up, deleted_verify},
    {"renamed-file", renamed_set_up, renamed_verify},
    {"nameless-file", nameless_set_up, nameless_verify},
    {"deleted-directory", directory_set_up, directory_verify},
    {"path-descriptor", path_set_up, path_verify},
    {"tmpfs", tmpfs_set_up, tmpfs_verify},
    {0},
};
