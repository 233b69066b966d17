// Who a process is.
#include "kinds.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { GROUPS_MAX = 32 };

static uid_t users[3];
static gid_t groups[3], more[GROUPS_MAX];
static int count;

static void read_identity(uid_t *user, gid_t *group) {
    must(getresuid(&user[0], &user[1], &user[2]), "getresuid");
    must(getresgid(&group[0], &group[1], &group[2]), "getresgid");
}

static void user_set_up(void) {
    if (geteuid() == 0)
        must(setgroups(3, (gid_t[]){1, 5, 4000}), "setgroups");
    read_identity(users, groups);
    count = (int)must(getgroups(GROUPS_MAX, more), "getgroups");
}

static void user_verify(void) {
    uid_t user[3];
    gid_t group[3], now[GROUPS_MAX];
    read_identity(user, group);
    same(memcmp(user, users, sizeof users), 0, "difference of the uids");
    same(memcmp(group, groups, sizeof groups), 0, "difference of the gids");
    same(getgroups(GROUPS_MAX, now), count, "number of groups");
    same(memcmp(now, more, (size_t)count * sizeof *now), 0, "difference of the groups");
    struct stat status;
    must(stat("/proc/self", &status), "stat");
    same(status.st_uid, users[1], "owner of the process's files");
}

const struct kind user_kinds[] = {
    {"user", user_set_up, user_verify},
    {0},
};
