/*
 * jmigrate-init executes a plan: the steps that make a container's first process out of a plain one. It decides nothing; a step
 * that fails is reported as (index, errno) and ends it.
 *
 * Descriptors at its start: 0, 1, 2 the container's; 3 the sync socket; 4 the plan; 5 the exec FIFO, if there is one; from 6 on
 * those that the container gets from 3 on.
 */
#ifndef JMIGRATE_INIT_H
#define JMIGRATE_INIT_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../common/wire.h"

enum {
    SYNC_NUMBER = 3,
    PLAN_NUMBER = 4,
    FIFO_NUMBER = 5,
    PRESERVED_NUMBER = 6,
    PRESERVED_MAX = 64,
    JOINED_MAX = 16,
    TREES_MAX = 256,
};

struct init {
    int sync;
    int fifo;                  /* O_PATH, or -1 */
    int started;               /* the exec FIFO, open to say that the program is executed, or -1 */
    int proc;                  /* the host's /proc: the container's own is not trusted */
    int root;                  /* O_PATH: what paths inside the container are resolved against; -1 before there is one */
    char root_path[PATH_MAX];  /* of `root`, as the kernel names it; "/" after the pivot */
    int joined[JOINED_MAX];    /* namespaces to join, opened before the first step */
    size_t joined_count;
    size_t joined_done;
    int trees[TREES_MAX];      /* mounts that are not attached yet */
    size_t trees_count;
    bool container;            /* this is the process that Clone made */
    bool own_mounts;           /* it is in another mount namespace: nothing it mounts shows on the host */
    bool foreign_user;         /* it is in another user namespace, where the ids that it has mean nothing */
    bool moved;                /* the working directory is the container's, no longer /proc */
    char executable[PATH_MAX]; /* what FindExecutable found */
    char home[PATH_MAX + 5];   /* "HOME=…" as Home found it, or empty */
    char listen_pid[32];       /* "LISTEN_PID=…" as ListenPid found it, or empty */
};

/* Runs one step; its fields were validated. Returns 0 or the errno. */
typedef int step_function(struct init *init, struct wire_reader *fields);

/* Becomes root of the user namespace; 0 or the errno. In identity.c. */
int become_root(const struct init *init);

/* process.c */
step_function step_join_cgroup, step_oom_score_adj, step_rlimit, step_new_session, step_join_keyring, step_loopback_up,
    step_hostname, step_domainname, step_sysctl;
/* namespaces.c */
step_function step_join_namespace, step_time_namespace, step_clone;
/* root.c */
step_function step_root_propagation, step_bind_root, step_pivot_root, step_remount_root_readonly, step_rootfs_propagation;
/* move_root.c */
step_function step_move_root;
/* mapped_tree.c */
step_function step_open_mapped_tree;
/* attributes.c */
step_function step_set_mount_attributes;
/* mounts.c */
step_function step_mount, step_attach_tree, step_remount, step_reconfigure_mount, step_set_propagation;
/* restrict.c */
step_function step_readonly_path, step_mask_path;
/* nodes.c */
step_function step_make_node, step_bind_node, step_symlink, step_make_directory;
/* identity.c */
step_function step_umask, step_own_streams, step_set_user, step_keep_caps, step_capabilities, step_no_new_privs,
    step_exec_label;
/* scheduling.c */
step_function step_schedule_process, step_set_io_priority, step_set_cpu_affinity, step_set_personality, step_set_memory_policy;
/* seccomp.c */
step_function step_seccomp;
/* terminal.c */
step_function step_terminal;
/* hook.c */
step_function step_await_runtime_hooks, step_run_hook;
/* home.c */
step_function step_home;
/* execute.c */
step_function step_listen_pid, step_change_directory, step_find_executable, step_ready, step_await_start, step_execute;

#endif
