package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.ContainerView.Dumper;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks for all that would make a dump fail, or would be missing from it. */
public final class Obstacles {
    private static final List<Function<ContainerView, Stream<String>>> CHECKS = List.of(
            TreeChecks::descent,
            TreeChecks::limits,
            TreeChecks::stopped,
            MountChecks::lostOptions,
            FileChecks::kernelObjects,
            FileChecks::hostFiles,
            FileChecks::streamSockets,
            FileChecks::terminal,
            FileChecks::connections);

    private Obstacles() {}

    /**
     * What is found in a running container, a sentence each; empty if nothing is.
     *
     * @param cgroup that of the container
     * @param mapping as it is dumped
     * @param root pid of its first process
     * @param handover whether it goes to another node
     */
    public static List<String> of(Cgroup cgroup, DumpMapping mapping, int root, boolean handover) {
        List<TreeProcess> processes = cgroup.processes().stream()
                .flatMap(pid -> ProcessReader.read(pid).stream())
                .toList();
        Dumper dumper = new Dumper(
                Namespaces.ownInode(NamespaceKind.USER),
                cgroup.paths().ofController("freezer").isPresent(),
                ProcessReader.ownCapability(Capability.CAP_SYS_RESOURCE));
        return in(new ContainerView(
                root,
                processes,
                MountInfo.ofProcess(root),
                mapping.streams(),
                () -> NetworkSockets.numbers(root),
                () -> NetworkSockets.connections(root),
                mapping.rulesNetwork(),
                handover,
                dumper));
    }

    static List<String> in(ContainerView view) {
        return CHECKS.stream().flatMap(check -> check.apply(view)).toList();
    }
}
