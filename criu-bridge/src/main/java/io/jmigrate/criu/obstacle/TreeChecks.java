package io.jmigrate.criu.obstacle;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks of the processes. */
final class TreeChecks {
    private TreeChecks() {}

    /** CRIU dumps a tree: what {@code exec} starts has its parent elsewhere, and would end unsaid. */
    static Stream<String> descent(ContainerView view) {
        return view.processes().stream()
                .filter(process -> !descends(process.pid(), view.root(), view.parents()))
                .map(process ->
                        process.inSentence() + " does not descend from the container's first process: exec started it,"
                                + " or its parent has left it");
    }

    /** What a job has left behind: it would not be dumped, and go on by itself. */
    static List<Obstacle> strays(List<TreeProcess> strays) {
        return strays.stream()
                .map(process -> new Obstacle(
                        Obstacle.Kind.FOREIGN_PROCESS,
                        process.inSentence() + " is in the session of the job's first process and does not descend from"
                                + " that: its parent has ended"))
                .toList();
    }

    private static boolean descends(int pid, int root, Map<Integer, Integer> parents) {
        int at = pid;
        for (int steps = parents.size(); at != root && parents.containsKey(at) && steps > 0; steps--) {
            at = parents.get(at);
        }
        return at == root;
    }

    /** CRIU reads the resource limits of every process (prlimit(2)). */
    static Stream<String> limits(ContainerView view) {
        return view.processes().stream()
                .filter(process -> !view.dumper().mayReadLimits()
                        && process.isIn(view.dumper().userNamespace())
                        && process.ids().stream().anyMatch(id -> id != 0))
                .map(
                        process -> process.inSentence() + " runs as uid "
                                + Integer.toUnsignedString(process.ids().getFirst())
                                + ", and root has no CAP_SYS_RESOURCE here: only in a user namespace of its own it can be dumped");
    }

    /** CRIU attaches to all threads, and to one that has ended it can't (criu/seize.c, collect_threads). */
    static Stream<String> leaders(ContainerView view) {
        return view.processes().stream()
                .filter(TreeProcess::leaderEnded)
                .map(process -> "the first thread of " + process.inSentence() + " has ended while others go on");
    }

    /** A process has one tracer at most, and CRIU wants to be it (ptrace(2)). */
    static Stream<String> traced(ContainerView view) {
        return view.processes().stream().flatMap(process -> process.tracer().stream()
                .mapToObj(tracer -> process.inSentence() + " is traced by process " + tracer
                        + ", a debugger maybe, and CRIU has to trace it itself"));
    }

    /** Whoever attaches to a stopped process waits until it has seen that, and frozen by this freezer it never does (ptrace(2)). */
    static Stream<String> stopped(ContainerView view) {
        return view.processes().stream()
                .filter(process -> process.stopped() && view.dumper().freezerController())
                .map(process ->
                        process.inSentence() + " is stopped by a signal, and CRIU can't attach to a stopped process"
                                + " where cgroups of version 1 freeze it: let it go on first (SIGCONT)");
    }
}
