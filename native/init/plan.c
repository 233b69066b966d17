#include "plan.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define MAGIC "JMPLAN01"

enum { PLAN_BYTES_MAX = 64 << 20, OPERATION_CLONE = 5, OPERATION_JOIN_NAMESPACE = 4, OPERATION_EXECUTE = 33 };

enum when { BEFORE_CLONE, AFTER_CLONE, ANY_TIME };

/* `shape` has a letter for each field: s string, S list of strings, u 32 bits, U 64 bits, L list of 32 bits. */
struct operation {
    const char *shape;
    enum when when;
    step_function *run;
};

static const struct operation operations[] = {
    [1] = {"s", BEFORE_CLONE, step_join_cgroup},
    [2] = {"u", ANY_TIME, step_oom_score_adj},
    [3] = {"uUU", ANY_TIME, step_rlimit},
    [4] = {"su", BEFORE_CLONE, step_join_namespace},
    [5] = {"Ussuu", BEFORE_CLONE, step_clone},
    [6] = {"", ANY_TIME, step_new_session},
    [7] = {"", ANY_TIME, step_loopback_up},
    [8] = {"s", ANY_TIME, step_hostname},
    [9] = {"s", ANY_TIME, step_domainname},
    [10] = {"ss", ANY_TIME, step_sysctl},
    [11] = {"U", AFTER_CLONE, step_root_propagation},
    [12] = {"s", AFTER_CLONE, step_bind_root},
    [13] = {"sssUUUsuu", AFTER_CLONE, step_mount},
    [14] = {"sU", AFTER_CLONE, step_remount},
    [15] = {"suuuuuu", AFTER_CLONE, step_make_node},
    [16] = {"ss", AFTER_CLONE, step_bind_node},
    [17] = {"ss", AFTER_CLONE, step_symlink},
    [18] = {"su", AFTER_CLONE, step_make_directory},
    [19] = {"", AFTER_CLONE, step_pivot_root},
    [20] = {"s", AFTER_CLONE, step_readonly_path},
    [21] = {"s", AFTER_CLONE, step_mask_path},
    [22] = {"", AFTER_CLONE, step_remount_root_readonly},
    [23] = {"U", AFTER_CLONE, step_rootfs_propagation},
    [24] = {"u", AFTER_CLONE, step_umask},
    [25] = {"uuL", AFTER_CLONE, step_set_user},
    [26] = {"", AFTER_CLONE, step_keep_caps},
    [27] = {"UUUUU", AFTER_CLONE, step_capabilities},
    [28] = {"", AFTER_CLONE, step_no_new_privs},
    [29] = {"s", AFTER_CLONE, step_change_directory},
    [30] = {"ss", AFTER_CLONE, step_find_executable},
    [31] = {"", AFTER_CLONE, step_ready},
    [32] = {"", AFTER_CLONE, step_await_start},
    [33] = {"SSu", AFTER_CLONE, step_execute},
    [34] = {"u", BEFORE_CLONE, step_own_streams},
    [35] = {"s", AFTER_CLONE, step_join_keyring},
    [36] = {"u", AFTER_CLONE, step_home},
    [40] = {"uuL", AFTER_CLONE, step_seccomp},
    [41] = {"s", BEFORE_CLONE, step_time_namespace},
    [42] = {"uuuUUUU", AFTER_CLONE, step_schedule_process},
    [43] = {"uu", AFTER_CLONE, step_set_io_priority},
    [44] = {"L", ANY_TIME, step_set_cpu_affinity},
    [45] = {"u", AFTER_CLONE, step_set_personality},
    [46] = {"uL", AFTER_CLONE, step_set_memory_policy},
    [47] = {"us", AFTER_CLONE, step_exec_label},
    [60] = {"uuuu", AFTER_CLONE, step_terminal},
    [61] = {"", AFTER_CLONE, step_await_runtime_hooks},
    [62] = {"usSSusss", AFTER_CLONE, step_run_hook},
    [70] = {"", AFTER_CLONE, step_listen_pid},
    [75] = {"", AFTER_CLONE, step_move_root},
    [76] = {"sUU", AFTER_CLONE, step_set_mount_attributes},
    [77] = {"suuss", BEFORE_CLONE, step_open_mapped_tree},
    [78] = {"usUUUu", AFTER_CLONE, step_attach_tree},
    [90] = {"suUUs", AFTER_CLONE, step_reconfigure_mount},
    [91] = {"sU", AFTER_CLONE, step_set_propagation},
};

