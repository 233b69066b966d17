package io.jmigrate.criu.job;

import io.jmigrate.runtime.json.Printable;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A tree of processes that runs in no container.
 *
 * @param root its first process
 * @param pidWithin the pid that it has in the pid namespace of its own that a restore made; empty if it is in the host's
 * @param name of that one's program, as the kernel has it
 */
public record Job(ProcessRef root, OptionalInt pidWithin, String name) {
    public Job {
        Objects.requireNonNull(root);
        Objects.requireNonNull(pidWithin);
        Objects.requireNonNull(name);
    }

    /** For example {@code job 4711 (bash)}. */
    public String inSentence() {
        return inSentence(root.pid(), name);
    }

    static String inSentence(int pid, String name) {
        return "job " + pid + " (" + Printable.text(name) + ")"; // programs name themselves
    }

    /**
     * Who belongs to it at a moment.
     *
     * @param pids of the tree, parents before their children; none if it has ended
     * @param strays pids of those that don't descend from the first process, as their parents have ended, and are in its session. None if it got its
     *     session from somebody else
     */
    public record Members(List<Integer> pids, List<Integer> strays) {
        public Members {
            pids = List.copyOf(pids);
            strays = List.copyOf(strays);
        }
    }

    /** Looks at all processes once. */
    public Members members() {
        SortedMap<Integer, ProcStat> all = ProcStat.ofAll();
        List<Integer> own = pids(all);
        List<Integer> strays = all.entrySet().stream()
                .filter(entry -> entry.getValue().session() == root.pid()
                        && !entry.getValue().ended()
                        && !own.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        return new Members(own, strays);
    }

    /** The pids of its processes, parents before their children; none if it has ended. */
    public List<Integer> pids() {
        return pids(ProcStat.ofAll());
    }

    private List<Integer> pids(Map<Integer, ProcStat> all) {
        List<Integer> found = new ArrayList<>();
        if (all.containsKey(root.pid()) && all.get(root.pid()).startTime() == root.startTime()) {
            found.add(root.pid());
        }
        for (int at = 0; at < found.size(); at++) {
            int parent = found.get(at);
            all.forEach((pid, stat) -> {
                if (stat.parent() == parent) {
                    found.add(pid);
                }
            });
        }
        return found;
    }
}
