package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.Check.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was looked at on a node, in its order. */
final class Checks {
    private final End end;
    private final List<Check> all = new ArrayList<>();

    Checks(End end) {
        this.end = end;
    }

    List<Check> all() {
        return List.copyOf(all);
    }

    /** @param good what is said if it is so @param problem what is said if it is not, which forbids the migration */
    void require(String subject, boolean holds, String good, String problem, String remedy) {
        if (holds) {
            passed(subject, good);
        } else {
            blocker(subject, problem, remedy);
        }
    }

    void passed(String subject, String finding) {
        all.add(Check.passed(end, subject, finding));
    }

    void note(String subject, String finding, String remedy) {
        all.add(Check.note(end, subject, finding, remedy));
    }

    void blocker(String subject, String finding, String remedy) {
        all.add(Check.blocker(end, subject, finding, remedy));
    }

    /** What of the former is not among the latter, in order. */
    static <T extends Comparable<T>> Collection<T> missing(Collection<T> needed, Collection<T> present) {
        Set<T> missing = new TreeSet<>(needed);
        missing.removeAll(Set.copyOf(present));
        return missing;
    }
}
