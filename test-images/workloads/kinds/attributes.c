// What a process is allowed and how it is treated.
#include "kinds.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static void rlimits_set_up(void) {
    must(setrlimit(RLIMIT_NOFILE, &(struct rlimit){200, 300}), "RLIMIT_NOFILE");
    must(setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}), "RLIMIT_CORE");
    struct rlimit stack;
    must(getrlimit(RLIMIT_STACK, &stack), "RLIMIT_STACK");
    stack.rlim_cur = 4 << 20;
    must(setrlimit(RLIMIT_STACK, &stack), "RLIMIT_STACK");
}

static void rlimits_verify(void) {
    struct rlimit limit;
    must(getrlimit(RLIMIT_NOFILE, &limit), "RLIMIT_NOFILE");
    same((long long)limit.rlim_cur, 200, "soft limit of files");
    same((long long)limit.rlim_max, 300, "hard limit of files");
    must(getrlimit(RLIMIT_CORE, &limit), "RLIMIT_CORE");
    same((long long)limit.rlim_max, 0, "hard limit of cores");
    must(getrlimit(RLIMIT_STACK, &limit), "RLIMIT_STACK");
    same((long long)limit.rlim_cur, 4 << 20, "soft limit of the stack");
}

// Gives one away, lets one be inherited, and forgets one for ever, if it has any.
static struct __user_cap_data_struct data[2];

static struct __user_cap_header_struct header(void) {
    return (struct __user_cap_header_struct){.version = _LINUX_CAPABILITY_VERSION_3};
}

static void capabilities_set_up(void) {
    struct __user_cap_header_struct head = header();
    must(syscall(SYS_capget, &head, data), "capget");
    if (data[0].effective == 0)
        return;
    must(prctl(PR_CAPBSET_DROP, CAP_MKNOD), "PR_CAPBSET_DROP");
    data[0].effective &= ~(1u << CAP_CHOWN);
    data[0].inheritable |= 1u << CAP_KILL;
    must(syscall(SYS_capset, &head, data), "capset");
    must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0), "PR_CAP_AMBIENT_RAISE");
}

static void capabilities_verify(void) {
    struct __user_cap_header_struct head = header();
    struct __user_cap_data_struct now[2];
    must(syscall(SYS_capget, &head, now), "capget");
    same(now[0].effective, data[0].effective, "effective capabilities");
    same(now[0].permitted, data[0].permitted, "permitted capabilities");
    same(now[0].inheritable, data[0].inheritable, "inheritable capabilities");
    if (data[0].effective == 0)
        return;
    same(prctl(PR_CAPBSET_READ, CAP_MKNOD), 0, "CAP_MKNOD in the bounding set");
    same(prctl(PR_CAPBSET_READ, CAP_KILL), 1, "CAP_KILL in the bounding set");
    same(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 0), 1, "CAP_KILL in the ambient set");
}

// A filter of its own, by which getpriority(2) fails with EDOM.
static void seccomp_set_up(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpriority, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EDOM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS");
    must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), "PR_SET_SECCOMP");
}

static void seccomp_verify(void) {
    same(prctl(PR_GET_SECCOMP), SECCOMP_MODE_FILTER, "mode of seccomp");
    same(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1, "no_new_privs");
    same(syscall(SYS_getpriority, PRIO_PROCESS, 0), -1, "getpriority");
    same(errno, EDOM, "its error");
}

static void oom_score(char *score, const char *mode) {
    FILE *file = fopen("/proc/self/oom_score_adj", mode);
    hold(file != NULL, "oom_score_adj can be opened");
    if (*mode == 'w')
        fputs(score, file);
    else
        hold(fgets(score, 16, file) != NULL, "oom_score_adj can be read");
    fclose(file);
}

static void treatment_set_up(void) {
    char score[] = "321";
    must(setpriority(PRIO_PROCESS, 0, 5), "setpriority");
    must(sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0}), "sched_setscheduler");
    must(prctl(PR_SET_PDEATHSIG, 15), "PR_SET_PDEATHSIG");
    must(prctl(PR_SET_CHILD_SUBREAPER, 1), "PR_SET_CHILD_SUBREAPER");
    oom_score(score, "w");
    umask(0137);
}

static void treatment_verify(void) {
    int value;
    char score[16], name[16];
    same(getpriority(PRIO_PROCESS, 0), 5, "nice value");
    same(sched_getscheduler(0), SCHED_BATCH, "policy of scheduling");
    must(prctl(PR_GET_PDEATHSIG, &value), "PR_GET_PDEATHSIG");
    same(value, 15, "signal at the parent's death");
    must(prctl(PR_GET_CHILD_SUBREAPER, &value), "PR_GET_CHILD_SUBREAPER");
    same(value, 1, "subreaper");
    prctl(PR_GET_NAME, name);
    same(strcmp(name, "treatment"), 0, "difference of the name");
    oom_score(score, "r");
    same(strncmp(score, "321", 3), 0, "difference of oom_score_adj");
    same(umask(0137), 0137, "umask");
}

const struct kind attribute_kinds[] = {
    {"rlimits", rlimits_set_up, rlimits_verify},
    {"capabilities", capabilities_set_up, capabilities_verify},
    {"seccomp", seccomp_set_up, seccomp_verify},
    {"treatment", treatment_set_up, treatment_verify},
    {0},
};
