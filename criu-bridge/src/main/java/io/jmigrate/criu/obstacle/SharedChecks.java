package io.jmigrate.criu.obstacle;

import io.jmigrate.runtime.linux.SharedPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks of processes that have something in common of which CRIU wants each to have its own (criu/cr-dump.c, dump_task_kobj_ids). */
final class SharedChecks {
    private SharedChecks() {}

    /** Asks the kernel, of the processes as they are now. */
    static List<Obstacle> among(List<TreeProcess> processes) {
        return Stream.of(SharedPart.values())
                .flatMap(part -> sharing(processes, part))
                .map(sentence -> new Obstacle(Obstacle.Kind.SHARED_PART, sentence))
                .toList();
    }

    private static Stream<String> sharing(List<TreeProcess> processes, SharedPart part) {
        Map<Integer, TreeProcess> owners = new TreeMap<>(part.order());
        return processes.stream()
                .flatMap(process -> Optional.ofNullable(owners.putIfAbsent(process.pid(), process))
                        .map(other -> sentence(other, process, part))
                        .stream());
    }

    private static String sentence(TreeProcess one, TreeProcess other, SharedPart part) {
        String what =
                switch (part) {
                    case MEMORY -> "memory";
                    case DIRECTORIES -> "working directory";
                    case SIGNAL_HANDLERS -> "signal handlers";
                };
        return one.inSentence() + " and " + other.inSentence() + " have the same " + what + " (clone(2), "
                + part.cloneFlag() + "), and CRIU dumps only processes that have each their own";
    }
}
