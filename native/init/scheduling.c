/* What the process gets of processors, disks and memory, and what it takes the machine for. */
#include <errno.h>
#include <linux/ioprio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

enum { BITS_MAX = 8192, WORD_BITS = 8 * sizeof(unsigned long), WORDS = BITS_MAX / WORD_BITS };

/* The first form of struct sched_attr, which every kernel knows (sched_setattr(2)). */
struct attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

int step_schedule_process(struct init *init, struct wire_reader *fields)
{
    (void)init;
    struct attributes attributes = {.size = sizeof(attributes), .policy = wire_u32(fields)};
    attributes.nice = (int32_t)wire_u32(fields);
    attributes.priority = wire_u32(fields);
    attributes.flags = wire_u64(fields);
    attributes.runtime = wire_u64(fields);
    attributes.deadline = wire_u64(fields);
    attributes.period = wire_u64(fields);
    return syscall(SYS_sched_setattr, 0, &attributes, 0) < 0 ? errno : 0;
}

int step_set_io_priority(struct init *init, struct wire_reader *fields)
{
    (void)init;
    uint32_t class = wire_u32(fields);
    uint32_t level = wire_u32(fields);
    if (class > IOPRIO_CLASS_IDLE || level >= IOPRIO_NR_LEVELS)
        return EINVAL;
    return syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, class << IOPRIO_CLASS_SHIFT | level) < 0 ? errno : 0;
}

/* A list of numbers as a set of bits; false if one is too large. */
static bool read_bits(struct wire_reader *fields, unsigned long bits[WORDS])
{
    uint32_t count = wire_u32(fields);
    memset(bits, 0, WORDS * sizeof(bits[0]));
    for (uint32_t i = 0; i < count && !fields->bad; i++) {
        uint32_t bit = wire_u32(fields);
        if (bit >= BITS_MAX)
            return false;
        bits[bit / WORD_BITS] |= 1UL << bit % WORD_BITS;
    }
    return true;
}

int step_set_cpu_affinity(struct init *init, struct wire_reader *fields)
{
    (void)init;
    unsigned long cpus[WORDS];
    if (!read_bits(fields, cpus))
        return EINVAL;
    return syscall(SYS_sched_setaffinity, 0, sizeof(cpus), cpus) < 0 ? errno : 0;
}

int step_set_personality(struct init *init, struct wire_reader *fields)
{
    (void)init;
    return personality(wire_u32(fields)) < 0 ? errno : 0;
}

int step_set_memory_policy(struct init *init, struct wire_reader *fields)
{
    (void)init;
    unsigned long nodes[WORDS];
    uint32_t mode = wire_u32(fields);
    bool any = false;
    if (!read_bits(fields, nodes))
        return EINVAL;
    for (size_t i = 0; i < WORDS; i++)
        any = any || nodes[i] != 0;
    /* the kernel looks at one bit less than it is told of */
    return syscall(SYS_set_mempolicy, mode, any ? nodes : NULL, any ? BITS_MAX + 1UL : 0UL) < 0 ? errno : 0;
}
