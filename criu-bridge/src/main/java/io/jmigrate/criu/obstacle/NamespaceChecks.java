package io.jmigrate.criu.obstacle;

import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.Map;
import java.util.Set;
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

    private NamespaceChecks() {}

    static Stream<String> nested(ContainerView view) {
        Map<NamespaceKind, Long> ofRoot = view.processes().stream()
                .filter(process -> process.pid() == view.root())
                .findFirst()
                .map(TreeProcess::namespaces)
                .orElse(Map.of());
        return ofRoot.entrySet().stream().sorted(Map.Entry.comparingByKey()).flatMap(one -> view.processes().stream()
                .filter(process -> !one.getValue().equals(process.namespaces().get(one.getKey())))
                .map(process -> process.inSentence() + " is in another "
                        + one.getKey().procName()
                        + " namespace than the container's first process, and CRIU dumps only one of that kind"));
    }
}
