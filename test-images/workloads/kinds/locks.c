// Locks of files, as other processes see them.
#include "kinds.h"

#include <fcntl.h>
#include <sys/file.h>

static int descriptor;

static void open_file(void) {
    descriptor = (int)must(open("locked", O_RDWR | O_CREAT, 0644), "open");
    same(must(write(descriptor, "0123456789", 10), "write"), 10, "bytes written");
}

static void flock_set_up(void) {
    open_file();
    must(flock(descriptor, LOCK_EX), "flock");
}

static int flock_in_child(void) {
    int own = open("locked", O_RDWR);
    return flock(own, LOCK_SH | LOCK_NB) == 0 ? 0 : errno;
}

static void flock_verify(void) { same(in_child(flock_in_child), EWOULDBLOCK, "error of another process's flock"); }

static struct flock middle(short type) {
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = 2, .l_len = 3};
}

static void record_set_up(void) {
    struct flock lock = middle(F_WRLCK);
    open_file();
    must(fcntl(descriptor, F_SETLK, &lock), "F_SETLK");
}

// It is told by whom it is locked, and where.
static int record_in_child(void) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int own = open("locked", O_RDWR);
    if (fcntl(own, F_GETLK, &lock) != 0)
        return errno;
    return lock.l_type == F_WRLCK && lock.l_start == 2 && lock.l_len == 3 && lock.l_pid == getppid() ? 100 : 101;
}

static void record_verify(void) { same(in_child(record_in_child), 100, "what another process sees of the lock"); }

static void ofd_set_up(void) {
    struct flock lock = middle(F_RDLCK);
    open_file();
    must(fcntl(descriptor, F_OFD_SETLK, &lock), "F_OFD_SETLK");
}

static int ofd_in_child(void) {
    struct flock lock = middle(F_WRLCK);
    int own = open("locked", O_RDWR);
    return fcntl(own, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_RDLCK && lock.l_len == 3 ? 100 : 101;
}

static void ofd_verify(void) { same(in_child(ofd_in_child), 100, "what another opening sees of the lock"); }

static void lease_set_up(void) {
    open_file();
    close(descriptor);
    descriptor = (int)must(open("locked", O_RDONLY), "open");
    must(fcntl(descriptor, F_SETLEASE, F_RDLCK), "F_SETLEASE");
}

static void lease_verify(void) { same(must(fcntl(descriptor, F_GETLEASE), "F_GETLEASE"), F_RDLCK, "lease"); }

const struct kind lock_kinds[] = {
    {"flock", flock_set_up, flock_verify},
    {"record-lock", record_set_up, record_verify},
    {"ofd-lock", ofd_set_up, ofd_verify},
    {"lease", lease_set_up, lease_verify},
    {0},
};
