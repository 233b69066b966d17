package io.jmigrate.runtime.seccomp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of some system calls.
 *
 * @param names of the calls; those that libseccomp doesn't know are passed over
 * @param conditions on arguments
 */
public record SeccompRule(List<String> names, Verdict verdict, List<Condition> conditions) {
    /**
     * @param index of the argument, 0 to 5
     * @param value to compare with, unsigned
     * @param second used by {@link SeccompOperator#MASKED_EQ} alone
     */
    public record Condition(int index, SeccompOperator operator, long value, long second) {}

    public SeccompRule {
        names = List.copyOf(names);
        conditions = List.copyOf(conditions);
    }

    /**
     * The sets of conditions of which one has to hold as a whole. libseccomp takes no two conditions on one argument: those are
     * alternatives, as runc has it.
     */
    List<List<Condition>> alternatives() {
        Set<Integer> indexes = new HashSet<>();
        boolean distinct = conditions.stream().allMatch(condition -> indexes.add(condition.index()));
        return distinct
                ? List.of(conditions)
                : conditions.stream().map(List::of).toList();
    }
}
