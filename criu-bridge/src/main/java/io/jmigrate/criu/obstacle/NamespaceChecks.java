package io.jmigrate.criu.obstacle;

import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of namespaces that a process inside has made for itself, as a container in the container does. */
final class NamespaceChecks {
    /** CRIU dumps several mount and network namespaces of one tree, and one of each other kind (criu/include/namespaces.h, CLONE_SUBNS). */
    static final Set<NamespaceKind> ONE_FOR_A_TREE = Set.of(
            NamespaceKind.USER,
            NamespaceKind.PID,
            NamespaceKind.IPC,
            NamespaceKind.UTS,
            NamespaceKind.CGROUP,
            NamespaceKind.TIME);

    /** Those of which it matters who is in which. */
    static final Set<NamespaceKind> LOOKED_AT = Stream.concat(ONE_FOR_A_TREE.stream(), Stream.of(NamespaceKind.MOUNT))
            .collect(Collectors.toSet());

    private NamespaceChecks() {}

    static Stream<String> nested(ContainerView view) {
        Map<NamespaceKind, Long> ofRoot = view.processes().stream()
                .filter(process -> process.pid() == view.root())
                .findFirst()
                .map(TreeProcess::namespaces)
                .orElse(Map.of());
        return ofRoot.entrySet().stream()
                .filter(one -> ONE_FOR_A_TREE.contains(one.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(
                        one -> view.processes().stream()
                                .filter(process -> !one.getValue()
                                        .equals(process.namespaces().get(one.getKey())))
                                .map(
                                        process -> process.inSentence() + " is in another "
                                                + one.getKey().procName()
                                                + " namespace than the container's first process, and CRIU dumps only one of that kind"));
    }

    /** Of the mounts of the first process, and of those of others that have a mount namespace for themselves, which CRIU dumps, too. */
    static Set<Integer> mountIds(List<MountInfo> mounts, int root, List<TreeProcess> processes) {
        Map<Long, Integer> others = new HashMap<>();
        processes.stream()
                .filter(process -> process.namespaces().containsKey(NamespaceKind.MOUNT))
                .sorted(Comparator.comparing(process -> process.pid() != root))
                .forEach(process -> others.putIfAbsent(process.namespaces().get(NamespaceKind.MOUNT), process.pid()));
        return Stream.concat(
                        mounts.stream(),
                        others.values().stream().filter(pid -> pid != root).flatMap(NamespaceChecks::mountsOf))
                .map(MountInfo::id)
                .collect(Collectors.toSet());
    }

    private static Stream<MountInfo> mountsOf(int pid) {
        try {
            return MountInfo.ofProcess(pid).stream();
        } catch (UncheckedIOException e) {
            return Stream.empty(); // it has ended
        }
    }
}
