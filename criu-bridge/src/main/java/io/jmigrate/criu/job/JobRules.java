package io.jmigrate.criu.job;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Which process may be the first one of a job.
 *
 * @param caller a process in whose namespaces jobs are, for example the front of a command
 * @param containerOf the id of the container that a process is in
 */
public record JobRules(int caller, IntFunction<Optional<String>> containerOf) {
    private static final int INIT = 1;

    /** Of these a job has none of its own: a container has. */
    private static final List<NamespaceKind> SHARED =
            List.of(NamespaceKind.USER, NamespaceKind.PID, NamespaceKind.MOUNT);

    private static final String FIND_IT = "ps -ef shows the processes of this host";

    public JobRules {
        Objects.requireNonNull(containerOf);
    }

    /**
     * The job of a process.
     *
     * @throws Failure UNDUMPABLE, with the reason
     */
    public Job job(int pid) {
        Map<Integer, ProcStat> all = ProcStat.ofAll();
        if (!all.containsKey(pid)) {
            throw Failure.of(CriuCode.UNDUMPABLE, "there is no process " + pid).withRemedy(FIND_IT);
        }
        ProcStat stat = all.get(pid);
        OptionalInt within = OwnPids.of(pid, all);
        Job job = new Job(
                new ProcessRef(pid, stat.startTime()),
                within,
                ProcStatus.find(pid).flatMap(status -> status.field("Name")).orElse(""));
        reason(job, stat, all).ifPresent(reason -> {
            throw Failure.of(CriuCode.UNDUMPABLE, job.inSentence() + " can't be dumped: " + reason.sentence())
                    .withRemedy(reason.remedy());
        });
        return job;
    }

    private record Reason(String sentence, String remedy) {}

    private Optional<Reason> reason(Job job, ProcStat stat, Map<Integer, ProcStat> all) {
        int pid = job.root().pid();
        if (stat.kernelThread()) {
            return reason("it is a thread of the kernel", FIND_IT);
        }
        if (pid == INIT) {
            return reason("it is the first process of this host", FIND_IT);
        }
        if (stat.ended()) {
            return reason(
                    hasThreads(pid)
                            ? "its first thread has ended while others go on"
                            : "it has ended, and waits for process " + stat.parent() + " to take note of it",
                    FIND_IT);
        }
        if (descends(caller, pid, all) || descends((int) ProcessHandle.current().pid(), pid, all)) {
            return reason(
                    "this jmigrate descends from it, and would have to freeze itself",
                    "call jmigrate from another shell");
        }
        return ofContainer(pid).or(() -> ofNamespaces(job));
    }

    private static boolean hasThreads(int pid) {
        return ProcStatus.find(pid)
                .flatMap(status -> status.field("Threads"))
                .filter(number -> Integer.parseInt(number) > 1)
                .isPresent();
    }

    private static Optional<Reason> reason(String sentence, String remedy) {
        return Optional.of(new Reason(sentence, remedy));
    }

    private static boolean descends(int pid, int from, Map<Integer, ProcStat> all) {
        int at = pid;
        for (int steps = all.size(); at != from && all.containsKey(at) && steps > 0; steps--) {
            at = all.get(at).parent();
        }
        return at == from;
    }

    private Optional<Reason> ofContainer(int pid) {
        return containerOf
                .apply(pid)
                .map(id -> new Reason("it is in container \"" + id + "\"", "jmigrate checkpoint " + id));
    }

    private Optional<Reason> ofNamespaces(Job job) {
        int pid = job.root().pid();
        if (job.pidWithin().equals(OptionalInt.of(INIT))) {
            return reason("it only holds the pid namespace of a job", "name the job itself, which is its child");
        }
        return SHARED.stream()
                .filter(kind -> kind == NamespaceKind.USER || job.pidWithin().isEmpty())
                .filter(kind -> Namespaces.inode(pid, kind) != Namespaces.inode(caller, kind))
                .findFirst()
                .map(kind -> new Reason(
                        "it is in another " + kind.procName() + " namespace than this jmigrate",
                        "is it in a container of another engine? Then let that one do it"));
    }
}