static void skip_field(struct wire_reader *fields, char shape)
{
    uint32_t count = shape == 'S' || shape == 'L' ? wire_u32(fields) : 1;
    for (uint32_t i = 0; i < count && !fields->bad; i++) { /* every element has at least four bytes */
        if (shape == 's' || shape == 'S')
            (void)wire_string(fields);
        else if (shape == 'U')
            (void)wire_u64(fields);
        else
            (void)wire_u32(fields);
    }
}

static bool well_formed(const struct step *step)
{
    if (step->operation >= sizeof(operations) / sizeof(operations[0]) || operations[step->operation].run == NULL)
        return false;
    struct wire_reader fields = step->fields;
    for (const char *shape = operations[step->operation].shape; *shape != '\0'; shape++)
        skip_field(&fields, *shape);
    return !fields.bad && fields.at == fields.end;
}

static bool read_step(struct wire_reader *reader, struct step *step)
{
    size_t length = wire_u32(reader);
    if (reader->bad || length < 4 || (size_t)(reader->end - reader->at) < length)
        return false;
    step->fields = (struct wire_reader){.at = reader->at, .end = reader->at + length, .bad = false};
    step->operation = wire_u32(&step->fields);
    reader->at += length;
    return well_formed(step);
}

/* One Clone, each step on its side of it, Execute at the end and nowhere else. */
static bool in_order(const struct plan *plan)
{
    bool cloned = false;
    for (size_t i = 0; i < plan->count; i++) {
        uint32_t operation = plan->steps[i].operation;
        enum when when = operations[operation].when;
        if ((when == BEFORE_CLONE && cloned) || (when == AFTER_CLONE && !cloned))
            return false;
        if ((operation == OPERATION_EXECUTE) != (i == plan->count - 1))
            return false;
        cloned = cloned || operation == OPERATION_CLONE;
    }
    return cloned;
}

static int parse(struct wire_reader *reader, struct plan *plan)
{
    size_t magic = strlen(MAGIC);
    if ((size_t)(reader->end - reader->at) < magic || memcmp(reader->at, MAGIC, magic) != 0)
        return EPROTO;
    reader->at += magic;
    plan->count = wire_u32(reader);
    if (reader->bad || plan->count == 0 || plan->count > STEPS_MAX)
        return EPROTO;
    for (size_t i = 0; i < plan->count; i++) {
        if (!read_step(reader, &plan->steps[i]))
            return EPROTO;
    }
    if (reader->at != reader->end)
        return EPROTO;
    return in_order(plan) ? 0 : EINVAL;
}

int plan_read(int fd, struct plan *plan)
{
    struct stat status;
    if (fstat(fd, &status) < 0)
        return errno;
    if (!S_ISREG(status.st_mode) || status.st_size <= 0 || status.st_size > PLAN_BYTES_MAX)
        return EPROTO;
    size_t bytes = (size_t)status.st_size;
    unsigned char *content = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    if (content == MAP_FAILED)
        return errno;
    struct wire_reader reader = {.at = content, .end = content + bytes, .bad = false};
    return parse(&reader, plan); /* stays mapped: the steps point into it */
}

int plan_open_namespaces(const struct plan *plan, struct init *init, size_t *index)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->steps[i].operation != OPERATION_JOIN_NAMESPACE)
            continue;
        *index = i;
        if (init->joined_count == JOINED_MAX)
            return EINVAL;
        struct wire_reader fields = plan->steps[i].fields;
        int fd = open(wire_string(&fields), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return errno;
        init->joined[init->joined_count++] = fd;
    }
    return 0;
}

int plan_run(const struct plan *plan, size_t index, struct init *init)
{
    struct wire_reader fields = plan->steps[index].fields;
    return operations[plan->steps[index].operation].run(init, &fields);
}

bool plan_is_execute(const struct plan *plan, size_t index)
{
    return plan->steps[index].operation == OPERATION_EXECUTE;
}
