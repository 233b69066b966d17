/* Who the process is and what it may do. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

enum { GROUPS_MAX = 1024, CAPABILITIES_MAX = 64, LABEL_BYTES_MAX = 4096 };

int step_umask(struct init *init, struct wire_reader *fields)
{
    (void)init;
    (void)umask(wire_u32(fields) & 0777);
    return 0;
}

/* Where a user namespace forbids setgroups for ever there is nothing to clear with it. */
static bool setgroups_denied(const struct init *init)
{
    char word[8] = {0};
    int fd = openat(init->proc, "self/setgroups", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, word, sizeof(word) - 1);
    close(fd);
    return n >= 4 && strncmp(word, "deny", 4) == 0;
}

static int set_ids(const struct init *init, uid_t uid, gid_t gid, const gid_t *groups, size_t count)
{
    int dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); /* another id clears it, and hides an ordinary user's process from its user */
    if (setgroups(count, groups) < 0 && !(count == 0 && errno == EPERM && setgroups_denied(init)))
        return errno;
    if (setresgid(gid, gid, gid) < 0 || setresuid(uid, uid, uid) < 0)
        return errno;
    return dumpable == 1 && prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) < 0 ? errno : 0;
}

/*
 * Gives the standard streams to the user, who could not open /dev/stdout otherwise (it leads to the pipe or file by its inode).
 * What belongs to somebody else for good, such as /dev/null or a file of a read-only filesystem, stays as it is.
 */
int step_own_streams(struct init *init, struct wire_reader *fields)
{
    (void)init;
    uid_t uid = wire_u32(fields);
    if (uid == (uid_t)-1)
        return EINVAL;
    for (int fd = 0; fd < 3; fd++) {
        struct stat status;
        if (fstat(fd, &status) < 0)
            return errno;
        bool device = S_ISCHR(status.st_mode) && !isatty(fd);
        if (status.st_uid == uid || device || fchown(fd, uid, (gid_t)-1) == 0)
            continue;
        if (errno != EINVAL && errno != EPERM && errno != EROFS)
            return errno;
    }
    return 0;
}

int step_set_user(struct init *init, struct wire_reader *fields)
{
    static gid_t groups[GROUPS_MAX];
    uid_t uid = wire_u32(fields);
    gid_t gid = wire_u32(fields);
    size_t count = wire_u32(fields);
    /* -1 would leave the ids as they are: root's */
    if (uid == (uid_t)-1 || gid == (gid_t)-1 || count > GROUPS_MAX)
        return EINVAL;
    for (size_t i = 0; i < count; i++)
        groups[i] = wire_u32(fields);
    return set_ids(init, uid, gid, groups, count);
}

int become_root(const struct init *init)
{
    return set_ids(init, 0, 0, NULL, 0);
}

int step_keep_caps(struct init *init, struct wire_reader *fields)
{
    (void)init;
    (void)fields;
    return prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 ? errno : 0;
}

struct sets {
    uint64_t effective;
    uint64_t permitted;
    uint64_t inheritable;
};

static struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};

static int get_sets(struct sets *sets)
{
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) < 0)
        return errno;
    sets->effective = data[0].effective | (uint64_t)data[1].effective << 32;
    sets->permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
    sets->inheritable = data[0].inheritable | (uint64_t)data[1].inheritable << 32;
    return 0;
}

static int put_sets(const struct sets *sets)
{
    struct __user_cap_data_struct data[2];
    for (int i = 0; i < 2; i++) {
        data[i].effective = (uint32_t)(sets->effective >> 32 * i);
        data[i].permitted = (uint32_t)(sets->permitted >> 32 * i);
        data[i].inheritable = (uint32_t)(sets->inheritable >> 32 * i);
    }
    return syscall(SYS_capset, &header, data) < 0 ? errno : 0;
}

/* The bits that this kernel has. */
static uint64_t known_capabilities(void)
{
    uint64_t known = 0;
    for (int c = 0; c < CAPABILITIES_MAX; c++) {
        if (prctl(PR_CAPBSET_READ, c, 0, 0, 0) >= 0)
            known |= 1ULL << c;
    }
    return known;
}

static int limit_bounding(uint64_t bounding)
{
    for (int c = 0; c < CAPABILITIES_MAX; c++) {
        bool drop = (bounding >> c & 1) == 0 && prctl(PR_CAPBSET_READ, c, 0, 0, 0) == 1;
        if (drop && prctl(PR_CAPBSET_DROP, c, 0, 0, 0) < 0)
            return errno;
    }
    return 0;
}

static int set_ambient(uint64_t ambient)
{
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
        return errno;
    for (int c = 0; c < CAPABILITIES_MAX; c++) {
        if ((ambient >> c & 1) != 0 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, c, 0, 0) < 0)
            return errno;
    }
    return 0;
}

int step_capabilities(struct init *init, struct wire_reader *fields)
{
    (void)init;
    struct sets now = {0};
    uint64_t bounding = wire_u64(fields);
    struct sets wanted = {.effective = wire_u64(fields)};
    wanted.inheritable = wire_u64(fields);
    wanted.permitted = wire_u64(fields);
    uint64_t ambient = wire_u64(fields);
    uint64_t all = bounding | wanted.effective | wanted.inheritable | wanted.permitted | ambient;
    if ((all & ~known_capabilities()) != 0)
        return EINVAL;
    int error = get_sets(&now);
    if (error != 0)
        return error;
    now.effective = now.permitted; /* becoming another user has cleared it, and CAP_SETPCAP is needed */
    error = put_sets(&now);
    if (error == 0)
        error = limit_bounding(bounding);
    if (error == 0)
        error = put_sets(&wanted);
    return error != 0 ? error : set_ambient(ambient);
}

int step_no_new_privs(struct init *init, struct wire_reader *fields)
{
    (void)init;
    (void)fields;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? errno : 0;
}

enum security_module { APPARMOR = 0, SELINUX = 1 };

/* AppArmor has files of its own where several modules may be used at once. */
static int open_exec_label(const struct init *init, enum security_module module)
{
    int fd = module == APPARMOR ? openat(init->proc, "self/attr/apparmor/exec", O_WRONLY | O_CLOEXEC) : -1;
    return fd >= 0 ? fd : openat(init->proc, "self/attr/exec", O_WRONLY | O_CLOEXEC);
}

int step_exec_label(struct init *init, struct wire_reader *fields)
{
    char text[LABEL_BYTES_MAX];
    enum security_module module = wire_u32(fields);
    int length = snprintf(text, sizeof(text), "%s%s", module == APPARMOR ? "exec " : "", wire_string(fields));
    if (length < 0 || (size_t)length >= sizeof(text))
        return ENAMETOOLONG;
    int fd = open_exec_label(init, module);
    if (fd < 0)
        return errno;
    int error = write(fd, text, (size_t)length) == length ? 0 : errno;
    close(fd);
    return error;
}
