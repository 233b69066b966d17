package io.jmigrate.criu.job;

import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Pid namespaces that were made to restore a job in. Their first process is {@link #PROGRAM}, which has one child, the job. */
public final class OwnPids {
    /** What it is called, in the directory of native programs. */
    public static final String PROGRAM = "jmigrate-pidns";

    private OwnPids() {}

    /**
     * The pid that a process has in such a namespace; empty if it is in none.
     *
     * @param pid as it is seen here
     * @param all processes
     */
    static OptionalInt of(int pid, Map<Integer, ProcStat> all) {
        try {
            return isOurs(first(pid, all)) ? within(pid) : OptionalInt.empty();
        } catch (LinuxException e) {
            return OptionalInt.empty(); // it has ended meanwhile, or is not ours to look at
        }
    }

    /** Who is outermost of the process and its ancestors in the same namespace. */
    private static int first(int pid, Map<Integer, ProcStat> all) {
        long namespace = Namespaces.inode(pid, NamespaceKind.PID);
        int at = pid;
        int parent = all.get(at).parent();
        while (all.containsKey(parent) && Namespaces.inode(parent, NamespaceKind.PID) == namespace) {
            at = parent;
            parent = all.get(at).parent();
        }
        return at;
    }

    private static boolean isOurs(int first) {
        return within(first).equals(OptionalInt.of(1))
                && Processes.executable(first)
                        .filter(program -> Path.of(program).endsWith(PROGRAM))
                        .isPresent();
    }

    /** The innermost of its pids (proc_pid_status(5), NSpid); empty if it has but one. */
    private static OptionalInt within(int pid) {
        List<Integer> pids = ProcStatus.find(pid).map(ProcStatus::namespacePids).orElse(List.of());
        return pids.size() > 1 ? OptionalInt.of(pids.getLast()) : OptionalInt.empty();
    }

    /**
     * The process that has a pid in such a namespace.
     *
     * @param outer pid of the process that has made the namespace and waits for its first one
     * @param pid in the namespace
     * @return its pid here; empty if there is none
     */
    public static OptionalInt find(int outer, int pid) {
        Map<Integer, ProcStat> all = ProcStat.ofAll();
        return all.entrySet().stream()
                .filter(first -> first.getValue().parent() == outer)
                .flatMap(first ->
                        all.entrySet().stream().filter(entry -> entry.getValue().parent() == first.getKey()))
                .mapToInt(Map.Entry::getKey)
                .filter(candidate -> within(candidate).equals(OptionalInt.of(pid)))
                .findFirst();
    }
}
