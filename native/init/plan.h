/*
 * The plan as Java writes it (PlanEncoder): "JMPLAN01", u32 count, then for each step u32 length of the rest, u32 operation,
 * fields. It is checked as a whole before its first step runs.
 */
#ifndef JMIGRATE_PLAN_H
#define JMIGRATE_PLAN_H

#include "init.h"

enum { STEPS_MAX = 4096 };

struct step {
    uint32_t operation;
    struct wire_reader fields;
};

struct plan {
    size_t count;
    struct step steps[STEPS_MAX];
};

/* Maps and checks the plan. Returns 0 or the errno: EPROTO for one that is malformed, EINVAL for one in a wrong order. */
int plan_read(int fd, struct plan *plan);

/* Opens the namespaces that the plan joins. Returns 0, or the errno and the index of the step. */
int plan_open_namespaces(const struct plan *plan, struct init *init, size_t *index);

/* Runs one step. Returns 0 or the errno. */
int plan_run(const struct plan *plan, size_t index, struct init *init);

/* Whether the step with this index makes the program run, so that its failure is the program's. */
bool plan_is_execute(const struct plan *plan, size_t index);

#endif
